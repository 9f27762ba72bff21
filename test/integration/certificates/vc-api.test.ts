import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { canonicalDocument, credentialContexts } from '../../../src/codecs/json-ld';
import { keyOfMultikey, multikeyOf, signPresentation } from '../../../src/codecs/verifiable-credentials';
import { toMultibase58 } from '../../../src/codecs/verifiable-credentials/multibase';
import type { TenantRef } from '../../../src/platform/context';
import { certificateOfADose } from '../../harness/worlds/certificate-in-hand';
import { country, testService, type TestService } from '../../harness/service';

type Json = any; // oxlint-disable-line no-explicit-any -- any document's

const BASE = 'https://www.w3.org/ns/credentials/v2';
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';
/** As the W3C's suites have it: nothing but what is required. */
const minimal = {
  '@context': [BASE],
  type: ['VerifiableCredential'],
  issuer: 'did:example:issuer',
  credentialSubject: { id: 'did:example:subject' },
};
const subject = minimal.credentialSubject;
const stranger = generateKeyPairSync('ed25519');
const multikey = multikeyOf(stranger.publicKey);
const did = `did:key:${multikey}`;
const unsigned = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2024-01-01T00:00:00Z',
  verificationMethod: `${did}#${multikey}`,
  proofPurpose: 'assertionMethod',
};
const hashOf = async (part: object, algorithm = 'sha256') =>
  createHash(algorithm)
    .update(await canonicalDocument(part, credentialContexts))
    .digest();

/** A stranger's credential, secured step by step as the standard says; `options` of the proof as a suite spoils them. */
async function byAStranger(options: object = {}, algorithm?: string): Promise<Json> {
  const document = { ...minimal, issuer: did };
  const proof = JSON.parse(JSON.stringify({ ...unsigned, ...options }));
  const hashes = [
    await hashOf({ ...proof, '@context': [BASE] }, algorithm),
    await hashOf(document, algorithm),
  ];
  const signature = sign(null, Buffer.concat(hashes), stranger.privateKey);
  return { ...document, proof: { ...proof, proofValue: toMultibase58(signature) } };
}

/** One more proof beside a first, or over it: a set, or a chain (VC Data Integrity section 4.6). */
async function withSecondProof(options: { previousProof?: unknown }, spoil?: object): Promise<Json> {
  const { proof: made, ...document } = await byAStranger({ id: 'urn:uuid:first' });
  const first = { ...made, ...spoil };
  const proof = { ...unsigned, ...options };
  const secured = options.previousProof === undefined ? document : { ...document, proof: [first] };
  const hashes = [await hashOf({ ...proof, '@context': [BASE] }), await hashOf(secured)];
  const proofValue = toMultibase58(sign(null, Buffer.concat(hashes), stranger.privateKey));
  return { ...document, proof: [first, { ...proof, proofValue }] };
}

