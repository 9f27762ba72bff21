/**
 * Why a certificate is not believed: one closed list for every format, so that a verifier's text, statistics and
 * translations need no free text. The order is the order of the checks; the first that fails is the reason given.
 */
export const reasons = [
  'size', // longer than any QR code can hold
  'prefix', // not a format known here
  'base45',
  'zlib',
  'cbor',
  'cose',
  'cwt',
  'key-unknown', // nobody we trust has this key: never "valid", whatever else is right
  'signature',
  'key-usage', // the signer may not sign this kind of certificate
  'not-yet-valid',
  'expired',
  'content-unknown', // rightly signed, but its content is of no known kind
  'schema',
  'value-set',
] as const;

/** One of {@link reasons}. */
export type Reason = (typeof reasons)[number];

/** Carries a {@link Reason} from the step that failed to the door of the codec, which turns it into a verdict. */
export class CodecFault extends Error {
  constructor(
    readonly reason: Reason,
    /** For engineers: which field or step. Never holds a value taken from the certificate. */
    readonly detail: string = reason,
  ) {
    super(detail);
  }
}

/** Runs a step of a codec; whatever it throws becomes this reason, unless it has named its own. */
export function step<T>(reason: Reason, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof CodecFault ? error : new CodecFault(reason);
  }
}
