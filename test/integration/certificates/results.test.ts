import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { readHcert } from '../../../src/codecs';
import { civilDayOf, newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { issuedEarlier, whereCountrySays } from '../../harness/worlds/certificate-in-hand';
import { addFacility, addPerson, addStaff, write } from '../../harness/worlds/clinic';
import { atFacility, type Caller, country, testService, type TestService } from '../../harness/service';

const RECORD = `mutation ($input: RecordTestResultInput!) { recordTestResult(input: $input) { id voidedAt } }`;
const VOID = `mutation ($input: VoidTestResultInput!) { voidTestResult(input: $input) {
  __typename ... on TestResult { voidedAt } } }`;
const PROVE = `mutation ($input: MakeResultProofInput!) { makeResultProof(input: $input) {
  __typename ... on ResultProof { id text qrSvg } ... on ProofHindered { obstacle } } }`;
const BACK = `mutation ($input: TakeBackCertificateDetailsInput!) { takeBackCertificateDetails(input: $input) { personId } }`;
const STATE = `mutation ($input: StateCertificateDetailsInput!) { stateCertificateDetails(input: $input) { __typename } }`;
const RESULTS = `query ($personId: ID!) { testResults(personId: $personId) { id result voidedAt } }`;
const VERIFY = `query ($code: String!) { verifyCertificate(code: $code) {
  outcome reason holderName doses { vaccine } results { kind target date result } } }`;
const COVID = '840539006';
const DAY_MS = 86_400_000;

describe('a test of a person', () => {
  let service: TestService;
  let tenant: TenantRef;
  let facilityId: string;
  let laboratory: Caller;
  let desk: Caller;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    facilityId = (await addFacility(service, tenant)).id;
    const id = await addStaff(service, tenant);
    const token = await service.tokenFor(tenant, [atFacility('lab-scientist', facilityId)], 'staff', id);
    laboratory = { tenant: 'aa', token };
    desk = { tenant: 'aa', token: await service.tokenFor(tenant, [country('registrar')]) };
  }, 180_000);
  afterAll(() => service.stop());

  const told = async (query: string, variables: object, as: Caller) => {
    const answer = await service.graphql(query, variables as Record<string, unknown>, as);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
  const testOf = (personId: string, more: object = {}) => ({
    idempotencyKey: newId(),
    personId,
    facilityId,
    disease: COVID,
    method: 'NAAT',
    testName: 'PCR',
    result: 'DETECTED',
    sampledAt: daysAgo(20).toISOString(),
    ...more,
  });
  const record = async (personId: string, more: object = {}): Promise<string> =>
    (await told(RECORD, { input: testOf(personId, more) }, laboratory)).recordTestResult.id;
  const prove = async (personId: string, resultId: string, states: string) =>
    (await told(PROVE, { input: { personId, resultId, states } }, desk)).makeResultProof;
  const verify = async (code: string) => (await told(VERIFY, { code }, {})).verifyCertificate;
  const contentOf = (text: string) => {
    const read = readHcert(text);
    if (read.outcome !== 'read') throw new Error(read.reason);
    return read.hcert.content as Record<string, Record<string, string>[]>;
  };

  it('is entered once, however often it is told', async () => {
    const input = testOf(await addPerson(service, tenant, '1990-05-17'));

    const first = await told(RECORD, { input }, laboratory);
    const again = await told(RECORD, { input }, laboratory);

    expect(again).toEqual(first);
    expect((await told(RESULTS, { personId: input.personId }, laboratory)).testResults).toHaveLength(1);
  });

  it('is certified as a test, with the codes of the value sets, and believed', async () => {
    const personId = await addPerson(service, tenant, '1990-05-17');
    const sampledAt = daysAgo(1).toISOString();
    const rapid = {
      method: 'RAPID_ANTIGEN',
      device: '1232',
      testName: null,
      result: 'NOT_DETECTED',
      sampledAt,
    };
    const proof = await prove(personId, await record(personId, rapid), 'TEST');

    const [t] = contentOf(proof.text).t!;

    expect(t).toMatchObject({
      tg: COVID,
      tt: 'LP217198-3',
      tr: '260415000',
      ma: '1232',
      co: tenant.country,
      sc: `${sampledAt.slice(0, 19)}Z`,
    });
    expect(proof.qrSvg).toContain('<svg');
    expect(await verify(proof.text)).toMatchObject({
      outcome: 'VALID',
      holderName: 'Test',
      doses: [],
      results: [{ kind: 'TEST', target: COVID, date: sampledAt.slice(0, 10), result: '260415000' }],
    });
  });

  it('states the year of birth, and the whole date once that was asked for and proved', async () => {
    const personId = await addPerson(service, tenant, '1990-05-17');
    const resultId = await record(personId);
    const input = { idempotencyKey: newId(), facilityId, personId, seen: 'PASSPORT', birthDate: true };
    const birthDateOn = ({ text }: { text: string }) => contentOf(text).dob;
    const first = await prove(personId, resultId, 'RECOVERY');

    await told(STATE, { input }, desk);

    const second = await prove(personId, resultId, 'RECOVERY');
    expect(birthDateOn(first)).toBe('1990');
    expect(birthDateOn(second)).toBe('1990-05-17');
    expect((await prove(personId, resultId, 'RECOVERY')).text).toBe(second.text);

    await told(BACK, { input: { personId, details: ['BIRTH_DATE'] } }, desk);

    expect(birthDateOn(await prove(personId, resultId, 'RECOVERY'))).toBe('1990');
    expect((await verify(second.text)).outcome).toBe('VALID');
  });

  it('that states a birth date is revoked when that is taken back, where the country says so', () =>
    whereCountrySays(service, tenant, { takenBack: 'revoke' }, async () => {
      const personId = await addPerson(service, tenant, '1990-05-17');
      const resultId = await record(personId);
      const first = await prove(personId, resultId, 'RECOVERY');
      await issuedEarlier(service, 'result_proof', personId);
      const input = { idempotencyKey: newId(), facilityId, personId, seen: 'PASSPORT', birthDate: true };
      await told(STATE, { input }, desk);
      const second = await prove(personId, resultId, 'RECOVERY');

      await told(BACK, { input: { personId, details: ['BIRTH_DATE'] } }, desk);

      expect(await verify(second.text)).toMatchObject({ outcome: 'REVOKED', reason: 'DETAIL_TAKEN_BACK' });
      expect((await verify(first.text)).outcome).toBe('VALID');
    }));

  it('proves a recovery when nucleic acids were found, from the eleventh day on', async () => {
    const personId = await addPerson(service, tenant, '1990-05-17');
    const resultId = await record(personId);
    const proof = await prove(personId, resultId, 'RECOVERY');
    const again = await prove(personId, resultId, 'RECOVERY');

    const [r] = contentOf(proof.text).r!;

    const sampledOn = civilDayOf(daysAgo(20), tenant.timeZone);
    const after = (days: number) =>
      new Date(Date.parse(sampledOn) + days * DAY_MS).toISOString().slice(0, 10);
    expect(r).toMatchObject({ fr: sampledOn, df: after(11), du: after(180) });
    expect(again.text).toBe(proof.text);
    expect((await verify(proof.text)).outcome).toBe('VALID');
  });

  it.each([
    ['a rapid test', { method: 'RAPID_ANTIGEN', device: '1232' }, 'RECOVERY'],
    ['a negative test', { result: 'NOT_DETECTED' }, 'RECOVERY'],
    ['an inconclusive test', { result: 'INCONCLUSIVE' }, 'TEST'],
    ['a test for something else', { disease: '6142004' }, 'TEST'],
    ['a recovery of long ago', { sampledAt: daysAgo(200).toISOString() }, 'RECOVERY'],
  ])('of %s nothing is proved that it does not prove', async (_, more, states) => {
    const personId = await addPerson(service, tenant, '1990-05-17');

    const proof = await prove(personId, await record(personId, more), states);

    expect(proof.__typename).toBe('ProofNotOffered');
  });

  it('says that the name has to be in Latin letters', async () => {
    const personId = await addPerson(service, tenant, '1990-05-17');
    await write(service, tenant, `UPDATE person SET name = 'রহিমা' WHERE person_id = $1`, [personId]);

    const proof = await prove(personId, await record(personId), 'TEST');

    expect(proof).toEqual({ __typename: 'ProofHindered', obstacle: 'NAME_NOT_IN_LATIN_LETTERS' });
  });

  it('that is voided is believed no more, by the register and by the list of hashes', async () => {
    const personId = await addPerson(service, tenant, '1990-05-17');
    const resultId = await record(personId);
    const { text } = await prove(personId, resultId, 'TEST');

    const input = { personId, resultId, reason: 'WRONG_RESULT' };
    const voided = await told(VOID, { input }, laboratory);
    await service.carryFacts();

    expect(voided.voidTestResult.voidedAt).toEqual(expect.any(String));
    expect(await verify(text)).toMatchObject({
      outcome: 'REVOKED',
      reason: 'RESULT_VOIDED',
      holderName: null,
      results: [],
    });
    const list = decodeJwt(await (await fetch(`${service.url}/aa/trust/revocations.jws`)).text());
    const hashes = (list.batches as { entries: { hash: string }[] }[]).flatMap(({ entries }) =>
      entries.map(({ hash }) => hash),
    );
    const ci = contentOf(text).t![0]!.ci!;
    expect(hashes).toContain(createHash('sha256').update(ci).digest().subarray(0, 16).toString('base64'));
    expect((await prove(personId, resultId, 'TEST')).__typename).toBe('ProofNotOffered');
  });

  it('is voided by somebody else once the day of whoever entered it is over', async () => {
    const personId = await addPerson(service, tenant, '1990-05-17');
    const resultId = await record(personId);
    await write(
      service,
      tenant,
      `INSERT INTO test_result SELECT person_id, $2::uuid, disease, method, test_name, device, result, sampled_at,
         facility_id, recorded_by, recorded_at - interval '25 hours' FROM test_result WHERE id = $1`,
      [resultId, personId],
    );
    const input = { personId, resultId: personId, reason: 'ENTERED_TWICE' };
    const other = await service.tokenFor(tenant, [atFacility('lab-scientist', facilityId)]);

    const own = await told(VOID, { input }, laboratory);
    const another = await told(VOID, { input }, { tenant: 'aa', token: other });

    expect(own.voidTestResult.__typename).toBe('ResultNeedsSecondPerson');
    expect(another.voidTestResult.__typename).toBe('TestResult');
  });

  it('is nobody’s to enter, read or void elsewhere', async () => {
    const personId = await addPerson(service, tenant, '1990-05-17');
    const resultId = await record(personId);
    const elsewhere = (await addFacility(service, tenant)).id;
    const token = await service.tokenFor(tenant, [atFacility('lab-scientist', elsewhere)]);
    const stranger = await service.tokenFor(
      tenant,
      [{ role: 'citizen', reach: { kind: 'self', id: newId() } }],
      'citizen',
    );
    const codes = async (query: string, variables: Record<string, unknown>, as: string) =>
      (await service.graphql(query, variables, { tenant: 'aa', token: as })).errors?.map(
        ({ extensions }) => extensions.code,
      );

    expect(await codes(RECORD, { input: testOf(personId) }, token)).toEqual(['FORBIDDEN']);
    expect(await codes(VOID, { input: { personId, resultId, reason: 'WRONG_PERSON' } }, token)).toEqual([
      'NOT_FOUND',
    ]);
    expect(await codes(RESULTS, { personId }, stranger)).toEqual(['NOT_FOUND']);
    expect(await codes(PROVE, { input: { personId, resultId, states: 'TEST' } }, stranger)).toEqual([
      'NOT_FOUND',
    ]);
  });
});
