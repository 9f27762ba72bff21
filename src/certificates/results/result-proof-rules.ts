import { addTo, type CivilDate } from '../../common';
import type { TestResultRecord } from '../../laboratory';

/** What a proof of a result states: the test, or that its holder has recovered from what it found. */
export type ResultStatement = 'test' | 'recovery';

/** Value sets covid-19-lab-test-type (LOINC) and covid-19-lab-result (SNOMED CT). */
export const METHOD_CODES = { naat: 'LP6464-4', 'rapid-antigen': 'LP217198-3' } as const;
export const FINDING_CODES = { detected: '260373001', 'not-detected': '260415000' } as const;

/** From the eleventh day to the hundred-and-eightieth after the sample (Regulation (EU) 2021/953, annex, point 3). */
const RECOVERED_FROM_DAYS = 11;
const RECOVERED_UNTIL_DAYS = 180;
/** How long the signature on a test counts; how fresh a test has to be is for whoever asks for it. */
const TEST_PROOF_DAYS = 30;

type Result = Pick<TestResultRecord, 'disease' | 'method' | 'result' | 'voidedAt'>;

/**
 * Whether a result can be proved so: nothing of one that is voided or inconclusive, and a recovery only of an agent
 * found by amplification (Regulation (EU) 2021/953, article 7).
 */
export function canState(statement: ResultStatement, disease: string, result: Result): boolean {
  if (result.voidedAt || result.disease !== disease || result.result === 'inconclusive') return false;
  return statement === 'test' || (result.method === 'naat' && result.result === 'detected');
}

/** The days on which a recovery counts, first and last, for a sample of this day. */
export const recoveryDays = (sampledOn: CivilDate): { from: CivilDate; until: CivilDate } => ({
  from: addTo(sampledOn, `${RECOVERED_FROM_DAYS} days`),
  until: addTo(sampledOn, `${RECOVERED_UNTIL_DAYS} days`),
});

/** The last instant of a proof that is signed at `at`; at or before that instant for one whose time is over. */
export function proofUntil(statement: ResultStatement, sampledAt: Date, at: Date): Date {
  const from = statement === 'test' ? at : sampledAt;
  const days = statement === 'test' ? TEST_PROOF_DAYS : RECOVERED_UNTIL_DAYS;
  return new Date(from.getTime() + days * 86_400_000);
}
