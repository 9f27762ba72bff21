import { X509Certificate } from 'node:crypto';
import { TrustBundles } from '../../../src/certificates';
import { readHcert } from '../../../src/codecs';
import { thumbprint } from '../../../src/codecs/smart-health-card';
import { openTrustBundle, verifyWithBundle } from '../../../src/codecs/trust-bundle';
import type { TenantRef } from '../../../src/platform/context';
import { certificateOfADose, type CertificateInHand } from '../../harness/worlds/certificate-in-hand';
import { country, testService, type TestService } from '../../harness/service';

const KEYS = `{ signingKeys { kid thumbprint state notBefore certificate } }`;
const ROTATE = `mutation ($replacing: ID!, $signsFrom: DateTime) {
  rotateSigningKey(replacing: $replacing, signsFrom: $signsFrom) { kid state } }`;
const WITHDRAW = `mutation ($kid: ID!) { withdrawSigningKey(kid: $kid, reason: COMPROMISED) { kid } }`;

describe('what a country publishes for verifiers', () => {
  let service: TestService;
  let tenant: TenantRef;
  let one: CertificateInHand;
  let as: { tenant: string; token: string };

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    one = await certificateOfADose(service, tenant);
    as = { tenant: 'aa', token: await service.tokenFor(tenant, [country('configuration-admin')]) };
  }, 180_000);
  afterAll(() => service.stop());

  const get = async (path: string) => {
    const answer = await fetch(service.url + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    return answer;
  };
  const json = async (path: string): Promise<any> => (await get(path)).json(); // oxlint-disable-line no-explicit-any
  const keys = async () => (await service.graphql(KEYS, {}, { tenant: 'aa' })).data.signingKeys;

  it('has the signer of its certificates in WHO’s list, certified by its own authority', async () => {
    const read = readHcert(one.code);
    const kid = read.outcome === 'read' ? read.hcert.kid : undefined;

    const list = await json('/aa/trust/dsc.json');

    const [csca, dsc] = list.map(
      ({ rawData }: { rawData: string }) => new X509Certificate(Buffer.from(rawData, 'base64')),
    );
    expect(list).toMatchObject([
      { certificateType: 'CSCA', country: tenant.country },
      { certificateType: 'DSC', country: tenant.country, kid },
    ]);
    expect(dsc.checkIssued(csca)).toBe(true);
    expect(dsc.verify(csca.publicKey)).toBe(true);
    expect(csca.verify(csca.publicKey)).toBe(true);
    expect(dsc.validToDate.getUTCFullYear() - new Date().getUTCFullYear()).toBe(12);
  });

  it('has it in a key set and in a DID document, under its thumbprint, without the private half', async () => {
    const [signing] = await keys();
    const jwks = await json('/aa/.well-known/jwks.json');
    const did = await json('/aa/did.json');

    expect(jwks.keys).toEqual([
      {
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid: signing.thumbprint,
        use: 'sig',
        alg: 'ES256',
      },
    ]);
    expect(signing.thumbprint).toBe(
      thumbprint(new X509Certificate(Buffer.from(signing.certificate, 'base64')).publicKey),
    );
    expect(did.id).toMatch(/^did:web:[^:]+%3A\d+:aa$|^did:web:[^:]+:aa$/);
    expect(did.assertionMethod).toEqual([`${did.id}#${signing.thumbprint}`]);
    expect(did.verificationMethod[0].publicKeyJwk).not.toHaveProperty('d');
  });

  it('has a trust bundle by which a certificate is checked without it', async () => {
    const ctx = service.contextOf(tenant);
    const signers = await service.app.get(TrustBundles).signersOf(ctx);

    const opened = await openTrustBundle(await (await get('/aa/trust/bundle.jws')).text(), signers);

    if (opened.outcome !== 'valid') throw new Error(opened.reason);
    expect(await verifyWithBundle(one.code, opened.bundle, new Date())).toMatchObject({
      outcome: 'valid',
      stale: false,
    });
    expect(opened.bundle.keys.map(({ issuer }) => issuer)).toEqual([
      tenant.country,
      expect.stringMatching(/^https:.*\/aa$/),
    ]);
  });

  it('lists a new key before its day, and signs with the old one until then', async () => {
    const [old] = await keys();
    const signsFrom = new Date(Date.now() + 7 * 86_400_000).toISOString();

    const { data } = await service.graphql(ROTATE, { replacing: old.kid, signsFrom }, as);
    const later = await certificateOfADose(service, tenant);
    const past = await service.graphql(
      ROTATE,
      { replacing: data.rotateSigningKey[0].kid, signsFrom: '2020-01-01T00:00:00Z' },
      as,
    );

    expect(data.rotateSigningKey).toEqual([
      { kid: expect.any(String), state: 'NEXT' },
      { kid: old.kid, state: 'SIGNING' },
    ]);
    expect((await json('/aa/.well-known/jwks.json')).keys).toHaveLength(2);
    expect((await json('/aa/trust/dsc.json')).map(({ kid }: { kid: string }) => kid)).toContain(
      data.rotateSigningKey[0].kid,
    );
    const read = readHcert(later.code);
    expect(read).toMatchObject({ hcert: { kid: old.kid } });
    expect(past.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('has a withdrawn key on none of its lists', async () => {
    const withdrawn = (await keys()).find(({ state }: { state: string }) => state === 'SIGNING');

    await service.graphql(WITHDRAW, { kid: withdrawn.kid }, as);
    const lists = await Promise.all(
      ['.well-known/jwks.json', 'did.json', 'trust/dsc.json'].map(path => json(`/aa/${path}`)),
    );

    expect(JSON.stringify(lists)).not.toContain(withdrawn.thumbprint);
    expect(JSON.stringify(lists)).not.toContain(withdrawn.kid);
  });

  it('is of no country that is not served', async () => {
    const paths = ['.well-known/jwks.json', 'did.json', 'trust/dsc.json', 'trust/bundle.jws'];
    const answers = await Promise.all(paths.map(path => fetch(`${service.url}/zz/${path}`)));

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });
});
