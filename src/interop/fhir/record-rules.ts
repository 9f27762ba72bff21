import type {
  AllergyIntolerance,
  CodeableConcept,
  Condition,
  Immunization,
  Observation,
  Reference,
} from 'fhir/r4';
import { type CivilDate, daysInMonth, isCivilDate } from '../../common';
import type { CompiledSchedule, DoseGiven, FindingCode, ObservationGiven, Person } from '../../forecasting';
import { type ForecastRequest, type Given, pathOf } from './request-rules';
import { type Vocabulary, vocabularyOf } from './vocabulary-rules';

/** What had to be assumed of a record, or could not be used of it, before the engine saw it. */
export type NoteCode = 'birth-date-assumed' | 'date-not-used' | 'not-active' | 'value-not-understood';

export interface Note {
  readonly code: NoteCode | FindingCode;
  readonly params: Readonly<Record<string, string>>;
  /** FHIRPath of what it is about, where that stands in the request. */
  readonly expression?: string;
}

/** A person of a FHIR request as the engine takes her. */
export interface EngineRecord {
  readonly person: Person;
  readonly notes: readonly Note[];
  /** The immunization that a dose of `person` came from. */
  readonly eventOf: (doseId: string) => Reference;
  /** FHIRPath of that immunization. */
  readonly expressionOf: (doseId: string) => string | undefined;
}

type Fact = ForecastRequest['facts'][number];

/** Reads the record of a request in the codes of a schedule. Nothing is guessed: what has no meaning there is noted. */
export function engineRecord(request: ForecastRequest, schedule: CompiledSchedule): EngineRecord {
  const vocabulary = vocabularyOf(schedule);
  const given = request.immunizations.filter(({ resource }) => resource.status === 'completed');
  const sources = new Map(given.map(one => [doseIdOf(one.index), one]));
  const doses = given.map(one => doseOf(one, vocabulary));
  const { birthDate, notes } = birthDateOf(request, doses);
  const facts = request.facts.map(fact => factOf(fact, vocabulary));
  const { gender, extension = [] } = request.patient.resource;
  const born = extension.find(({ url }) => url === BIRTH_PLACE)?.valueAddress?.country;
  return {
    person: {
      birthDate,
      sex: gender ?? 'unknown',
      doses,
      observations: facts.flatMap(({ fact }) => fact ?? []),
      ...(born !== undefined && { countryOfBirth: born }),
    },
    notes: [...notes, ...facts.flatMap(({ note }) => note ?? [])],
    eventOf: doseId => eventOf(sources.get(doseId)),
    expressionOf: doseId => `${pathOf(Number(doseId))}.resource`,
  };
}

/** An immunization by its id, else by its identifier, else by its place in the request. */
function eventOf(given: Given<Immunization> | undefined): Reference {
  const { id, identifier } = given?.resource ?? {};
  if (id !== undefined) return { reference: `Immunization/${id}` };
  if (identifier?.[0]) return { type: 'Immunization', identifier: identifier[0] };
  return { type: 'Immunization', display: `${pathOf(given?.index ?? 0)}.resource` };
}

const BIRTH_PLACE = 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace';

/** Doses of one day are taken in the order of their ids: so that of the request. */
const doseIdOf = (index: number): string => String(index).padStart(4, '0');

function doseOf({ index, resource }: Given<Immunization>, vocabulary: Vocabulary): DoseGiven {
  const { vaccineCode, occurrenceDateTime = '', expirationDate, manufacturer, doseQuantity } = resource;
  const maker = manufacturer?.identifier?.value ?? manufacturer?.display;
  const volume = /^ml$/i.test(doseQuantity?.code ?? doseQuantity?.unit ?? '')
    ? doseQuantity?.value
    : undefined;
  return {
    id: doseIdOf(index),
    vaccineCode: vocabulary.vaccineOf(vaccineCode) ?? labelOf(vaccineCode),
    date: dayOf(occurrenceDateTime),
    ...(expirationDate !== undefined && {
      lotExpiry: expirationDate.length === 4 ? `${expirationDate}-12` : expirationDate,
    }),
    ...(resource.isSubpotent === true && { condition: resource.subpotentReason?.[0]?.text ?? 'subpotent' }),
    ...(vaccineCode.text !== undefined && { tradeName: vaccineCode.text }),
    ...(maker !== undefined && { manufacturer: maker }),
    ...(volume !== undefined && { volumeMl: volume }),
  };
}

