import { isObject } from '../json';
import type { Findings } from './findings';

/** The list of revoked cards of one key, as published at `<issuer>/.well-known/crl/<kid>.json`. */
export interface RevocationList {
  kid: string;
  method: 'rid';
  /** Counts the versions; the key's `crlVersion` says which is the newest. */
  ctr: number;
  /** Each `rid`, or `rid.seconds` for cards issued before that instant only. */
  rids: string[];
}

const ridForm = /^[\w-]+$/;
const maxRidLength = 24;

/** Reports a revocation id that is not as the specification has it: base64url, 24 characters at most. */
export function inspectRid(rid: unknown, findings: Findings): void {
  if (typeof rid !== 'string' || !ridForm.test(rid)) findings.error('revocation', 'rid is not base64url');
  else if (rid.length > maxRidLength) findings.error('revocation', `rid is above ${maxRidLength} characters`);
}

/**
 * Reports what is wrong with a revocation list (SMART Health Cards Framework, "Revocation"): for another key, of another
 * method or version, with an id malformed or twice.
 */
export function inspectRevocationList(
  list: unknown,
  { kid, crlVersion }: { kid: string; crlVersion: number },
  findings: Findings,
): void {
  if (!isObject(list)) return findings.error('revocation', 'not a list');
  if (list.kid !== kid) findings.error('revocation', 'for another key');
  if (list.method !== 'rid') findings.error('revocation', 'method is not rid');
  if (list.ctr !== crlVersion) findings.error('revocation', 'not the version that the key names');
  if (!Array.isArray(list.rids)) return findings.error('revocation', 'no rids');
  const seen = new Set<string>();
  for (const entry of list.rids) {
    const [rid = '', since, ...more] = String(entry).split('.');
    inspectRid(rid, findings);
    if (more.length > 0 || (since !== undefined && !/^\d+$/.test(since))) {
      findings.error('revocation', 'timestamp is not whole seconds');
    }
    if (seen.has(rid)) findings.error('revocation', 'rid twice');
    seen.add(rid);
  }
}

/** Whether a card with this `rid`, issued at `nbf` (seconds), is on the list. */
export function isRevoked({ rids }: RevocationList, rid: string, nbf: number): boolean {
  return rids.some(entry => {
    const [listed, until] = entry.split('.');
    return listed === rid && (until === undefined || nbf < Number(until));
  });
}
