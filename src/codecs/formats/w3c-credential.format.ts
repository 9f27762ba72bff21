import canonicalize from 'canonicalize';
import { factsOfCredential } from '../facts';
import { isObject, tryReadJson } from '../json';
import { credentialContexts } from '../json-ld';
import { CodecFault } from '../verdict';
import { verifyCredential } from '../verifiable-credentials';
import type { Format } from './format';

/** A credential is its JSON; ten times what one of a lifetime's doses takes. */
const maxTextLength = 256 * 1024;
const baseContext = 'https://www.w3.org/ns/credentials/v2';

/** W3C Verifiable Credential 2.0. DIVOC's are JSON-LD too: the first context tells them apart (VC 2.0 section 4.3). */
export const w3cCredentialFormat: Format = {
  name: 'w3c-credential',
  is: text => documentIn(text) !== undefined,
  claimed(text) {
    const document = documentIn(text);
    if (!document) throw new CodecFault('json');
    const proof = [document.proof].flat().find(isObject);
    const issuer = isObject(document.issuer) ? document.issuer.id : document.issuer;
    const expiresAt = new Date(String(document.validUntil));
    return {
      ...(typeof proof?.verificationMethod === 'string' && { kid: proof.verificationMethod }),
      ...(typeof issuer === 'string' && { issuer }),
      ...(!Number.isNaN(expiresAt.getTime()) && { expiresAt }),
    };
  },
  async verify(text, { keys, contexts = credentialContexts, statusLists }, at) {
    const verdict = await verifyCredential(text, { keys, contexts, statusLists }, at);
    if (verdict.outcome !== 'valid') return verdict;
    const { credential, verificationMethods } = verdict;
    const { issuer, validFrom, validUntil } = credential;
    return {
      outcome: 'valid',
      signer: verificationMethods[0]!,
      content: credential,
      facts: factsOfCredential(credential),
      issuer: typeof issuer === 'string' ? issuer : issuer.id,
      ...(validFrom && { issuedAt: new Date(validFrom) }),
      ...(validUntil && { expiresAt: new Date(validUntil) }),
      spelling: canonicalize(credential)!,
    };
  },
};

function documentIn(text: string): Record<string, unknown> | undefined {
  if (text.length > maxTextLength || !/^\s*\{/.test(text)) return undefined;
  const document = tryReadJson(text);
  if (!isObject(document) || [document['@context']].flat()[0] !== baseContext) return undefined;
  return document;
}
