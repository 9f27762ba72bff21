import {
  child,
  children,
  codes,
  compact,
  cvx,
  duration,
  english,
  isYes,
  type Node,
  node,
  observationCode,
  optionalText,
  required,
  text,
  texts,
} from './cdsi-data';
import { antigenName, importAntigen, type Spellings } from './import-antigen';
import { readXml, type XmlValue } from './read-xml';
import {
  type LiveVaccineConflict,
  type Observation,
  type Schedule,
  SCHEDULE_FORMAT,
  type Vaccine,
  type VaccineGroup,
} from '../schedule/schedule-format';

/** One file of a CDSi supporting-data release: CDC's XML, or the same as JSON. */
export interface CdsiFile {
  readonly name: string;
  readonly content: string;
}

/** What the files of a release do not say about themselves. */
export interface CdsiRelease {
  readonly version: string;
  readonly effectiveFrom: string;
  readonly year: number;
}

const CVX = 'http://hl7.org/fhir/sid/cvx';

/**
 * CDC's CDSi supporting data as a schedule of our own. Takes the files of any release, in any order: those with antigen
 * series and the one with the schedule (vaccine groups, CVX map, observations, conflicts); others are ignored. Mends
 * what releases are known for: stray spaces, uneven case, `n/a` for none, CVX with or without a leading zero.
 * @throws SyntaxError or RangeError for a file that cannot be read as such data.
 */
export function importCdsi(files: readonly CdsiFile[], release: CdsiRelease): Schedule {
  const documents = files.map(readFile);
  const antigens = documents
    .map(document => child(document, 'antigenSupportingData') ?? document)
    .filter(document => 'series' in document);
  const schedule = documents
    .map(document => child(document, 'scheduleSupportingData') ?? document)
    .find(document => 'cvxToAntigenMap' in document);
  if (!schedule) throw new RangeError('no file holds the CVX to antigen map');
  const spelt = spellings(schedule, antigens);
  const known = antigens
    .map(document => importAntigen(document, spelt))
    .sort((a, b) => (a.code.toLowerCase() < b.code.toLowerCase() ? -1 : 1));
  const hasSeries = new Set(known.map(({ code }) => code));
  return {
    format: SCHEDULE_FORMAT,
    code: 'cdc-cdsi',
    version: release.version,
    effectiveFrom: release.effectiveFrom,
    title: english(`CDC CDSi supporting data ${release.version}`),
    sources: [
      {
        id: 'cdsi',
        title: `Clinical Decision Support for Immunization: supporting data ${release.version}`,
        publisher: 'Centers for Disease Control and Prevention',
        year: release.year,
      },
    ],
    policy: { monthEnd: 'roll-forward' },
    vocabulary: { vaccines: { system: CVX }, observations: { system: 'cdsi' } },
    vaccineGroups: vaccineGroups(schedule, hasSeries, spelt),
    vaccines: withUnmapped(
      children(schedule, 'cvxToAntigenMap', 'cvxMap').map(map => vaccine(map, hasSeries, spelt)),
      documents,
    ),
    observations: withUnlisted(children(schedule, 'observations', 'observation').map(observation), antigens),
    liveVaccineConflicts: children(schedule, 'liveVirusConflicts', 'liveVirusConflict').map(conflict),
    antigens: known,
  };
}

function readFile({ name, content }: CdsiFile): Node {
  const plain = content.replace(/^\uFEFF/, '');
  return node(name.endsWith('.xml') ? readXml(plain) : (JSON.parse(plain) as XmlValue));
}

/** Names are matched whatever their case; the antigen's own file and the map of groups decide how they are written. */
function spellings(schedule: Node, antigens: readonly Node[]): Spellings {
  const groups = children(schedule, 'vaccineGroupToAntigenMap', 'vaccineGroupMap');
  return {
    antigen: spelling(antigens.map(antigenName)),
    group: spelling(groups.map(group => required(group, 'name'))),
  };
}

function spelling(names: readonly string[]): (name: string) => string {
  const known = new Map(names.map(name => [name.toLowerCase(), name]));
  return name => known.get(name.toLowerCase()) ?? name;
}

