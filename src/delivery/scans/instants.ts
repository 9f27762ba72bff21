/** Whole microseconds since 1970 as PostgreSQL reads an instant; a `Date` would lose the last three digits. */
export function instantText(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds - milliseconds * 1000).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
}

/** Whole microseconds since 1970 of a `Date`. */
export const microsecondsOf = (instant: Date): number => instant.getTime() * 1000;
