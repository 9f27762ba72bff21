import { isObject, tryReadJson } from '../json';
import type { TrustBundle } from '../trust-bundle/trust-bundle';
import type { BundleVerdict } from '../trust-bundle/verify-with-bundle';
import { baseContext } from '../verifiable-credentials/linked-document';
import { verifyCredentialWithBundle } from './credential-with-bundle';
import { verifyDivocWithBundle } from './divoc-with-bundle';
import { verifySealWithBundle } from './seal-with-bundle';

/** Of whatever format, no certificate in JSON is longer. */
const maxTextLength = 256 * 1024;

/**
 * Checks a certificate that is JSON, or an archive of it, with nothing but a trust bundle: a visible digital seal, a W3C
 * credential, or DIVOC's. Never throws; time and memory are bounded for any input.
 */
export function verifyJsonWithBundle(text: string, bundle: TrustBundle, now: Date): Promise<BundleVerdict> {
  const document = text.length > maxTextLength || text.startsWith('PK') ? undefined : tryReadJson(text);
  if (!isObject(document)) return verifyDivocWithBundle(text, bundle, now);
  if (isObject(document.data) && isObject(document.sig)) return verifySealWithBundle(text, bundle, now);
  const isCredential = [document['@context']].flat()[0] === baseContext;
  return (isCredential ? verifyCredentialWithBundle : verifyDivocWithBundle)(text, bundle, now);
}
