/** What the service says of a certificate: `verifyCertificate` of the published API. */
export interface Verdict {
  /** Closed list of the API; {@link TONES} knows how each is shown. */
  outcome: string;
  /** Said in the visitor's language. */
  message: string;
  issuer: string | null;
  /** Instant, ISO 8601. */
  issuedAt: string | null;
  expiresAt: string | null;
  holderName: string | null;
  /** ISO 8601 date, perhaps without day or month. */
  birthDate: string | null;
  doses: { vaccine: string; date: string; doseNumber: number | null; lot: string | null }[];
  /** Said where the issuer's register was not asked: by what the code was checked instead. */
  checkedBy?: string;
}

/** How sure the verifier may be: accept it, do not accept it, or look again. */
export type Tone = 'good' | 'bad' | 'unclear';

const TONES: Readonly<Record<string, Tone>> = {
  VALID: 'good',
  SUPERSEDED: 'unclear', // true, but not the whole truth
  UNREADABLE: 'unclear',
  UNKNOWN_ISSUER: 'unclear',
  UNCHECKED: 'unclear',
};

/** An outcome that is not known to be good is bad: nobody is let through by a new word. */
export const toneOf = (outcome: string): Tone => TONES[outcome] ?? 'bad';

/**
 * A code as it was pasted: without the line breaks of a mail or a form, and without blanks around it. One of bytes
 * (an archive, which begins with PK) is left as it was scanned.
 */
export const tidied = (code: string): string =>
  code.startsWith('PK') ? code : code.replace(/[\r\n\t]+/g, '').trim();

/** A date of a certificate as the visitor reads it; one without day or month stays so (ISO 8601 reduced precision). */
export function shownDate(language: string, date: string): string {
  const [year, month, day] = date.slice(0, 10).split('-');
  const instant = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  if (Number.isNaN(instant.getTime())) return date;
  const parts: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    ...(month ? { month: 'long' } : {}),
    ...(day ? { day: 'numeric' } : {}),
    timeZone: 'UTC',
  };
  return new Intl.DateTimeFormat(language, parts).format(instant);
}
