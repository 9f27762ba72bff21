import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { IssueCertificate } from '../../../src/certificates/issue-certificate';
import { TrustBundles } from '../../../src/certificates';
import { readHcert } from '../../../src/codecs';
import { fromStatusListJson } from '../../../src/codecs/status-lists';
import { openTrustBundle, verifyWithBundle } from '../../../src/codecs/trust-bundle';
import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { certificateOfADose, type CertificateInHand } from '../../harness/worlds/certificate-in-hand';
import { addFacility, write } from '../../harness/worlds/clinic';
import { country, testService, type TestService } from '../../harness/service';

const OFFERED = `query ($personId: ID!) { certificate(personId: $personId) { certificate {
  offeredProofs { format vaccinationId proof { id text qrSvg } } } } }`;
const MAKE = `mutation ($input: MakeCertificateProofInput!) { makeCertificateProof(input: $input) {
  __typename ... on CertificateProof { id format vaccinationId text }
  ... on ProofHindered { obstacle message } ... on ProofNotOffered { message } } }`;
const STATE = `mutation ($input: StateCertificateDetailsInput!) { stateCertificateDetails(input: $input) { __typename } }`;
const VERIFY = `query ($code: String!) { verifyCertificate(code: $code) {
  outcome reason format issuer holderName doses { vaccine lot } } }`;
const CODES = {
  'eu-vp': 'vp',
  'eu-mp': 'EU/1/00/0000',
  'eu-ma': 'ORG-1',
  'eu-sd': '2',
  'who-pq': 'Product1',
};

