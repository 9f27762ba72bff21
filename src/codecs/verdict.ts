/**
 * Why a certificate is not believed: one closed list for every format, so that a verifier's text, statistics and
 * translations need no free text. The order is the order of the checks; the first that fails is the reason given.
 */
export const reasons = [
  'size', // longer than any QR code can hold
  'prefix', // not a format known here
  'base45',
  'numeric', // the digits of a SMART Health Card, or one of its parts is missing
  'zlib', // it does not decompress (zlib, DEFLATE or ZIP), or to more than a certificate can be
  'cbor',
  'cose',
  'cwt',
  'json',
  'jws',
  'json-ld', // a context that is not known here, or a graph that no certificate has
  'key-unknown', // nobody we trust has this key: never "valid", whatever else is right
  'chain', // the signer's own certificate is not by an authority of its country, or out of its time
  'signature',
  'unsigned', // it holds a field that its signature does not cover
  'key-usage', // the signer may not sign this kind of certificate
  'not-yet-valid',
  'expired',
  'revoked',
  'content-unknown', // rightly signed, but its content is of no known kind
  'schema',
  'value-set',
] as const;

/** One of {@link reasons}. */
export type Reason = (typeof reasons)[number];

/** A fault found; `detail` is for engineers and holds nothing of the person. */
export interface Fault {
  outcome: 'invalid';
  reason: Reason;
  detail: string;
}

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

/** The one place where a fault becomes an answer. Anything else thrown is a defect of a lookup or of ours, and is told. */
export function guarded<T>(work: () => T): T | Fault {
  try {
    return work();
  } catch (error) {
    return faultOf(error);
  }
}

/** As {@link guarded}, for a codec that has to wait. */
export async function guardedAsync<T>(work: () => Promise<T>): Promise<T | Fault> {
  try {
    return await work();
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): Fault {
  if (!(error instanceof CodecFault)) throw error;
  return { outcome: 'invalid', reason: error.reason, detail: error.detail };
}
