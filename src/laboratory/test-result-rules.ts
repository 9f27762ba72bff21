import type { TestMethod, TestResultRecord } from './test-result';

const DAY_MS = 86_400_000;
/** A result that is older than this was not entered at the time. */
const OLDEST_DAYS = 730;
/** So long may whoever entered a result void it alone (ROLES, segregation rule 3). */
const WINDOW_MS = DAY_MS;

/** What is wrong with a result that is about to be entered: the field, and the text that says why. */
export interface ResultFault {
  field: 'sampledAt' | 'device';
  text: 'sampledInFuture' | 'sampledTooLongAgo' | 'sampledBeforeBirth' | 'deviceNeeded';
}

/** The first fault; null when there is none. `bornOn`: the earliest day on which the person can have been born. */
export function faultOf(
  asked: { sampledAt: Date; method: TestMethod; device: string | null },
  bornOn: string,
  now: Date,
): ResultFault | null {
  const { sampledAt, method, device } = asked;
  if (sampledAt > now) return { field: 'sampledAt', text: 'sampledInFuture' };
  if (now.getTime() - sampledAt.getTime() > OLDEST_DAYS * DAY_MS)
    return { field: 'sampledAt', text: 'sampledTooLongAgo' };
  // A day of leeway: the birth date is the country's own day, the instant is nobody's
  if (sampledAt.getTime() < Date.parse(bornOn) - DAY_MS)
    return { field: 'sampledAt', text: 'sampledBeforeBirth' };
  return method === 'rapid-antigen' && !device ? { field: 'device', text: 'deviceNeeded' } : null;
}

/** Whether an account may say that a result is not so. */
export function mayVoidResult(
  { recordedBy, recordedAt }: Pick<TestResultRecord, 'recordedBy' | 'recordedAt'>,
  who: string,
  now: Date,
): boolean {
  return recordedBy !== who || now.getTime() - recordedAt.getTime() <= WINDOW_MS;
}
