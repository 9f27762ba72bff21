import { isObject } from '../json';
import { resourcesIn } from './bundle';

const vocabulary = 'https://smarthealth.cards#';
/** What every card is. */
export const healthCardType = `${vocabulary}health-card`;

/**
 * COVID-19 vaccines by CVX code: those by which the official validator tells whether a card is about COVID-19. Codes that
 * the CDC gave out since are not among them, so a card of those alone is one of immunisations, as the validator has it.
 */
const covidVaccines = new Set(
  '207 208 210 212 217 218 219 500 501 502 503 504 505 506 507 508 509 510 511'.split(' '),
);
/** COVID-19 tests by LOINC code (VSAC 2.16.840.1.113762.1.4.1114.9, SARS-CoV-2 laboratory tests). */
const covidTests = new Set(
  (
    '50548-7 68993-5 82159-5 94306-8 94307-6 94308-4 94309-2 94500-6 94502-2 94503-0 94504-8 94507-1 94508-9 ' +
    '94531-1 94533-7 94534-5 94547-7 94558-4 94559-2 94562-6 94563-4 94564-2 94565-9 94640-0 94661-6 94756-4 ' +
    '94757-2 94758-0 94759-8 94760-6 94761-4 94762-2 94764-8 94845-5 95209-3 95406-5 95409-9 95416-4 95423-0 ' +
    '95424-8 95425-5 95542-7 95608-6 95609-4'
  ).split(' '),
);

/**
 * What is wrong with a card's `vc.type` beyond the type that every card has. The finer types are optional; a card that
 * gives any says by them what it holds, so they must be the right ones (SMART Health Cards Framework, "Vocabulary").
 */
export function typeFaults(types: readonly unknown[], bundle: Record<string, unknown>): string[] {
  const given = types.filter(type => type !== healthCardType);
  const fine = new Map(finerTypes(bundle).map(({ name, holds }) => [vocabulary + name, holds]));
  const foreign = given.filter(type => !fine.has(String(type))).map(() => 'a type that no card needs');
  const wrong = [...fine]
    .filter(([type, holds]) => given.includes(type) !== holds)
    .map(([type]) => `${type} is amiss`);
  return given.length > foreign.length ? [...foreign, ...wrong] : foreign;
}

/**
 * Every type that a card with this bundle has. The finer ones are optional by the specification, and yet the official
 * validator warns of a card that leaves out one of them.
 */
export const typesFor = (bundle: Record<string, unknown>): string[] => [
  healthCardType,
  ...finerTypes(bundle).flatMap(({ name, holds }) => (holds ? vocabulary + name : [])),
];

function finerTypes(bundle: Record<string, unknown>) {
  const resources = resourcesIn(bundle);
  const of = (type: string) => resources.filter(({ resourceType }) => resourceType === type);
  const hasVaccine = of('Immunization').some(({ vaccineCode }) => isCoded(vaccineCode, covidVaccines));
  const hasTest = of('Observation').some(({ code }) => isCoded(code, covidTests));
  return [
    { name: 'immunization', holds: of('Immunization').length > 0 },
    { name: 'laboratory', holds: hasTest },
    { name: 'covid19', holds: hasVaccine || hasTest },
  ];
}

/** By the first coding alone, of whatever system, as the validator looks at it. */
function isCoded(concept: unknown, codes: ReadonlySet<string>): boolean {
  const codings: unknown = isObject(concept) && concept.coding;
  const [first]: unknown[] = Array.isArray(codings) ? codings : [];
  return isObject(first) && codes.has(String(first.code));
}
