import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { euDcc, signHcert } from '../../../src/codecs';
import { credentialContexts } from '../../../src/codecs/json-ld';
import { signHealthCard, thumbprint, toNumeric } from '../../../src/codecs/smart-health-card';
import { multikeyOf, signCredential } from '../../../src/codecs/verifiable-credentials';
import { authorityCertificate, signerCertificate } from '../../../src/codecs/x509';
import type { TenantRef } from '../../../src/platform/context';
import { country, testService, type TestService } from '../../harness/service';

const IMPORT = `mutation ($input: ImportTrustListInput!) { importTrustList(input: $input) {
  __typename ... on TrustList { code signers issuers } ... on TrustListUnreadable { reason message } } }`;
const VERIFY = `query ($code: String!) { verifyCertificate(code: $code) {
  outcome reason format issuer holderName birthDate doses { vaccine date doseNumber lot } results { kind target date } } }`;

const [csca, dsc] = [1, 2].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const ed = generateKeyPairSync('ed25519');
const issuedAt = new Date('2026-01-01T00:00:00Z');
const time = { notBefore: issuedAt, notAfter: new Date('2040-01-01T00:00:00Z') };
const name = { country: 'FR', commonName: 'CSCA' };
const authority = authorityCertificate(
  { subject: name, publicKey: csca!.publicKey, serial: randomBytes(16), ...time },
  csca!.privateKey,
);
const signer = signerCertificate({
  subject: { country: 'FR', commonName: 'DSC' },
  publicKey: dsc!.publicKey,
  serial: randomBytes(16),
  ...time,
  issuer: { name, privateKey: csca!.privateKey },
});
const listed = (certificateType: string, der: Uint8Array, more = {}) => ({
  certificateType,
  country: 'FR',
  kid: 'AAAAAAAAAAE=',
  rawData: Buffer.from(der).toString('base64'),
  ...more,
});

const dcc = (expiresAt = new Date('2039-01-01T00:00:00Z')) =>
  signHcert({
    payload: {
      ver: '1.3.0',
      dob: '1990-05-17',
      nam: { fn: 'Dupont', fnt: 'DUPONT', gn: 'Zoé', gnt: 'ZOE' },
      v: [
        {
          tg: '840539006',
          vp: '1119349007',
          mp: 'EU/1/20/1528',
          ma: 'ORG-100030215',
          dn: 2,
          sd: 2,
          dt: '2026-01-05',
          co: 'FR',
          is: 'Ministry',
          ci: 'URN:UVCI:01:FR:1#A',
        },
      ],
    },
    claimKey: euDcc.claimKey,
    issuer: 'FR',
    issuedAt,
    expiresAt,
    signer: { kid: 'AAAAAAAAAAE=', alg: 'ES256', privateKey: dsc!.privateKey },
  });