describe('a certificate in formats for travel', () => {
  let service: TestService;
  let tenant: TenantRef;
  let facilityId: string;
  let as: { tenant: string; token: string };

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    facilityId = (await addFacility(service, tenant)).id;
    as = { tenant: 'aa', token: await service.tokenFor(tenant, [country('registrar')]) };
  }, 180_000);
  afterAll(() => service.stop());

  /** What the pack says of a product, as if it had been published so. */
  const packSays = (codes: object) =>
    write(service, tenant, `UPDATE product SET codes = codes || $1::jsonb WHERE code = 'bcg-20'`, [codes]);
  const ask = async (query: string, variables: Record<string, unknown>) => {
    const answer = await service.graphql(query, variables, as);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const offered = async ({ personId }: CertificateInHand) =>
    (await ask(OFFERED, { personId })).certificate.certificate.offeredProofs;
  const make = async ({ personId }: CertificateInHand, format: string, vaccinationId: string | null = null) =>
    (await ask(MAKE, { input: { personId, format, vaccinationId } })).makeCertificateProof;
  /** An ICVP states the whole birth date, so it is made for whoever asked for that and showed a document. */
  const stateBirthDate = async ({ personId }: CertificateInHand) => {
    const input = {
      idempotencyKey: newId(),
      facilityId,
      personId,
      seen: 'BIRTH_CERTIFICATE',
      birthDate: true,
    };
    expect((await ask(STATE, { input })).stateCertificateDetails.__typename).toBe('DetailsStated');
  };
  const verify = async (code: string) => (await ask(VERIFY, { code })).verifyCertificate;
  const offline = async (code: string) => {
    const ctx = service.contextOf(tenant);
    const bundles = service.app.get(TrustBundles);
    bundles.forget(ctx);
    const opened = await openTrustBundle(await bundles.signed(ctx), await bundles.signersOf(ctx));
    if (opened.outcome !== 'valid') throw new Error(opened.reason);
    const verdict = await verifyWithBundle(code, opened.bundle, new Date());
    return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
  };
  const fetched = async (path: string) => fetch(service.url + path);
  /** Something on it was found not to be so: the one event that ends it in every format. */
  const revoke = ({ personId }: CertificateInHand) =>
    service.app
      .get(IssueCertificate)
      .run(service.contextOf(tenant), { personId, factId: newId(), cause: 'person-corrected' });

  it('is offered by what the pack says of its products, and nothing else is made', async () => {
    const one = await certificateOfADose(service, tenant);
    const before = await offered(one);
    const refused = await make(one, 'EU_DCC', newId());
    await packSays(CODES);

    expect(before).toEqual([
      { format: 'SMART_HEALTH_CARD', vaccinationId: null, proof: null },
      { format: 'W3C_CREDENTIAL', vaccinationId: null, proof: null },
      { format: 'SD_JWT_VC', vaccinationId: null, proof: null },
    ]);
    expect(refused).toMatchObject({ __typename: 'ProofNotOffered', message: expect.any(String) });
    expect((await offered(one)).map(({ format }: { format: string }) => format)).toEqual([
      'EU_DCC',
      'WHO_ICVP',
      'SMART_HEALTH_CARD',
      'W3C_CREDENTIAL',
      'SD_JWT_VC',
    ]);
  });

  it.each([
    ['EU_DCC', 'HCERT', true],
    ['WHO_ICVP', 'HCERT', true],
    ['SMART_HEALTH_CARD', 'SMART_HEALTH_CARD', false],
    ['SD_JWT_VC', 'SD_JWT_VC', false],
  ])(
    '%s is made once, believed everywhere, and revoked everywhere by one event',
    async (format, family, perDose) => {
      await packSays(CODES);
      const one = await certificateOfADose(service, tenant);
      await stateBirthDate(one);
      const offer = (await offered(one)).find((its: { format: string }) => its.format === format);
      const { text, id } = await make(one, format, offer.vaccinationId);
      const again = await make(one, format, offer.vaccinationId);
      const [online, withoutNetwork] = [await verify(text), await offline(text)];
      const shown = (await offered(one)).find((its: { format: string }) => its.format === format).proof;

      await revoke(one);

      expect(offer.vaccinationId !== null).toBe(perDose);
      expect(again).toMatchObject({ id, text });
      expect(shown).toMatchObject({ id, text });
      expect(shown.qrSvg ?? 'a file').toMatch(format === 'SD_JWT_VC' ? /^a file$/ : /<svg/);
      expect(online).toMatchObject({
        outcome: 'VALID',
        format: family,
        issuer: 'Ministry of aa',
        holderName: 'Test',
      });
      expect(online.doses).toHaveLength(1);
      expect(withoutNetwork).toBe('valid');
      expect(await verify(text)).toMatchObject({
        outcome: 'REVOKED',
        reason: 'PERSON_CORRECTED',
        holderName: null,
      });
      expect(await offline(text)).toBe('revoked');
      expect((await offered(one)).every(({ proof }: { proof: unknown }) => proof === null)).toBe(true);
    },
  );

  it('is an EU DCC of a COVID-19 vaccine by what the shipped pack says of it', async () => {
    const one = await certificateOfADose(service, tenant, {
      product: 'covid19-jcovden-5',
      born: '1990-05-10',
    });
    const [{ format, vaccinationId }] = await offered(one);
    const { text } = await make(one, format, vaccinationId);

    const read = readHcert(text);
    if (read.outcome !== 'read') throw new Error(read.reason);
    const [stated] = (read.hcert.content as { v: Record<string, unknown>[] }).v;
    expect({ claimKey: read.hcert.claimKey, format }).toEqual({ claimKey: 1, format: 'EU_DCC' });
    expect(stated).toEqual({
      tg: '840539006',
      vp: '29061000087103',
      mp: 'EU/1/20/1525',
      ma: 'ORG-100001417',
      dn: 1,
      sd: 1,
      dt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      co: tenant.country,
      is: expect.stringMatching(/./),
      ci: expect.stringMatching(/^URN:UVCI:/),
    });
    expect(await verify(text)).toMatchObject({ outcome: 'VALID', format: 'HCERT' });
    expect(await offline(text)).toBe('valid');
  });

  it('is an international certificate of a polio vaccine that WHO has prequalified', async () => {
    const one = await certificateOfADose(service, tenant, { product: 'opv-20-biofarma' });
    await stateBirthDate(one);
    const offer = (await offered(one)).find(({ format }: { format: string }) => format === 'WHO_ICVP');
    const { text } = await make(one, 'WHO_ICVP', offer.vaccinationId);

    const read = readHcert(text);
    expect(read).toMatchObject({
      hcert: {
        claimKey: -6,
        content: { v: [{ vp: 'PolioVaccineOralOPVBivalProduct10aa94cef126e62542c2c45dc3604c0b' }] },
      },
    });
    expect(await verify(text)).toMatchObject({ outcome: 'VALID' });
  });

  it('is on the lists of its format once it is revoked: EU hashes, and rids with their version', async () => {
    await packSays(CODES);
    const one = await certificateOfADose(service, tenant);
    await stateBirthDate(one);
    const [{ vaccinationId }] = await offered(one);
    const dcc = await make(one, 'EU_DCC', vaccinationId);
    const icvp = await make(one, 'WHO_ICVP', vaccinationId);
    await make(one, 'SMART_HEALTH_CARD');
    const listOf = async () => decodeJwt(await (await fetched('/aa/trust/revocations.jws')).text());
    const before = await listOf();

    await revoke(one);
    const after = await listOf();

    const read = readHcert(dcc.text);
    if (read.outcome !== 'read') throw new Error(read.reason);
    const { ci } = (read.hcert.content as { v: { ci: string }[] }).v[0]!;
    const hash = (text: string | Uint8Array) =>
      createHash('sha256').update(text).digest().subarray(0, 16).toString('base64');
    const hashesOf = (list: typeof after, hashType: string) =>
      (list.batches as { hashType: string; entries: { hash: string }[] }[])
        .filter(batch => batch.hashType === hashType)
        .flatMap(({ entries }) => entries.map(entry => entry.hash));
    const icvpRead = readHcert(icvp.text);
    const signatures = [read, icvpRead].map(one =>
      one.outcome === 'read' ? one.hcert.message.signature.subarray(0, 32) : '',
    );
    expect(hashesOf(before, 'UCI')).not.toContain(hash(ci));
    expect(hashesOf(after, 'UCI')).toContain(hash(ci));
    expect(hashesOf(after, 'COUNTRYCODEUCI')).toContain(hash(tenant.country + ci));
    expect(hashesOf(after, 'SIGNATURE')).toEqual(expect.arrayContaining(signatures.map(hash)));
    expect(Number(after.serial)).toBe(Number(before.serial) + 3);
    const { keys } = (await (await fetched('/aa/.well-known/jwks.json')).json()) as {
      keys: { kid: string; crlVersion: number }[];
    };
    const cards = await (await fetched(`/aa/.well-known/crl/${keys[0]!.kid}.json`)).json();
    expect(cards).toMatchObject({ kid: keys[0]!.kid, method: 'rid', ctr: keys[0]!.crlVersion });
    expect((await fetched('/aa/.well-known/crl/nobody.json')).status).toBe(404);
  });

  it('is an SD-JWT VC that a stranger checks with what the country publishes, and nobody whom its holder shows less', async () => {
    const one = await certificateOfADose(service, tenant);
    const { text } = await make(one, 'SD_JWT_VC');
    const [jwt, ...disclosures] = text.split('~') as [string, ...string[]];
    const claims = decodeJwt(jwt);
    const metadata = new URL(`/.well-known/jwt-vc-issuer${new URL(claims.iss!).pathname}`, claims.iss);
    const at = async (address: string | URL) => fetched(new URL(address).pathname);
    const { issuer, jwks_uri } = (await (await at(metadata)).json()) as { issuer: string; jwks_uri: string };
    const keys = createLocalJWKSet((await (await at(jwks_uri)).json()) as JSONWebKeySet);
    const { idx, uri } = (claims.status as { status_list: { idx: number; uri: string } }).status_list;
    const listed = async () => {
      const answer = await at(uri);
      const { payload } = await jwtVerify(await answer.text(), keys, { typ: 'statuslist+jwt', subject: uri });
      const bit = fromStatusListJson(payload.status_list).at(idx);
      return { type: answer.headers.get('content-type'), payload, bit };
    };

    const { protectedHeader } = await jwtVerify(jwt, keys, { issuer, typ: 'dc+sd-jwt' });
    const nameAlone = `${jwt}~`;
    const [before, shown] = [await listed(), await verify(nameAlone)];
    await revoke(one);

    expect(protectedHeader.alg).toBe('ES256');
    expect(disclosures).toHaveLength(3); // birth date, the dose, and the empty end
    expect(before.type).toMatch(/^application\/statuslist\+jwt/);
    expect(before.payload.exp! * 1000).toBeGreaterThan(Date.now() + Number(before.payload.ttl) * 1000);
    expect(before.bit).toBe(0);
    expect((await listed()).bit).toBe(1);
    expect(shown).toMatchObject({ outcome: 'VALID', format: 'SD_JWT_VC', holderName: 'Test', doses: [] });
    expect(await verify(nameAlone)).toMatchObject({ outcome: 'REVOKED', holderName: null });
    const type = (await (await at(String(claims.vct))).json()) as { vct: string };
    expect(type.vct).toBe(claims.vct);
    expect((await fetched('/aa/trust/token-status/2')).status).toBe(404);
    expect((await fetched('/.well-known/jwt-vc-issuer/nowhere')).status).toBe(404);
  });

  it('is refused, with what is to be mended, when the register lacks what the format wants', async () => {
    await packSays(CODES);
    const one = await certificateOfADose(service, tenant);
    await write(service, tenant, `UPDATE person SET name = 'রহিমা খাতুন' WHERE person_id = $1`, [
      one.personId,
    ]);
    await revoke(one);
    const [{ vaccinationId }] = await offered(one);

    expect(await make(one, 'EU_DCC', vaccinationId)).toMatchObject({
      __typename: 'ProofHindered',
      obstacle: 'NAME_NOT_IN_LATIN_LETTERS',
      message: expect.any(String),
    });
    expect(await make(one, 'SMART_HEALTH_CARD')).toMatchObject({ __typename: 'CertificateProof' });
  });
});
