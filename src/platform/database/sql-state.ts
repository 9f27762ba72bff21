/** SQLSTATEs that callers tell apart (PostgreSQL manual, appendix A). */
export const UNIQUE_VIOLATION = '23505';
export const CHECK_VIOLATION = '23514';

/**
 * Classes of SQLSTATEs by which the server refuses what one row holds, or had to break off what others stood in the way
 * of: data, constraints, deadlocks, limits. Not that it cannot be reached, or is going down.
 */
const BAD_DATA = ['22', '23', '40', '42', '54', '55'];

/** Whether a statement failed by what it was given, so that others may go well without it. */
export const isBadData = (error: unknown): boolean =>
  BAD_DATA.includes(
    (error as { driverError?: { code?: string } } | null)?.driverError?.code?.slice(0, 2) ?? '',
  );

/** Deadlocks and serialisation failures, and locks that were waited for too long. */
const CONTENDED = ['40', '55'];

/** Whether a statement failed because others stood in its way: done again, it may well go through. */
export const isContended = (error: unknown): boolean =>
  CONTENDED.includes(
    (error as { driverError?: { code?: string } } | null)?.driverError?.code?.slice(0, 2) ?? '',
  );

/** Whether a statement failed because of this constraint; the only right way to learn that a race was lost. */
export function violates(error: unknown, constraint: string): boolean {
  const driver = (error as { driverError?: { code?: string; constraint?: string } }).driverError;
  return (
    !!driver &&
    [UNIQUE_VIOLATION, CHECK_VIOLATION].includes(driver.code ?? '') &&
    driver.constraint === constraint
  );
}

/** Whether a prepared statement no longer fits, because a migration changed what it gives ("cached plan …"). */
export const isStalePlan = (error: unknown): boolean => (error as { code?: string } | null)?.code === '0A000';

/** Whether a statement failed only because one before it had broken their transaction. */
export const isAborted = (error: unknown): boolean => (error as { code?: string } | null)?.code === '25P02';