/** A day that is known and exists. */
const isDay = (text: string): boolean => isCivilDate(text);

/** The civil day where it happened: as it is written, whatever the offset. Shorter where the day is not known. */
const dayOf = (dateTime: string): string => dateTime.slice(0, 10);

/** What nobody could read, as FHIR writes a token; never a code of any schedule, for none holds a bar. */
function labelOf({ coding = [], text }: CodeableConcept): string {
  const first = coding[0];
  return `${first?.system ?? ''}|${first?.code ?? text ?? ''}`;
}

/**
 * The birth date. Of one whose day is not known the last day that it can be, as in the registry, so that nobody is
 * vaccinated too young: not after the day asked about and not after a dose.
 */
function birthDateOf(
  { on, patient }: ForecastRequest,
  doses: readonly DoseGiven[],
): { birthDate: CivilDate; notes: Note[] } {
  const written = patient.resource.birthDate!;
  if (isDay(written)) return { birthDate: written, notes: [] };
  const [year = '', month = '12'] = written.split('-');
  const last = `${year}-${month}-${String(daysInMonth(Number(year), Number(month))).padStart(2, '0')}`;
  const known = doses.map(({ date }) => date).filter(date => isDay(date) && date >= written);
  const birthDate = [on, ...known].filter(date => date >= written).reduce((a, b) => (b < a ? b : a), last);
  const note: Note = {
    code: 'birth-date-assumed',
    params: { date: birthDate },
    expression: `${pathOf(patient.index)}.resource`,
  };
  return { birthDate, notes: [note] };
}

/** Exactly one of them, or neither where the record says that nothing holds. */
interface ReadFact {
  readonly fact?: ObservationGiven;
  readonly note?: Note;
}

function factOf({ index, resource }: Fact, vocabulary: Vocabulary): ReadFact {
  const expression = `${pathOf(index)}.resource`;
  const said = resource.resourceType === 'Observation' ? observed(resource) : suffered(resource);
  if ('silent' in said) return {};
  if ('note' in said) return { note: { code: said.note, params: {}, expression } };
  const code = vocabulary.observationOf(said.concept);
  if (code === null)
    return {
      note: { code: 'unknown-observation', params: { observation: labelOf(said.concept) }, expression },
    };
  const date = said.date === undefined ? undefined : dayOf(said.date);
  if (date === undefined || isDay(date)) return { fact: { code, ...(date && { date }) } };
  // The fact holds all the same, and may forbid a vaccine; only what is counted from its day cannot be.
  return { fact: { code }, note: { code: 'date-not-used', params: {}, expression } };
}

type Said = { concept: CodeableConcept; date: string | undefined } | { note: NoteCode } | { silent: true };

function observed(observation: Observation): Said {
  const { status, code, effectiveDateTime: date, valueBoolean, valueCodeableConcept } = observation;
  if (status === 'entered-in-error' || status === 'cancelled' || valueBoolean === false)
    return { silent: true };
  if (valueCodeableConcept) return { concept: valueCodeableConcept, date };
  const otherValue = Object.keys(observation).some(key => key.startsWith('value') && key !== 'valueBoolean');
  return otherValue || observation.dataAbsentReason
    ? { note: 'value-not-understood' }
    : { concept: code, date };
}

const statusIs = (concept: CodeableConcept | undefined, ...codes: readonly string[]): boolean =>
  concept?.coding?.some(({ code }) => code !== undefined && codes.includes(code)) ?? false;

function suffered(problem: Condition | AllergyIntolerance): Said {
  const { verificationStatus, clinicalStatus, code, onsetDateTime, recordedDate } = problem;
  if (statusIs(verificationStatus, 'entered-in-error', 'refuted')) return { silent: true };
  if (statusIs(clinicalStatus, 'inactive', 'remission', 'resolved')) return { note: 'not-active' };
  return { concept: code ?? {}, date: onsetDateTime ?? recordedDate };
}
