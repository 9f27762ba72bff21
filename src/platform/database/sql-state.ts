/** SQLSTATEs that callers tell apart (PostgreSQL manual, appendix A). */
export const UNIQUE_VIOLATION = '23505';
export const CHECK_VIOLATION = '23514';

/** Whether a statement failed because of this constraint; the only right way to learn that a race was lost. */
export function violates(error: unknown, constraint: string): boolean {
  const driver = (error as { driverError?: { code?: string; constraint?: string } }).driverError;
  return (
    !!driver &&
    [UNIQUE_VIOLATION, CHECK_VIOLATION].includes(driver.code ?? '') &&
    driver.constraint === constraint
  );
}