describe('the VC-API, for the suites of the W3C', () => {
  let service: TestService;
  let tenant: TenantRef;

  beforeAll(async () => {
    service = await testService({ TIKASETU_VC_API: 'aa' });
    tenant = await service.country('aa', 'gh');
    await service.provision('bb');
  }, 180_000);
  afterAll(() => service.stop());

  const post = async (path: string, body: unknown, code = 'aa') => {
    const answer = await fetch(`${service.url}/${code}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      body: (await answer.json()) as Json,
    };
  };
  const issue = (credential: unknown) => post('credentials/issue', { credential, options: {} });
  const issued = async (credential: object = minimal) => (await issue(credential)).body.verifiableCredential;
  const verify = (verifiableCredential: unknown, options: object = {}) =>
    post('credentials/verify', { verifiableCredential, options: { checks: ['proof'], ...options } });
  const present = (verifiablePresentation: unknown, options: object = {}) =>
    post('presentations/verify', { verifiablePresentation, options });
  const presented = (changes: object) =>
    signPresentation(
      { '@context': [BASE], type: ['VerifiablePresentation'], ...changes },
      {
        signer: { verificationMethod: unsigned.verificationMethod, privateKey: stranger.privateKey },
        createdAt: new Date('2024-01-01T00:00:00Z'),
        contexts: credentialContexts,
        challenge: 'once',
        domain: 'suite.example',
      },
    );

  it('is closed for a country that it was not opened for, and for none at all', async () => {
    for (const code of ['bb', 'zz']) {
      expect((await post('credentials/issue', { credential: minimal }, code)).status).toBe(404);
      expect((await post('credentials/verify', {}, code)).status).toBe(404);
      expect((await post('presentations/verify', {}, code)).status).toBe(404);
    }
  });

  it('issues with a key that resolves by itself and is none of the country’s', async () => {
    const answer = await issue(minimal);

    const { proof, ...rest } = answer.body.verifiableCredential;
    const [method, fragment] = proof.verificationMethod.split('#');
    const published = await (await fetch(`${service.url}/aa/did.json`)).text();
    expect(answer.status).toBe(201);
    expect(rest).toEqual(minimal);
    expect(proof).toMatchObject({
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      proofPurpose: 'assertionMethod',
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      proofValue: expect.stringMatching(/^z[1-9A-HJ-NP-Za-km-z]{80,90}$/),
    });
    expect(method).toBe(`did:key:${fragment}`);
    expect(keyOfMultikey(fragment).asymmetricKeyType).toBe('ed25519');
    expect(published).not.toContain(fragment);
  });

  it('issues nothing that the country’s own verifier would believe', async () => {
    const { id } = (await (await fetch(`${service.url}/aa/did.json`)).json()) as Json;
    const forged = await issued({ ...minimal, issuer: id });

    const { data } = await service.graphql(
      `query ($code: String!) { verifyCertificate(code: $code) { outcome reason } }`,
      { code: JSON.stringify(forged) },
      { tenant: 'aa' },
    );

    expect(data.verifyCertificate).toEqual({ outcome: 'UNKNOWN_ISSUER', reason: 'KEY_UNKNOWN' });
  });

  it('verifies what it issued, and what a stranger did, and a certificate of the country', async () => {
    const one = await certificateOfADose(service, tenant);
    const { data } = await service.graphql(
      `mutation ($input: MakeCertificateProofInput!) { makeCertificateProof(input: $input) {
        ... on CertificateProof { text } } }`,
      { input: { personId: one.personId, format: 'W3C_CREDENTIAL' } },
      { tenant: 'aa', token: await service.tokenFor(tenant, [country('registrar')]) },
    );

    const answers = await Promise.all([
      verify(await issued()),
      verify(await byAStranger()),
      verify(JSON.parse(data.makeCertificateProof.text)),
    ]);

    expect(answers.map(({ status, body }) => [status, body.verified])).toEqual([
      [200, true],
      [200, true],
      [200, true],
    ]);
  });

  it.each([
    ['another context in the base’s place', { '@context': [EXAMPLES, BASE] }],
    ['no context', { '@context': undefined }],
    ['a context that is a number', { '@context': [BASE, 4] }],
    ['a context that is no address', { '@context': [BASE, 'https ://no'] }],
    ['a context that nobody knows', { '@context': [BASE, 'https://unknown.example/v1'] }],
    [
      'a context that defines a term of the base anew',
      { '@context': [BASE, { type: 'https://x.example/t' }] },
    ],
    ['no type', { type: undefined }],
    ['not the type of a credential', { type: ['Other'] }],
    ['a type without meaning', { type: ['VerifiableCredential', 'Undefined'] }],
    ['an id that is no address', { id: 'me' }],
    ['two ids', { id: ['urn:a:1', 'urn:a:2'] }],
    ['no issuer', { issuer: undefined }],
    ['an issuer that is no address', { issuer: 'me' }],
    ['an issuer whose id is null', { issuer: { id: null } }],
    ['no subject', { credentialSubject: undefined }],
    ['a subject of whom nothing is said', { credentialSubject: {} }],
    ['an empty subject among others', { credentialSubject: [subject, {}] }],
    ['a subject that is a text', { credentialSubject: 'did:example:subject' }],
    ['a beginning that is no instant', { validFrom: '25 February 2023' }],
    ['a beginning of no zone', { validFrom: '2023-02-25T00:00:00' }],
    [
      'an end before its beginning',
      { validFrom: '2030-01-01T00:00:00Z', validUntil: '2029-01-01T00:00:00Z' },
    ],
    ['a status without a type', { credentialStatus: { id: 'urn:a:1' } }],
    ['a status with two ids', { credentialStatus: { id: ['urn:a:1', 'urn:a:2'], type: 'X' } }],
    ['a schema without an id', { credentialSchema: { type: 'JsonSchema' } }],
    ['a schema without a type', { credentialSchema: { id: 'https://x.example/s' } }],
    ['evidence without a type', { evidence: { id: 'urn:a:1' } }],
    ['terms of use without a type', { termsOfUse: { id: 'urn:a:1' } }],
    ['a refresh service without a type', { refreshService: { id: 'urn:a:1' } }],
    [
      'a name with more than a language and a direction',
      { name: { '@value': 'x', '@language': 'en', more: 1 } },
    ],
    ['a resource that is a text', { relatedResource: ['https://x.example/r'] }],
    ['a resource without a digest', { relatedResource: [{ id: 'https://x.example/r' }] }],
    ['a resource without an id', { relatedResource: [{ digestSRI: 'sha256-abc' }] }],
    [
      'another digest of the base than the W3C published',
      { relatedResource: [{ id: BASE, digestMultibase: `u${Buffer.alloc(32).toString('base64url')}` }] },
    ],
    [
      'a base of its own, by which a type without meaning has one',
      {
        '@context': [BASE, { '@base': 'https://x.example/' }],
        type: ['VerifiableCredential', 'Relative'],
      },
    ],
    ['a proof without a type', { proof: { proofPurpose: 'assertionMethod' } }],
    ['a field without a meaning', { colour: 'red' }],
  ])('does not issue a credential with %s', async (_, changes) => {
    const { status, type, body } = await issue({ ...minimal, ...changes });

    expect(status).toBe(400);
    expect(type).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({
      type: expect.stringMatching(/^https:\/\/.*#[A-Z_]+$/),
      title: expect.any(String),
      status: 400,
    });
  });

  it.each([
    ['terms of the examples', { '@context': [BASE, EXAMPLES], type: ['VerifiableCredential', 'Any'] }],
    [
      'a context of its own',
      { '@context': [BASE, { Any: 'https://x.example/a' }], type: ['VerifiableCredential', 'Any'] },
    ],
    ['a type as an address', { type: ['VerifiableCredential', 'https://x.example/a'] }],
    [
      'an issuer with a name in two languages',
      {
        issuer: {
          id: 'did:example:i',
          name: [
            { '@value': 'A', '@language': 'en' },
            { '@value': 'B', '@language': 'fr', '@direction': 'ltr' },
          ],
        },
      },
    ],
    ['several subjects', { credentialSubject: [subject, { id: 'did:example:other' }] }],
    ['parts of seconds and another zone', { validFrom: '2023-02-25T00:00:00.123-05:00' }],
    ['an end long past', { validUntil: '2001-01-01T00:00:00Z' }],
    [
      'the digest of the base, as it is now',
      { relatedResource: { id: BASE, digestMultibase: 'uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ' } },
    ],
    [
      'the digest of the base, as it was until February 2025',
      { relatedResource: { id: BASE, digestMultibase: 'uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k' } },
    ],
    ['a status without an id', { '@context': [BASE, EXAMPLES], credentialStatus: { type: 'ExampleStatus' } }],
    [
      'two schemas',
      {
        credentialSchema: [
          { id: 'https://x.example/1', type: 'JsonSchema' },
          { id: 'https://x.example/2', type: 'JsonSchema' },
        ],
      },
    ],
  ])('issues a credential with %s', async (_, changes) => {
    expect((await issue({ ...minimal, ...changes })).status).toBe(201);
  });

  it.each([
    ['without a proof', (vc: Json) => ({ ...vc, proof: undefined })],
    ['with no proof at all', (vc: Json) => ({ ...vc, proof: null })],
    ['whose proof has no type', (vc: Json) => ({ ...vc, proof: { ...vc.proof, type: undefined } })],
    ['whose proof has no value', (vc: Json) => ({ ...vc, proof: { ...vc.proof, proofValue: undefined } })],
    ['whose proof’s value is null', (vc: Json) => ({ ...vc, proof: { ...vc.proof, proofValue: null } })],
    [
      'whose proof’s value has no Multibase header',
      (vc: Json) => ({ ...vc, proof: { ...vc.proof, proofValue: vc.proof.proofValue.slice(1) } }),
    ],
    [
      'whose signature is too long',
      (vc: Json) => ({ ...vc, proof: { ...vc.proof, proofValue: `${vc.proof.proofValue}1` } }),
    ],
    [
      'with a term added that has no meaning',
      (vc: Json) => ({ ...vc, credentialSubject: { ...vc.credentialSubject, added: 'x' } }),
    ],
    ['with a type added that has no meaning', (vc: Json) => ({ ...vc, type: [...vc.type, 'Added'] })],
    [
      'with a claim added',
      (vc: Json) => ({ ...vc, credentialSubject: { ...vc.credentialSubject, name: 'x' } }),
    ],
    ['that is no credential', () => ({ type: ['NonconformingDocument'] })],
    ['that is a text', () => 'x'],
    ['that is missing', () => undefined],
  ])('does not verify a credential %s', async (_, spoil) => {
    const answer = await verify(spoil(await byAStranger()));

    expect([answer.status, answer.body.verified]).toEqual([400, false]);
    expect(answer.body.problemDetails).toHaveLength(1);
  });

  it.each([
    ['an unknown kind of proof', { type: 'UnknownProofType' }],
    ['an unknown cryptosuite', { cryptosuite: 'unknown-2017' }],
    ['a purpose that is none', { proofPurpose: 'invalidPurpose' }],
    ['no purpose', { proofPurpose: undefined }],
    ['a verification method that is no key', { verificationMethod: 'did:key:invalid' }],
    ['another key’s method', { verificationMethod: `${did}#${multikey.slice(0, -1)}` }],
    ['no verification method', { verificationMethod: undefined }],
    ['a date that is none', { created: 'invalidDate' }],
    ['an end that is over', { expires: '2024-01-02T00:00:00' }],
    ['an end that is none', { expires: 'invalidDate' }],
    ['a proof before it that is not there', { previousProof: 'urn:uuid:none' }],
  ])('does not verify a stranger’s credential with %s', async (_, options) => {
    // Not all of these can be made canonical: what has no meaning is signed as if it were absent
    const spoilt = await byAStranger(options).catch(async () => {
      const whole = await byAStranger();
      return { ...whole, proof: JSON.parse(JSON.stringify({ ...whole.proof, ...options })) };
    });

    expect((await verify(spoilt)).status).toBe(400);
  });

  it('verifies no digest but SHA-256, and a date without a zone as one in UTC', async () => {
    expect((await verify(await byAStranger({}, 'sha512'))).status).toBe(400);
    expect((await verify(await byAStranger({ created: '2024-01-01T00:00:00' }))).status).toBe(200);
    expect((await verify(await byAStranger({ created: undefined }))).status).toBe(200);
  });

  it('verifies proofs beside each other and over each other, and none whose first is spoilt or not there', async () => {
    const statusOf = async (given: Promise<Json>) => (await verify(await given)).status;

    expect(await statusOf(withSecondProof({}))).toBe(200);
    expect(await statusOf(withSecondProof({ previousProof: 'urn:uuid:first' }))).toBe(200);
    expect(await statusOf(withSecondProof({ previousProof: ['urn:uuid:first'] }))).toBe(200);
    expect(await statusOf(withSecondProof({ previousProof: ['urn:uuid:missing'] }))).toBe(400);
    const spoilt = { proofValue: toMultibase58(Buffer.alloc(64, 1)) };
    expect(await statusOf(withSecondProof({ previousProof: 'urn:uuid:first' }, spoilt))).toBe(400);
    expect(await statusOf(withSecondProof({}, spoilt))).toBe(400);
  });

  it('verifies no type without a meaning, added later', async () => {
    const type = ['VerifiableCredential', 'UndefinedCredential'];

    expect((await verify({ ...(await byAStranger()), type })).status).toBe(400);
  });

  it('verifies by what the verifier asks for, and says which of it fails', async () => {
    const vc = await byAStranger({ domain: 'a.example', challenge: 'c' });
    const typeOf = async (options: object) => (await verify(vc, options)).body.type;

    expect((await verify(vc, { domain: 'a.example', challenge: 'c' })).status).toBe(200);
    expect(await typeOf({ domain: 'b.example' })).toBe('https://w3id.org/security#INVALID_DOMAIN_ERROR');
    expect(await typeOf({ challenge: 'd' })).toBe('https://w3id.org/security#INVALID_CHALLENGE_ERROR');
    expect((await verify(vc, { expectedProofPurpose: 'authentication' })).status).toBe(400);
    expect((await verify(vc, { domain: 4 })).status).toBe(400);
  });

  it('verifies a presentation, its holder’s own word, and every credential in it', async () => {
    const [vc, other] = [await byAStranger(), await issued()];
    const own = { ...minimal, issuer: did };

    const answers = await Promise.all([
      present(await presented({})),
      present(await presented({ holder: { id: did }, verifiableCredential: [vc, other] })),
      present(await presented({ holder: did, verifiableCredential: [own] })),
      present(await presented({}), { domain: 'suite.example', challenge: 'once' }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('does not verify a presentation that is spoilt, or holds what is', async () => {
    const [whole, vc] = [await presented({}), await byAStranger()];
    const own = { ...minimal, issuer: did };
    const spoilt = [
      { ...whole, proof: { ...(whole.proof as object), proofValue: 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh' } },
      { ...whole, proof: undefined },
      { ...whole, '@context': undefined },
      { ...whole, '@context': [BASE, 'https://example.com'] },
      { ...whole, '@context': [BASE, 123192875] },
      { ...whole, type: undefined },
      { ...whole, holder: { name: 'x' } },
      { ...whole, verifiableCredential: ['x'] },
      await presented({ verifiableCredential: [own] }),
      await presented({ holder: 'did:example:acme', verifiableCredential: [own] }),
      await presented({ holder: did, verifiableCredential: [{ ...vc, validFrom: '2023-01-01T00:00:00Z' }] }),
    ];

    const answers = await Promise.all(spoilt.map(one => present(one)));

    expect(answers.map(({ status }) => status)).toEqual(spoilt.map(() => 400));
    expect((await present(whole, { challenge: 'twice' })).status).toBe(400);
  });
});
