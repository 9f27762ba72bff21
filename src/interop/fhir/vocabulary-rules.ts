import type { CodeableConcept, Coding } from 'fhir/r4';
import type { CompiledSchedule } from '../../forecasting';
import { OWN } from './code-systems';

/** Translates between the code systems that a schedule maps and the schedule's own codes. */
export interface Vocabulary {
  /** The schedule's code of a vaccine, by the first coding that it knows; null when it knows none. */
  readonly vaccineOf: (concept: CodeableConcept) => string | null;
  /** The schedule's code of an observation, likewise. */
  readonly observationOf: (concept: CodeableConcept) => string | null;
  /**
   * A vaccine as concepts of one meaning each: first the schedule's own code, beside the code of every system that has
   * one alone for it; then, where a system has several, each of those.
   */
  readonly conceptsOf: (vaccineCode: string) => Coding[][];
}

const known = new WeakMap<CompiledSchedule, Vocabulary>();

/** The vocabulary of a schedule; made once for each. */
export function vocabularyOf(schedule: CompiledSchedule): Vocabulary {
  const vocabulary = known.get(schedule) ?? makeVocabulary(schedule);
  known.set(schedule, vocabulary);
  return vocabulary;
}

function makeVocabulary({ schedule, observations, observationIndex }: CompiledSchedule): Vocabulary {
  const { system: own, maps = [] } = schedule.vocabulary.vaccines;
  const vaccines = new Map(schedule.vaccines.map(({ code }) => [tokenOf(own, code), code]));
  const foreign = new Map<string, Coding[]>();
  for (const { system, codes } of maps)
    for (const [code, vaccine] of Object.entries(codes)) {
      vaccines.set(tokenOf(system, code), vaccine);
      foreign.set(vaccine, [...(foreign.get(vaccine) ?? []), { system, code }]);
    }
  const facts = schedule.vocabulary.observations?.system ?? OWN.observations;
  const observation = ({ system, code }: Coding): string | undefined => {
    const mapped = observationIndex.get(`${system}|${code}`);
    if (mapped !== undefined) return observations[mapped];
    return system === facts && observations.includes(code ?? '') ? code : undefined;
  };
  return {
    vaccineOf: concept => firstOf(concept, ({ system, code }) => vaccines.get(tokenOf(system, code))),
    observationOf: concept => firstOf(concept, observation),
    conceptsOf: code => {
      const others = foreign.get(code) ?? [];
      const isAlone = ({ system }: Coding) => others.filter(other => other.system === system).length === 1;
      const [same, several] = [others.filter(isAlone), others.filter(one => !isAlone(one))];
      return [[{ system: own, code }, ...same], ...several.map(one => [one])];
    },
  };
}

/** A code without a system says nothing. Numeric codes are the same with and without leading zeros (CVX 08 and 8). */
const tokenOf = (system: string | undefined, code: string | undefined): string =>
  `${system ?? ''}|${/^\d+$/.test(code ?? '') ? String(Number(code)) : (code ?? '')}`;

function firstOf(
  { coding = [] }: CodeableConcept,
  find: (coding: Coding) => string | undefined,
): string | null {
  for (const one of coding) {
    const found = one.system === undefined ? undefined : find(one);
    if (found !== undefined) return found;
  }
  return null;
}
