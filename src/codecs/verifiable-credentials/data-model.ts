import Ajv from 'ajv';
import { shapeOf } from '../../common';
import { mustMatch } from '../hcert/hcert-content';
import type { Contexts } from '../json-ld';
import { CodecFault } from '../verdict';
import {
  absoluteAddress,
  baseContext,
  type LinkedDocument,
  listOf,
  mustHaveMeaning,
} from './linked-document';

export { idOf, listOf, mustNameItsContexts, type LinkedDocument } from './linked-document';

const address = {
  type: 'string',
  pattern: absoluteAddress.source.replace('a-z][a-z0-9', 'A-Za-z][A-Za-z0-9'),
};
/** XML Schema's dateTimeStamp: the zone must be there (VC 2.0 section 4.9). */
const instant = {
  type: 'string',
  pattern:
    '^\\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
};
const oneOrMany = (one: object) => ({ anyOf: [one, { type: 'array', minItems: 1, items: one }] });
const types = oneOrMany({ type: 'string', minLength: 1 });
const typed = (...required: string[]) =>
  oneOrMany({ type: 'object', required: ['type', ...required], properties: { id: address, type: types } });

/** Words in one language, or the same in several (VC 2.0 section 11.1). */
const words = oneOrMany({
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      required: ['@value'],
      additionalProperties: false,
      properties: {
        '@value': { type: 'string' },
        '@language': { type: 'string' },
        '@direction': { enum: ['ltr', 'rtl', null] },
      },
    },
  ],
});
const party = {
  anyOf: [
    address,
    { type: 'object', required: ['id'], properties: { id: address, name: words, description: words } },
  ],
};
const contexts = {
  type: 'array',
  minItems: 1,
  items: [{ const: baseContext }],
  additionalItems: { anyOf: [address, { type: 'object' }] },
};
/** `type` is this, or has it among others. */
const is = (type: string) => ({
  anyOf: [{ const: type }, { type: 'array', items: { type: 'string' }, contains: { const: type } }],
});

const credential = {
  type: 'object',
  required: ['@context', 'type', 'issuer', 'credentialSubject'],
  properties: {
    '@context': contexts,
    id: address,
    type: is('VerifiableCredential'),
    name: words,
    description: words,
    issuer: party,
    credentialSubject: oneOrMany({ type: 'object', minProperties: 1, properties: { id: address } }),
    validFrom: instant,
    validUntil: instant,
    credentialStatus: typed(),
    credentialSchema: typed('id'),
    refreshService: typed(),
    termsOfUse: typed(),
    evidence: typed(),
    proof: typed(),
    relatedResource: oneOrMany({
      type: 'object',
      required: ['id'],
      anyOf: [{ required: ['digestSRI'] }, { required: ['digestMultibase'] }],
      properties: { id: address, digestSRI: { type: 'string' }, digestMultibase: { type: 'string' } },
    }),
  },
};
/** A credential in another envelope, here a JWT in a data: address (VC 2.0 section 4.13). */
const enveloped = {
  type: 'object',
  required: ['@context', 'id', 'type'],
  properties: { id: { type: 'string', pattern: '^data:' }, type: is('EnvelopedVerifiableCredential') },
};
const presentation = {
  type: 'object',
  required: ['@context', 'type'],
  properties: {
    '@context': contexts,
    id: address,
    type: is('VerifiablePresentation'),
    holder: party,
    verifiableCredential: oneOrMany({ anyOf: [enveloped, credential] }),
    termsOfUse: typed(),
    proof: typed(),
  },
};
const ajv = new Ajv({ strict: false });
const isCredential = shapeOf(() => ajv.compile(credential));
const isPresentation = shapeOf(() => ajv.compile(presentation));

/** A credential of the W3C Verifiable Credentials Data Model 2.0, as much of it as is looked at here. */
export interface Credential extends LinkedDocument {
  type: string | string[];
  issuer: string | { id: string };
  credentialSubject: object | object[];
  validFrom?: string;
  validUntil?: string;
  credentialStatus?: object | object[];
  relatedResource?: RelatedResource | RelatedResource[];
}

interface RelatedResource {
  id: string;
  digestSRI?: string;
  digestMultibase?: string;
}

/** A presentation of credentials by their holder. */
export interface Presentation extends LinkedDocument {
  type: string | string[];
  holder?: string | { id: string };
  verifiableCredential?: object | object[];
}

/**
 * Throws unless the document is a credential: a `schema` fault when it is not of the shape VC 2.0 section 4 asks for,
 * `json-ld` when a type of it has no meaning in its contexts, `unsigned` when a field has none.
 */
export async function checkCredential(document: unknown, known: Contexts): Promise<Credential> {
  mustMatch(isCredential, document);
  const found = document as Credential;
  const { validFrom, validUntil } = found;
  if (validFrom && validUntil && new Date(validFrom) > new Date(validUntil)) {
    throw new CodecFault('schema', '/validUntil before /validFrom');
  }
  mustNameResourcesOnce(found);
  await mustHaveMeaning(found, known);
  return found;
}

type Digests = Readonly<Record<string, readonly string[]>>;

/**
 * What the W3C published of its own resources (VC 2.0 appendix B.1), in base64, now and before February 2025: the context
 * was set anew then without a change of meaning. A credential that says otherwise speaks of something else. Others are not
 * fetched, so nothing is known of them.
 */
const knownDigests: Readonly<Record<string, Digests>> = {
  [baseContext]: {
    sha256: ['WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=', 'JKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k='],
    sha384: [
      'l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU',
      'NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg',
    ],
  },
};
/** The Multihash header of SHA-256: some write it before the digest, some do not. */
const sha256Header = Buffer.from([0x12, 0x20]);

/** Each resource once, and no other than it is known to be (VC 2.0 section 5.3). */
function mustNameResourcesOnce({ relatedResource }: Credential): void {
  const resources = listOf<RelatedResource>(relatedResource);
  if (new Set(resources.map(({ id }) => id)).size < resources.length)
    throw new CodecFault('schema', '/relatedResource id twice');
  for (const { id, digestSRI, digestMultibase } of resources) {
    const known = knownDigests[id];
    if (known && !(agreesWithSri(digestSRI, known) && agreesWithMultibase(digestMultibase, known)))
      throw new CodecFault('schema', '/relatedResource digest');
  }
}

/** Subresource Integrity: `sha256-…`, perhaps several. One by an algorithm not known here says nothing. */
function agreesWithSri(given: string | undefined, known: Digests): boolean {
  const digests = (given ?? '').split(/\s+/).map(one => /^(\w+)-([^?]+)/.exec(one));
  return digests.every(one => !one || (known[one[1]!]?.includes(one[2]!) ?? true));
}

function agreesWithMultibase(given: string | undefined, { sha256 }: Digests): boolean {
  if (!given?.startsWith('u')) return true;
  const bytes = Buffer.from(given.slice(1), 'base64url');
  const digest = bytes.subarray(0, 2).equals(sha256Header) && bytes.length === 34 ? bytes.subarray(2) : bytes;
  return digest.length !== 32 || (sha256?.includes(digest.toString('base64')) ?? true);
}

/**
 * As {@link checkCredential}, for a presentation (VC 2.0 section 4.13). What it presents is looked at for its shape
 * only.
 */
export async function checkPresentation(document: unknown, known: Contexts): Promise<Presentation> {
  mustMatch(isPresentation, document);
  await mustHaveMeaning(document as Presentation, known);
  return document as Presentation;
}