function vaccineGroups(schedule: Node, hasSeries: ReadonlySet<string>, spelt: Spellings): VaccineGroup[] {
  const full = new Set(
    children(schedule, 'vaccineGroups', 'vaccineGroup')
      .filter(group => isYes(group['administerFullVaccineGroup']))
      .map(group => spelt.group(required(group, 'name'))),
  );
  return children(schedule, 'vaccineGroupToAntigenMap', 'vaccineGroupMap').flatMap(group => {
    const code = required(group, 'name');
    const antigens = texts(group['antigen'])
      .map(spelt.antigen)
      .filter(name => hasSeries.has(name));
    if (antigens.length === 0) return [];
    return [{ code, name: english(code), antigens, administerFullGroup: full.has(code) }];
  });
}

/** An antigen that the release has no series for cannot be forecast; the vaccine is known all the same. */
function vaccine(map: Node, hasSeries: ReadonlySet<string>, spelt: Spellings): Vaccine {
  const code = cvx(required(map, 'cvx'));
  return {
    code,
    name: english(text(map['shortDescription']) ?? code),
    antigens: children(map, 'association').flatMap(association =>
      texts(association['antigen'])
        .map(spelt.antigen)
        .filter(name => hasSeries.has(name))
        .map(name => ({
          antigen: name,
          ...compact({
            beginAge: duration(association['associationBeginAge']),
            endAge: duration(association['associationEndAge']),
          }),
        })),
    ),
  };
}

/**
 * Rules also name vaccines that the map lacks (BCG in the conflicts). They protect against nothing in the schedule, but
 * a history may hold them: they become vaccines without antigens.
 */
function withUnmapped(mapped: Vaccine[], documents: readonly Node[]): Vaccine[] {
  const known = new Map(mapped.map(one => [one.code, one]));
  const add = (code: string, name = code) =>
    known.has(code) || known.set(code, { code, name: english(name), antigens: [] });
  const nodes = documents.flatMap(withDescendants);
  for (const { cvx: code, vaccineType } of nodes)
    if (text(code) !== undefined) add(cvx(text(code)!), text(vaccineType));
  for (const { fromMostRecent, vaccineTypes } of nodes) {
    for (const code of [...codes(fromMostRecent), ...codes(vaccineTypes)]) add(code);
  }
  return [...known.values()];
}

/** Rules may name observations that the list lacks. */
function withUnlisted(listed: Observation[], antigens: readonly Node[]): Observation[] {
  const known = new Map(listed.map(one => [one.code, one]));
  for (const at of antigens.flatMap(withDescendants)) {
    const named = [
      at['observationCode'],
      node(at['observationCode'])['code'],
      node(at['fromRelevantObs'])['code'],
    ];
    for (const name of [...named, at['guidelineCode'], at['exclusionCode']].map(text)) {
      const code = name === undefined ? undefined : observationCode(name);
      if (code !== undefined && !known.has(code)) known.set(code, { code, title: english(code) });
    }
  }
  return [...known.values()];
}

function withDescendants(value: XmlValue): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  return [node(value), ...Object.values(value).flatMap(withDescendants)];
}

function observation(item: Node): Observation {
  const code = observationCode(required(item, 'observationCode'));
  return compact({
    code,
    title: english(text(item['observationTitle']) ?? code),
    clarification: optionalText(texts(item['clarifyingText']).join(' ')),
    codings: children(item, 'codedValues', 'codedValue')
      .filter(coded => text(coded['code']) !== undefined && text(coded['codeSystem']) !== undefined)
      .map(coded => ({ system: required(coded, 'codeSystem'), code: required(coded, 'code') })),
  });
}

function conflict(rule: Node): LiveVaccineConflict {
  return {
    previous: [cvx(required(node(rule['previous']), 'cvx'))],
    current: [cvx(required(node(rule['current']), 'cvx'))],
    begin: duration(rule['conflictBeginInterval']) ?? '0 days',
    minimumEnd: duration(rule['minConflictEndInterval']) ?? '0 days',
    end: duration(rule['conflictEndInterval']) ?? '0 days',
  };
}
