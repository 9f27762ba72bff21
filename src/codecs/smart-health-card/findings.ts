import type { Reason } from '../verdict';

/**
 * Everything that can be said against a SMART Health Card, and what it means to somebody who has to believe it: the
 * reason why not, or null for what only its maker should mend.
 */
const reasonOf = {
  size: 'size',
  spaces: null, // around a text, or a byte order mark
  'qr-unreadable': 'size',
  'qr-version': null, // not the smallest code that would do, or larger than a phone reads from a screen
  'qr-segments': null, // not one segment of bytes and one of digits, or several codes where one would do
  'qr-chunked': null, // several codes for one card: withdrawn from the specification, still to be read
  'qr-unbalanced': null,
  'qr-header': 'numeric',
  'qr-digits': 'numeric',
  'qr-missing': 'numeric',
  'file-name': null,
  json: 'json',
  'jws-long': null, // longer than one code holds
  'jws-header': 'jws',
  'signature-format': 'jws',
  inflation: 'zlib',
  'issuer-url': 'schema',
  'issuer-unknown': 'key-unknown',
  'issuer-untrusted': 'key-unknown',
  'key-unknown': 'key-unknown',
  signature: 'signature',
  'key-usage': 'key-usage',
  schema: 'schema',
  'vc-types': null,
  missing: 'schema',
  fhir: null, // a resource that is not as FHIR or the specification's profile would have it
  'not-yet-valid': 'not-yet-valid',
  expiry: null, // a time of expiry that cannot be meant
  expired: 'expired',
  revocation: 'schema',
  revoked: 'revoked',
} as const satisfies Record<string, Reason | null>;

/** One of the things that can be said against a card. */
export type FindingCode = keyof typeof reasonOf;

/** Something found. An `error` breaks the specification, a `warning` is legal and unwise. */
export interface Finding {
  level: 'error' | 'warning';
  code: FindingCode;
  /** Which field or rule; for engineers, and nothing of the person. */
  detail: string;
}

/** What is found on the way through a card, in the order of the checks. */
export class Findings {
  readonly all: Finding[] = [];

  error(code: FindingCode, detail: string): void {
    this.all.push({ level: 'error', code, detail });
  }

  warning(code: FindingCode, detail: string): void {
    this.all.push({ level: 'warning', code, detail });
  }

  /** Why the card is not to be believed, the first reason; undefined when all that was found is for its maker to mend. */
  get breach(): { reason: Reason; detail: string } | undefined {
    for (const { code, detail } of this.all) {
      const reason = reasonOf[code];
      if (reason) return { reason, detail: `${code} ${detail}` };
    }
    return undefined;
  }
}

/** The text without the blanks around it, which are reported. */
export function trimmed(text: string, findings: Findings, what: string): string {
  const inner = text.trim();
  if (inner !== text) findings.error('spaces', what);
  return inner;
}