describe('certificates of other countries', () => {
  let service: TestService;
  let aa: TenantRef;
  let token: string;

  beforeAll(async () => {
    service = await testService();
    aa = await service.country('aa');
    await service.country('bb');
    token = await service.tokenFor(aa, [country('configuration-admin')]);
  }, 180_000);
  afterAll(() => service.stop());

  const trust = async (code: string, shape: string, document: unknown, more: object = {}) => {
    const input = {
      code,
      shape,
      document: JSON.stringify(document),
      validUntil: '2039-06-01T00:00:00Z',
      ...more,
    };
    const answer = await service.graphql(IMPORT, { input }, { tenant: 'aa', token });
    expect(answer.errors).toBeUndefined();
    return answer.data.importTrustList;
  };
  const verify = async (code: string, tenant: string | null = 'aa') => {
    const answer = await service.graphql(VERIFY, { code }, tenant ? { tenant } : {});
    expect(answer.errors).toBeUndefined();
    return answer.data.verifyCertificate;
  };

  it('are believed by the country that trusts their signer, and by no other', async () => {
    const list = await trust('europe', 'GDHCN', [listed('CSCA', authority), listed('DSC', signer)]);

    const [here, there, nowhere] = await Promise.all([
      verify(dcc()),
      verify(dcc(), 'bb'),
      verify(dcc(), null),
    ]);

    expect(list).toEqual({ __typename: 'TrustList', code: 'europe', signers: 2, issuers: ['FR'] });
    expect(here).toEqual({
      outcome: 'VALID',
      reason: null,
      format: 'HCERT',
      issuer: 'France',
      holderName: 'Zoé Dupont',
      birthDate: '1990-05-17',
      doses: [{ vaccine: 'EU/1/20/1528', date: '2026-01-05', doseNumber: 2, lot: null }],
      results: [],
    });
    for (const elsewhere of [there, nowhere])
      expect(elsewhere).toMatchObject({ outcome: 'UNKNOWN_ISSUER', reason: 'KEY_UNKNOWN', holderName: null });
  });

  it('are told as expired after their time, by whom and of whom', async () => {
    await trust('europe', 'GDHCN', [listed('DSC', signer)]);

    expect(await verify(dcc(new Date('2026-02-01T00:00:00Z')))).toMatchObject({
      outcome: 'EXPIRED',
      issuer: 'France',
      holderName: 'Zoé Dupont',
    });
  });

  it('are believed within the scope of the list only, and until it is replaced', async () => {
    await trust('europe', 'GDHCN', [listed('DSC', signer)], { usages: ['TEST'] });
    const outOfScope = await verify(dcc());
    await trust('europe', 'GDHCN', []);
    const ended = await verify(dcc());

    expect(outOfScope).toMatchObject({ outcome: 'NOT_GENUINE', reason: 'KEY_USAGE', holderName: null });
    expect(ended).toMatchObject({ outcome: 'UNKNOWN_ISSUER', reason: 'KEY_UNKNOWN' });
  });

  it('may be SMART Health Cards of an issuer whose keys were imported', async () => {
    const issuer = 'https://health.example/cards';
    const kid = thumbprint(dsc!.publicKey);
    await trust(
      'cards',
      'JWKS',
      { keys: [{ ...dsc!.publicKey.export({ format: 'jwk' }), kid }] },
      { issuer },
    );
    const card = (iss: string) =>
      signHealthCard({
        bundle: {
          resourceType: 'Bundle',
          type: 'collection',
          entry: [
            {
              fullUrl: 'resource:0',
              resource: {
                resourceType: 'Patient',
                name: [{ family: 'Doe', given: ['Jo'] }],
                birthDate: '1990',
              },
            },
            {
              fullUrl: 'resource:1',
              resource: {
                resourceType: 'Immunization',
                status: 'completed',
                vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '207' }] },
                patient: { reference: 'resource:0' },
                occurrenceDateTime: '2026-01-05',
              },
            },
          ],
        },
        issuer: iss,
        issuedAt,
        signer: { kid, privateKey: dsc!.privateKey },
      });

    expect(await verify(toNumeric(card(issuer)))).toMatchObject({
      outcome: 'VALID',
      format: 'SMART_HEALTH_CARD',
      issuer,
      holderName: 'Jo Doe',
      doses: [{ vaccine: 'cvx:207', doseNumber: 1 }],
    });
    expect(await verify(card('https://elsewhere.example'))).toMatchObject({ reason: 'KEY_UNKNOWN' });
  });

  it('may be W3C credentials, whose facts are told when their kind is known', async () => {
    const did = 'did:web:health.example';
    const method = { id: `${did}#key-1`, publicKeyMultibase: multikeyOf(ed.publicKey) };
    await trust('credentials', 'DID', { id: did, verificationMethod: [method] });
    const credential = await signCredential(
      {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential'],
        issuer: did,
        credentialSubject: { id: 'did:example:1', name: 'Jo Doe' },
      },
      {
        signer: { verificationMethod: method.id, privateKey: ed.privateKey },
        createdAt: issuedAt,
        contexts: credentialContexts,
      },
    );

    expect(await verify(JSON.stringify(credential))).toMatchObject({
      outcome: 'UNREADABLE',
      reason: 'CONTENT_UNKNOWN',
      format: 'W3C_CREDENTIAL',
      holderName: null,
    });
    expect(await verify(JSON.stringify({ ...credential, name: 'changed' }))).toMatchObject({
      reason: 'SIGNATURE',
    });
  });

  it('are not believed by a list that cannot be read, which is refused whole', async () => {
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const false_ = signerCertificate({
      subject: name,
      publicKey: stranger.publicKey,
      serial: randomBytes(16),
      ...time,
      issuer: { name, privateKey: stranger.privateKey },
    });

    expect(await trust('bad', 'GDHCN', [listed('CSCA', authority), listed('DSC', false_)])).toMatchObject({
      __typename: 'TrustListUnreadable',
      reason: 'CHAIN',
      message: expect.any(String),
    });
    expect(await trust('bad', 'GDHCN', { no: 'list' })).toMatchObject({ reason: 'SCHEMA' });
  });
});
