import { isObject } from './json';

/** What a certificate of any format says, in one shape: enough for whoever stands at a border. */
export interface CertificateFacts {
  /** The holder's name as it was signed. */
  holderName: string;
  /** As far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  birthDate?: string;
  /** Oldest first as the certificate has them. */
  doses: DoseFact[];
  /** Laboratory results and recoveries (EU DCC, SMART Health Card); most certificates have none. */
  others: OtherFact[];
}

/** One vaccination. */
export interface DoseFact {
  /** Vaccine or product: `system:code` where it is coded, the signed words where it is not. */
  vaccine: string;
  /** The vaccine in the words that were signed, where there are any. */
  words?: string;
  /** Day it was given, `YYYY-MM-DD`. */
  date: string;
  /** From 1; and of how many. */
  doseNumber?: number;
  doses?: number;
  lot?: string;
  /** Disease or agent, `system:code` or as it was signed. */
  target?: string;
}

/** What is certified and is no vaccination. */
export interface OtherFact {
  kind: 'test' | 'recovery';
  /** Disease or agent. */
  target: string;
  /** Day the sample was taken, or of the first positive result, `YYYY-MM-DD`. */
  date: string;
  /** Result of a test, as it was coded. */
  result?: string;
}

/** Facts that cannot be read are undefined, which a verifier calls a `schema` fault. */
type Read<T> = T | undefined;

/** The facts in an HCERT, by its content's number under claim -260; undefined for a kind or shape not known here. */
export function factsOfHcert(claimKey: number, content: unknown): Read<CertificateFacts> {
  if (!isObject(content)) return undefined;
  if (claimKey === 1) return factsOfDcc(content);
  if (claimKey === -6) return factsOfIcvp(content);
  return claimKey === -84 ? factsOfNational(content) : undefined;
}

/** The facts in the FHIR bundle of a SMART Health Card. */
export function factsOfHealthCard(bundle: unknown): Read<CertificateFacts> {
  const resources = listIn(isObject(bundle) ? bundle.entry : undefined)
    .map(({ resource }) => resource)
    .filter(isObject);
  const patient = resources.find(({ resourceType }) => resourceType === 'Patient');
  const [name] = listIn(patient?.name);
  if (!name) return undefined;
  const doses = resources.filter(({ resourceType }) => resourceType === 'Immunization');
  const tests = resources.filter(({ resourceType }) => resourceType === 'Observation');
  const words = textOf(name.text) ?? [...textsIn(name.given), textOf(name.family)].filter(Boolean).join(' ');
  return factsFrom(words, patient?.birthDate, doses.map(fhirDose), tests.map(fhirTest));
}

/** The facts in a credential of VC 2.0 as this product issues it. */
export function factsOfCredential(credential: Record<string, unknown>): Read<CertificateFacts> {
  const subject = [credential.credentialSubject].flat().find(isObject);
  const { recipient } = subject ?? {};
  if (!subject || !isObject(recipient)) return undefined;
  const doses = listIn(subject.vaccination).map(one =>
    doseOf(one.vaccine, one.vaccineName, one.occurrence, one.lotNumber, one.doseNumber),
  );
  return factsFrom(recipient.name, recipient.birthDate, doses);
}

/** The facts in an SD-JWT VC as this product issues it, as far as its holder discloses them: perhaps no dose at all. */
export function factsOfSdJwt(claims: Record<string, unknown>): Read<CertificateFacts> {
  const { name, birthdate, age_birth_year: year, vaccination } = claims;
  const doses = listIn(vaccination).map(one =>
    doseOf(one.vaccine, one.vaccine_name, one.occurrence, one.lot_number, one.dose_number),
  );
  const born = birthdate ?? (Number.isSafeInteger(year) ? String(year) : undefined);
  if (Array.isArray(vaccination) && doses.length === 0) return factsFrom(name, born, [], [], true);
  return factsFrom(name, born, doses);
}

/** The facts in a DIVOC certificate (vaccination contexts 1 and 2). */
export function factsOfDivoc(credential: Record<string, unknown>): Read<CertificateFacts> {
  const subject = [credential.credentialSubject].flat().find(isObject);
  const doses = listIn(credential.evidence).map(one => {
    const dose = doseOf(one.vaccine, undefined, textOf(one.date)?.slice(0, 10), one.batch, one.dose);
    return dose && { ...dose, ...count('doses', one.totalDoses) };
  });
  return subject && factsFrom(subject.name, subject.dob, doses);
}

/** The facts in a visible digital seal of a vaccination (VDS-NC 1.4). */
export function factsOfSeal(message: Record<string, unknown>): Read<CertificateFacts> {
  const { pid } = message;
  if (!isObject(pid)) return undefined;
  const doses = listIn(message.ve).flatMap(({ des, nam, vd }) =>
    listIn(vd).map(({ dvc, seq, lot }) => doseOf(des, nam, dvc, lot, seq)),
  );
  return factsFrom(pid.n, pid.dob, doses);
}

