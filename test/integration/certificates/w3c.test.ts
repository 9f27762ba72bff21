import { credentialContexts } from '../../../src/codecs/json-ld';
import { openTrustBundle } from '../../../src/codecs/trust-bundle';
import { verifyCredentialWithBundle } from '../../../src/codecs/linked-trust';
import {
  keyOfMultikey,
  verifyCredential,
  verifyStatusList,
} from '../../../src/codecs/verifiable-credentials';
import type { CredentialTrust } from '../../../src/codecs/verifiable-credentials';
import { TrustBundles } from '../../../src/certificates';
import { IssueCertificate } from '../../../src/certificates/issue-certificate';
import { StatusListsStore } from '../../../src/certificates/proofs/status-lists.store';
import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { certificateOfADose, type CertificateInHand } from '../../harness/worlds/certificate-in-hand';
import { country, testService, type TestService } from '../../harness/service';

const MAKE = `mutation ($input: MakeCertificateProofInput!) { makeCertificateProof(input: $input) {
  __typename ... on CertificateProof { id text qrSvg } } }`;
const VERIFY = `query ($code: String!) { verifyCertificate(code: $code) {
  outcome reason format issuer holderName doses { vaccine lot } } }`;

describe('a W3C credential', () => {
  let service: TestService;
  let tenant: TenantRef;
  let as: { tenant: string; token: string };

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    as = { tenant: 'aa', token: await service.tokenFor(tenant, [country('registrar')]) };
  }, 180_000);
  afterAll(() => service.stop());

  const ask = async (query: string, variables: Record<string, unknown>) => {
    const answer = await service.graphql(query, variables, as);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const make = async ({ personId }: CertificateInHand) =>
    (await ask(MAKE, { input: { personId, format: 'W3C_CREDENTIAL' } })).makeCertificateProof;
  const verify = async (code: string) => (await ask(VERIFY, { code })).verifyCertificate;
  const revoke = ({ personId }: CertificateInHand) =>
    service.app
      .get(IssueCertificate)
      .run(service.contextOf(tenant), { personId, factId: newId(), cause: 'person-corrected' });
  /** As any verifier fetches an address of ours; the service of a test is not where its public address says. */
  const fetched = async (address: string) => {
    const answer = await fetch(service.url + new URL(address).pathname);
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as any; // oxlint-disable-line no-explicit-any -- each address has its own shape
    return { type: answer.headers.get('content-type'), body };
  };
  /** What a verifier who has nothing but the credential and the network finds out by itself. */
  const trustOfAStranger = async (text: string): Promise<CredentialTrust> => {
    const { '@context': addresses } = JSON.parse(text);
    const { body: did } = await fetched('https://any.example/aa/did.json');
    const { body: context } = await fetched(addresses[1]);
    return {
      keys: (method, issuer) =>
        did.verificationMethod
          .filter((one: { id: string }) => one.id === method && did.id === issuer)
          .filter((one: { id: string }) => did.assertionMethod.includes(one.id))
          .map((one: { publicKeyMultibase: string }) => ({
            publicKey: keyOfMultikey(one.publicKeyMultibase),
            usages: [],
          })),
      contexts: new Map([...credentialContexts, [addresses[1], context]]),
    };
  };
  /** As a verifier without a network, which has nothing but the country's trust bundle. */
  const offline = async (text: string) => {
    const ctx = service.contextOf(tenant);
    const bundles = service.app.get(TrustBundles);
    bundles.forget(ctx);
    const opened = await openTrustBundle(await bundles.signed(ctx), await bundles.signersOf(ctx));
    if (opened.outcome !== 'valid') throw new Error(opened.reason);
    const verdict = await verifyCredentialWithBundle(text, opened.bundle, new Date());
    return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
  };
  const statusFor = async (text: string) => {
    const { credentialStatus } = JSON.parse(text);
    const { body } = await fetched(credentialStatus.statusListCredential);
    const read = await verifyStatusList(body, await trustOfAStranger(text), new Date());
    if (read.outcome !== 'valid') throw new Error(read.reason);
    return { list: read.list, index: Number(credentialStatus.statusListIndex), body };
  };

  it('is believed by the register, and by a stranger with what the country publishes alone', async () => {
    const one = await certificateOfADose(service, tenant);

    const { text, id, qrSvg } = await make(one);
    const again = await make(one);

    const trust = await trustOfAStranger(text);
    const verdict = await verifyCredential(text, trust, new Date());
    expect(verdict).toMatchObject({
      outcome: 'valid',
      credential: {
        type: ['VerifiableCredential', 'VaccinationCertificate'],
        issuer: { id: expect.stringMatching(/^did:web:.*:aa$/), name: 'Ministry of aa' },
        credentialSubject: { recipient: { name: 'Test' }, vaccination: [{ type: 'Immunization' }] },
      },
    });
    expect(await verify(text)).toMatchObject({
      outcome: 'VALID',
      format: 'W3C_CREDENTIAL',
      issuer: 'Ministry of aa',
      holderName: 'Test',
    });
    expect(await offline(text)).toBe('valid');
    expect(again).toMatchObject({ id, text });
    expect(qrSvg).toBeNull();
  });

  it('is revoked by one bit of a signed list, which no other has', async () => {
    const [one, other] = [
      await certificateOfADose(service, tenant),
      await certificateOfADose(service, tenant),
    ];
    const [{ text }, { text: others }] = [await make(one), await make(other)];
    const before = await statusFor(text);

    await revoke(one);

    const after = await statusFor(text);
    const trust = await trustOfAStranger(text);
    const withLists = { ...trust, statusLists: () => after.list };
    expect(before.list.at(before.index)).toBe(0);
    expect(after.list.at(after.index)).toBe(1);
    expect(await offline(text)).toBe('revoked');
    expect(await offline(others)).toBe('valid');
    expect(await verifyCredential(text, withLists, new Date())).toMatchObject({ reason: 'revoked' });
    expect(await verifyCredential(others, withLists, new Date())).toMatchObject({ outcome: 'valid' });
    expect(await verify(text)).toMatchObject({ outcome: 'REVOKED', reason: 'PERSON_CORRECTED' });
  });

  it('is on a list that ends, and says how long it may be kept', async () => {
    const { text } = await make(await certificateOfADose(service, tenant));

    const { list, body } = await statusFor(text);

    const { validFrom, validUntil, credentialSubject } = body;
    expect(list.length).toBeGreaterThanOrEqual(131_072);
    expect(credentialSubject).toMatchObject({ type: 'BitstringStatusList', statusPurpose: 'revocation' });
    expect(credentialSubject.ttl).toBeGreaterThan(0);
    expect(Date.parse(validUntil)).toBeGreaterThan(Date.parse(validFrom) + credentialSubject.ttl);
  });

  it('is published with the media types of its standard, and no list before it begins', async () => {
    const { text } = await make(await certificateOfADose(service, tenant));
    const { '@context': contexts, credentialStatus } = JSON.parse(text);

    expect((await fetched(contexts[1])).type).toMatch(/^application\/ld\+json/);
    expect((await fetched(credentialStatus.statusListCredential)).type).toMatch(/^application\/vc/);
    for (const none of ['2', '0', 'x', '1e3'])
      expect((await fetch(`${service.url}/aa/trust/status/${none}`)).status).toBe(404);
  });

  it('has a place that tells nothing of when it was made, and that nobody else ever gets', async () => {
    const store = service.app.get(StatusListsStore);
    const claimants = Array.from({ length: 40 }, () => ({
      personId: newId(),
      certificateId: newId(),
      proofId: newId(),
    }));

    const claimed = await service.app.get(Database).write(service.contextOf(tenant), async work => {
      const places: number[] = [];
      for (const one of claimants) places.push((await store.claim(work, one)).place);
      return places;
    });

    expect(new Set(claimed).size).toBe(40);
    // One chance in 40! that numbers drawn at random come in order
    expect(claimed).not.toEqual(claimed.toSorted((a, b) => a - b));
  });
});
