import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { certificateOfADose, type CertificateInHand } from '../../harness/worlds/certificate-in-hand';
import { write } from '../../harness/worlds/clinic';
import { type Caller, country, testService, type TestService } from '../../harness/service';

const REQUEST = `mutation ($input: RequestRevocationInput!) { requestRevocation(input: $input) {
  id cause state doses excluded numbers } }`;
const DECIDE = `mutation ($input: DecideRevocationInput!) { decideRevocation(input: $input) {
  __typename ... on RevocationOrder { state } } }`;
const ORDERS = `{ revocationOrders(first: 50) { items { id state doses excluded } } }`;
const LATEST = `query ($personId: ID!) { certificate(personId: $personId) {
  status reason message certificate { number status reason doses { lot } } } }`;
const VERIFY = `query ($code: String!) { verifyCertificate(code: $code) { outcome reason holderName } }`;
const MAKE = `mutation ($personId: ID!) { makeCertificateProof(input: { personId: $personId, format: SMART_HEALTH_CARD }) {
  ... on CertificateProof { text } } }`;

describe('certificates of many people', () => {
  let service: TestService;
  let tenant: TenantRef;
  let asking: Caller;
  let deciding: Caller;
  let desk: Caller;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    const caller = async (role: string): Promise<Caller> => ({
      tenant: 'aa',
      token: await service.tokenFor(tenant, [country(role)]),
    });
    [asking, deciding, desk] = [
      await caller('programme-admin'),
      await caller('programme-admin'),
      await caller('registrar'),
    ];
  }, 180_000);
  afterAll(() => service.stop());

  const told = async (query: string, variables: object, as: Caller) => {
    const answer = await service.graphql(query, variables as Record<string, unknown>, as);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const codes = async (query: string, variables: object, as: Caller) =>
    (await service.graphql(query, variables as Record<string, unknown>, as)).errors?.map(
      ({ extensions }) => extensions.code,
    );
  const request = async (scope: object) =>
    (await told(REQUEST, { input: { idempotencyKey: newId(), reason: 'a reason', ...scope } }, asking))
      .requestRevocation;
  const decide = async (orderId: string, approved: boolean, as = deciding) =>
    (await told(DECIDE, { input: { orderId, approved } }, as)).decideRevocation;
  const latest = async ({ personId }: CertificateInHand) =>
    (await told(LATEST, { personId }, desk)).certificate;
  const verify = async (code: string) => (await told(VERIFY, { code }, {})).verifyCertificate;
  const doseOf = async ({ personId }: CertificateInHand) =>
    (
      await write<{ id: string; lotId: string; recorder: string; facilityId: string; day: string }>(
        service,
        tenant,
        `SELECT id, lot_id AS "lotId", recorded_by AS recorder, facility_id AS "facilityId", given_on::text AS day
         FROM vaccination WHERE person_id = $1`,
        [personId],
      )
    )[0]!;
  const orderOf = async (id: string) =>
    (await told(ORDERS, {}, asking)).revocationOrders.items.find((order: { id: string }) => order.id === id);

  it('of a recalled lot are revoked once a second person agrees, in every format', async () => {
    const one = await certificateOfADose(service, tenant);
    const other = await certificateOfADose(service, tenant);
    const { lotId } = await doseOf(one);
    const card = (await told(MAKE, { personId: one.personId }, desk)).makeCertificateProof.text;
    const order = await request({ lotId });
    const own = await decide(order.id, true, asking);
    const before = await verify(one.code);

    const decision = await decide(order.id, true);
    await service.runJobs();

    expect(order).toMatchObject({ cause: 'LOT_RECALLED', state: 'WAITING', doses: 1, excluded: 0 });
    expect(own.__typename).toBe('RevocationNeedsSecondPerson');
    expect(before.outcome).toBe('VALID');
    expect(decision).toEqual({ __typename: 'RevocationOrder', state: 'RUNNING' });
    const gone = { outcome: 'REVOKED', reason: 'LOT_RECALLED', holderName: null };
    expect(await verify(one.code)).toEqual(gone);
    expect(await verify(card)).toEqual(gone);
    expect((await verify(other.code)).outcome).toBe('VALID');
    expect(await orderOf(order.id)).toMatchObject({ state: 'DONE', doses: 1, excluded: 1 });
    expect(await latest(one)).toMatchObject({ status: 'NONE', reason: 'DOSES_NOT_CERTIFIED' });
  });

  it('are issued anew with what is left, and stay so when more is known', async () => {
    const one = await certificateOfADose(service, tenant);
    const first = await doseOf(one);
    const second = await certificateOfADose(service, tenant);
    await write(
      service,
      tenant,
      `INSERT INTO vaccination SELECT (jsonb_populate_record(v, jsonb_build_object('person_id', $1::uuid, 'id', $3::uuid,
         'drawn_as', $3::text))).* FROM vaccination v WHERE v.person_id = $2`,
      [one.personId, second.personId, newId()],
    );
    const order = await request({ lotId: first.lotId });
    await decide(order.id, true);
    await service.runJobs();

    const { status, reason, certificate } = await latest(one);

    expect({ status, reason }).toEqual({ status: 'READY', reason: 'DOSES_NOT_CERTIFIED' });
    expect(certificate).toMatchObject({ status: 'VALID', doses: [{ lot: expect.any(String) }] });
    expect((await verify(await one.read())).outcome).toBe('VALID');
    expect((await verify(one.code)).reason).toBe('LOT_RECALLED');
  });

  it('that were made up are revoked by their numbers, or by who entered the doses', async () => {
    const byNumber = await certificateOfADose(service, tenant);
    const byRecorder = await certificateOfADose(service, tenant);
    const { number } = (await latest(byNumber)).certificate;
    const { recorder, facilityId, day } = await doseOf(byRecorder);
    const orders = [
      await request({ numbers: [number, number] }),
      await request({ recorded: { recorder, facilityId, from: day, until: day } }),
    ];
    for (const { id } of orders) await decide(id, true);
    await service.runJobs();

    expect(orders.map(({ cause, doses }) => [cause, doses])).toEqual([
      ['FRAUD', 1],
      ['FRAUD', 1],
    ]);
    expect(await verify(byNumber.code)).toMatchObject({ outcome: 'REVOKED', reason: 'FRAUD' });
    expect(await verify(byRecorder.code)).toMatchObject({ outcome: 'REVOKED', reason: 'FRAUD' });
  });

  it('are left alone when the second person says no, and the answer stands', async () => {
    const one = await certificateOfADose(service, tenant);
    const order = await request({ lotId: (await doseOf(one)).lotId });

    const refused = await decide(order.id, false);
    const again = await decide(order.id, false);
    await service.runJobs();

    expect(refused.state).toBe('REFUSED');
    expect(again).toEqual(refused);
    expect(await codes(DECIDE, { input: { orderId: order.id, approved: true } }, deciding)).toEqual([
      'CONFLICT',
    ]);
    expect((await verify(one.code)).outcome).toBe('VALID');
  });

  it('are named in one way, and by what the country has', async () => {
    const input = { idempotencyKey: newId(), reason: 'a reason' };
    const wrong = [
      {},
      { lotId: newId(), numbers: ['X'] },
      { numbers: ['XX-2222-2222-2222'] },
      { recorded: { recorder: newId(), facilityId: newId(), from: '2026-02-02', until: '2026-02-01' } },
    ];

    for (const scope of wrong)
      expect(await codes(REQUEST, { input: { ...input, ...scope } }, asking)).toEqual(['INVALID_INPUT']);
    expect(await codes(REQUEST, { input: { ...input, lotId: newId() } }, asking)).toEqual(['NOT_FOUND']);
    expect(await codes(DECIDE, { input: { orderId: newId(), approved: true } }, deciding)).toEqual([
      'NOT_FOUND',
    ]);
  });

  it('are revoked by whoever has the country’s programme, and by nobody of a place', async () => {
    const input = { idempotencyKey: newId(), reason: 'a reason', lotId: newId() };

    expect(await codes(REQUEST, { input }, desk)).toEqual(['FORBIDDEN']);
    expect(await codes(DECIDE, { input: { orderId: newId(), approved: true } }, desk)).toEqual(['FORBIDDEN']);
    expect(await codes(ORDERS, {}, desk)).toEqual(['FORBIDDEN']);
  });
});
