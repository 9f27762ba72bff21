import { IssueCertificate } from '../../../src/certificates/issue-certificate';
import { TrustBundles } from '../../../src/certificates';
import { openTrustBundle, type TrustBundle, verifyWithBundle } from '../../../src/codecs/trust-bundle';
import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { certificateOfADose, type CertificateInHand } from '../../harness/worlds/certificate-in-hand';
import { country, testService, type TestService } from '../../harness/service';

const KEYS = `{ signingKeys { kid state } }`;
const ROTATE = `mutation ($replacing: ID!) { rotateSigningKey(replacing: $replacing) { kid } }`;
const WITHDRAW = `mutation ($kid: ID!) { withdrawSigningKey(kid: $kid, reason: COMPROMISED) { kid } }`;

describe('a country’s trust bundle', () => {
  let service: TestService;
  let tenant: TenantRef;
  let one: CertificateInHand;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    one = await certificateOfADose(service, tenant);
  }, 180_000);
  afterAll(() => service.stop());

  /** As another process would make it, which has given out none in the last minute. */
  const madeNow = async (): Promise<TrustBundle> => {
    const { app } = service;
    const ctx = service.contextOf(tenant);
    const maker = app.get(TrustBundles);
    maker.forget(ctx);
    const opened = await openTrustBundle(await maker.signed(ctx), await maker.signersOf(ctx));
    if (opened.outcome !== 'valid') throw new Error(opened.reason);
    return opened.bundle;
  };
  const judged = async (code: string): Promise<string> => {
    const verdict = await verifyWithBundle(code, await madeNow(), new Date());
    return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
  };
  const asAdmin = async (query: string, variables: object = {}) => {
    const token = await service.tokenFor(tenant, [country('configuration-admin')]);
    const answer = await service.graphql(query, { ...variables }, { tenant: 'aa', token });
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };

  it('is given to everybody, of one country or of all, and holds nobody’s data', async () => {
    const lists = await Promise.all(
      ['/verify/trust-bundle', '/aa/verify/trust-bundle'].map(async path => {
        const answer = await fetch(service.url + path);
        return (await answer.json()) as string[];
      }),
    );
    const signers = await service.app.get(TrustBundles).signersOf(service.contextOf(tenant));
    const opened = await openTrustBundle(lists[1]![0]!, signers);

    expect(lists.map(list => list.length)).toEqual([1, 1]);
    expect(opened).toMatchObject({
      outcome: 'valid',
      bundle: { country: 'GH', names: { en: 'Ministry of aa' } },
    }); // names-a-country: the pack of this test
    expect(JSON.stringify(opened)).not.toContain(one.personId);
  });

  it('has every vaccine of the country in its languages', async () => {
    const { valueSets } = await madeNow();

    expect(valueSets.vaccines!['cvx:19']).toMatchObject({ en: expect.stringContaining('BCG') });
  });

  it('knows a certificate that stands, and from the next on that it was revoked', async () => {
    const before = await judged(one.code);
    await service.app.get(IssueCertificate).run(service.contextOf(tenant), {
      personId: one.personId,
      factId: newId(),
      cause: 'person-corrected',
    });

    expect([before, await judged(one.code), await judged(await one.read())]).toEqual([
      'valid',
      'revoked',
      'valid',
    ]);
  });

  it('believes what a rotated key signed, and nothing of a withdrawn one', async () => {
    const code = await one.read();
    const { signingKeys } = await asAdmin(KEYS);
    const { kid } = signingKeys[0];

    await asAdmin(ROTATE, { replacing: kid });
    const rotated = await judged(code);
    await asAdmin(WITHDRAW, { kid });

    expect([rotated, await judged(code)]).toEqual(['valid', 'key-unknown']);
  });
});
