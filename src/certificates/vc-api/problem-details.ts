import type { Fault, Reason } from '../../codecs';

/**
 * What went wrong, as HTTP APIs tell it (RFC 9457), with the types of VC 2.0 section 7.3 and VC Data Integrity
 * section 4.7.
 */
export interface ProblemDetails {
  type: string;
  title: string;
  detail: string;
}

const CREDENTIALS = 'https://www.w3.org/TR/vc-data-model#';
const SECURITY = 'https://w3id.org/security#';
const STATUS = 'https://www.w3.org/ns/credentials/status-list#';

const malformed = [
  `${CREDENTIALS}MALFORMED_VALUE_ERROR`,
  'A value is not of the shape that its standard asks for',
];
const unparsable = [`${CREDENTIALS}PARSING_ERROR`, 'It could not be read'];
const cryptographic = [`${CREDENTIALS}CRYPTOGRAPHIC_SECURITY_ERROR`, 'The proof does not hold'];
const unproved = [`${SECURITY}PROOF_VERIFICATION_ERROR`, 'The proof could not be verified'];
const outOfTime = [`${CREDENTIALS}RANGE_ERROR`, 'It is not its time'];

const known: Partial<Record<Reason, string[]>> = {
  size: unparsable,
  json: unparsable,
  schema: malformed,
  'json-ld': malformed,
  unsigned: [`${SECURITY}DATA_LOSS_DETECTION_ERROR`, 'A field has no meaning, so no proof would cover it'],
  signature: cryptographic,
  'key-unknown': [`${SECURITY}INVALID_VERIFICATION_METHOD`, 'The verification method is not known'],
  'content-unknown': unproved,
  'not-yet-valid': outOfTime,
  expired: outOfTime,
  revoked: [`${STATUS}STATUS_VERIFICATION_ERROR`, 'It was revoked'],
};
/** What a verifier asked for and the proof does not say. */
const byDetail: Readonly<Record<string, string[]>> = {
  domain: [`${SECURITY}INVALID_DOMAIN_ERROR`, 'The proof was made for another domain'],
  challenge: [`${SECURITY}INVALID_CHALLENGE_ERROR`, 'The proof was made for another challenge'],
};

/** A fault of a codec as a problem. Holds nothing of the credential. */
export function problemOf({ reason, detail }: Pick<Fault, 'reason' | 'detail'>): ProblemDetails {
  const [type, title] = byDetail[detail] ?? known[reason] ?? unproved;
  return { type: type!, title: title!, detail };
}