function factsOfNational(content: Record<string, unknown>): Read<CertificateFacts> {
  const doses = listIn(content.v).map(({ vp, vd, dt, bo, dn, sd }) => {
    const dose = doseOf(vp, vd, dt, bo, dn);
    return dose && { ...dose, ...count('doses', sd) };
  });
  return factsFrom(content.n, content.dob, doses);
}

function factsOfIcvp(content: Record<string, unknown>): Read<CertificateFacts> {
  const doses = [content.v]
    .flat()
    .filter(isObject)
    .map(({ vp, dt, bo }) => doseOf(vp, undefined, dt, bo, undefined));
  return factsFrom(content.n, content.dob, doses);
}

function factsOfDcc({ nam, dob, v, t, r }: Record<string, unknown>): Read<CertificateFacts> {
  const groups = [v, t, r].filter(group => group !== undefined);
  if (!isObject(nam) || groups.length !== 1 || listIn(groups[0]).length !== 1) return undefined;
  const written = [textOf(nam.gn), textOf(nam.fn)].filter(Boolean).join(' ');
  const transliterated = [nam.gnt, nam.fnt].map(part => (textOf(part) ?? '').replace(/<+/g, ' ')).join(' ');
  const doses = listIn(v).map(({ mp, dt, dn, sd, tg }) => {
    const dose = doseOf(mp, undefined, textOf(dt)?.slice(0, 10), undefined, dn);
    return dose && { ...dose, ...count('doses', sd), ...text('target', tg) };
  });
  const tests = listIn(t).map(({ tg, sc, tr }) => otherOf('test', tg, sc, tr));
  const recoveries = listIn(r).map(({ tg, fr }) => otherOf('recovery', tg, fr));
  return factsFrom(written || transliterated.trim(), dob, doses, [...tests, ...recoveries]);
}

function fhirDose({ vaccineCode, occurrenceDateTime, lotNumber, protocolApplied }: Record<string, unknown>) {
  const [protocol] = listIn(protocolApplied);
  const code = codingOf(vaccineCode);
  const words = isObject(vaccineCode) ? vaccineCode.text : undefined;
  return doseOf(
    code,
    words,
    textOf(occurrenceDateTime)?.slice(0, 10),
    lotNumber,
    protocol?.doseNumberPositiveInt,
  );
}

function fhirTest({ code, effectiveDateTime, valueCodeableConcept, valueString }: Record<string, unknown>) {
  const result = codingOf(valueCodeableConcept) ?? valueString;
  return otherOf('test', codingOf(code), effectiveDateTime, result);
}

/** Systems of codes as a national certificate abbreviates them. */
const systems: Readonly<Record<string, string>> = {
  'http://hl7.org/fhir/sid/cvx': 'cvx',
  'http://www.whocc.no/atc': 'atc',
  'http://snomed.info/sct': 'sct',
  'http://id.who.int/icd11/mms': 'icd11',
  'http://loinc.org': 'loinc',
};

function codingOf(concept: unknown): string | undefined {
  const [coding] = listIn(isObject(concept) ? concept.coding : undefined);
  const code = textOf(coding?.code);
  const system = textOf(coding?.system) ?? '';
  return code && `${systems[system] ?? 'nat'}:${code}`;
}

function doseOf(
  vaccine: unknown,
  words: unknown,
  date: unknown,
  lot: unknown,
  doseNumber: unknown,
): Read<DoseFact> {
  const [what, day] = [textOf(vaccine), textOf(date)];
  if (!what || !day || !isDay(day)) return undefined;
  return {
    vaccine: what,
    date: day,
    ...text('words', words),
    ...text('lot', lot),
    ...count('doseNumber', doseNumber),
  };
}

function otherOf(kind: OtherFact['kind'], target: unknown, date: unknown, result?: unknown): Read<OtherFact> {
  const [what, day] = [textOf(target), textOf(date)?.slice(0, 10)];
  return what && day && isDay(day) ? { kind, target: what, date: day, ...text('result', result) } : undefined;
}

/** Undefined when anything of it is: half a certificate is never told. */
function factsFrom(
  name: unknown,
  birthDate: unknown,
  doses: readonly Read<DoseFact>[],
  others: readonly Read<OtherFact>[] = [],
  mayBeEmpty = false,
): Read<CertificateFacts> {
  const holderName = textOf(name);
  const all: readonly unknown[] = [...doses, ...others];
  if (!holderName || (all.length === 0 && !mayBeEmpty) || all.includes(undefined)) return undefined;
  return {
    holderName,
    ...text('birthDate', birthDate),
    doses: doses as DoseFact[],
    others: others as OtherFact[],
  };
}

const isDay = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value);
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, maxTextLength) : undefined;
/** Longer than any format allows a field to be. */
const maxTextLength = 500;

const text = <K extends string>(key: K, value: unknown): Partial<Record<K, string>> =>
  textOf(value) === undefined ? {} : ({ [key]: textOf(value) } as Record<K, string>);
const count = <K extends string>(key: K, value: unknown): Partial<Record<K, number>> =>
  Number.isSafeInteger(value) ? ({ [key]: value } as Record<K, number>) : {};

const listIn = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.map(one => (isObject(one) ? one : {})) : [];
const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];
