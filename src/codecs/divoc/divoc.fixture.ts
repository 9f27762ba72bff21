import { constants, sign, type KeyObject } from 'node:crypto';
import type { Contexts } from '../json-ld';
import { graphHash } from './graph';

const vocabulary = 'https://example.org/terms#';
export const term = (name: string) => `${vocabulary}${name}`;
const fields = [
  'issuanceDate',
  'expirationDate',
  'credentialSubject',
  'evidence',
  'name',
  'batch',
  'vaccine',
  'date',
  'at',
];
/** For tests: contexts of the form of the real ones. */
export const divocContexts: Record<string, object> = {
  'https://example.org/credentials/v1': {
    '@context': {
      '@version': 1.1,
      '@protected': true,
      id: '@id',
      type: '@type',
      ...Object.fromEntries(fields.map(name => [name, term(name)])),
      issuer: { '@id': term('issuer'), '@type': '@id' },
      ...Object.fromEntries(
        ['VerifiableCredential', 'Person', 'Vaccination'].map(name => [name, term(name)]),
      ),
    },
  },
  'https://w3id.org/security/v2': {
    '@context': {
      type: '@type',
      ...Object.fromEntries(['RsaSignature2018', 'Ed25519Signature2018'].map(name => [name, term(name)])),
      created: term('created'),
      proofPurpose: { '@id': term('purpose'), '@type': '@vocab' },
      assertionMethod: term('assertionMethod'),
      verificationMethod: { '@id': term('method'), '@type': '@id' },
    },
  },
};

/** For tests: a certificate as DIVOC signs it, by RSA or Ed25519 as the key is. */
export async function signedAsDivoc(
  document: Record<string, unknown>,
  privateKey: KeyObject,
  {
    verificationMethod,
    more = {},
    by = new Map(Object.entries(divocContexts)),
  }: { verificationMethod: string; more?: object; by?: Contexts },
) {
  const isRsa = privateKey.asymmetricKeyType === 'rsa';
  const proof = {
    type: isRsa ? 'RsaSignature2018' : 'Ed25519Signature2018',
    created: '2026-01-01T00:00:00Z',
    proofPurpose: 'assertionMethod',
    verificationMethod,
    ...more,
  };
  const header = encoded({ alg: isRsa ? 'PS256' : 'EdDSA', b64: false, crit: ['b64'] });
  const options = { ...proof, '@context': 'https://w3id.org/security/v2' };
  const hashes = [await graphHash(options, by), await graphHash(document, by)];
  const bytes = Buffer.concat([Buffer.from(`${header}.`), ...hashes]);
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const signature = isRsa
    ? sign('sha256', bytes, { key: privateKey, ...pss })
    : sign(null, bytes, privateKey);
  return { ...document, proof: { ...proof, jws: `${header}..${signature.toString('base64url')}` } };
}

export const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
