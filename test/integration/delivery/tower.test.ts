import { civilDayOf, encodeCursor, newId } from '../../../src/common';
import { RebuildTower } from '../../../src/delivery';
import { KeepTower } from '../../../src/delivery/tower/keep-tower';
import { KeepFigures } from '../../../src/inventory/levels/keep-figures';
import type { TenantRef } from '../../../src/platform/context';
import { addFacility, addStock, write } from '../../harness/worlds/clinic';
import { onServer } from '../../harness/run/database';
import { addHourlyLegs, addHub } from '../../harness/worlds/hubs';
import { type Caller, country, inArea, testService, type TestService } from '../../harness/service';

const SEND = `mutation ($input: SendConsignmentInput!) { sent: sendConsignment(input: $input) {
  ... on Consignment { unit promisedAt } } }`;
const SCANS = `mutation ($input: CaptureScansInput!) { captureScans(input: $input) { scans { outcome fault } } }`;
const COUNTS = `sent handedOver returned onTime onTimeShare unproven failedAttempts missorted missedConnection custodyGap sealBroken exposed`;
const FIGURES = `query ($from: Date!, $to: Date!, $areaId: ID) { figures: deliveryFigures(from: $from, to: $to, areaId: $areaId) {
  asOf definitions { figure text } days { day ${COUNTS} } areas { areaId area ${COUNTS} }
  hubs { hub stays medianMinutes longestMinutes }
  excursions { areaId area opened undecided discardedDoses }
  stockOuts { asOf areas { areaId area facilities products } } } }`;
const STUCK = `query ($areaId: ID, $quietHours: Int!, $first: Int!, $after: String) {
  stuck: stuckConsignments(areaId: $areaId, quietHours: $quietHours, first: $first, after: $after) {
    asOf definition items { unit status hub since dueAt overdue } endCursor } }`;

const HOUR = 3_600_000;
const PICTURE = 'ab'.repeat(32);

describe('the control tower', () => {
  let service: TestService;
  let tenant: TenantRef;
  let officer: Caller;
  let hubs: Record<'north' | 'south' | 'aside', string>;
  let southArea: string;
  let sent: Record<'good' | 'late' | 'lost' | 'back', string>;

  const ask = async (query: string, variables: Record<string, unknown>, as = officer) => {
    const answer = await service.graphql(query, variables, { language: 'en', ...as });
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const send = async (): Promise<string> => {
    const input = { kind: 'PARCEL', fromHubId: hubs.north, toHubId: hubs.south };
    return (await ask(SEND, { input: { idempotencyKey: newId(), ...input } })).sent.unit;
  };
  const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();
  const scan = async (unit: string, step: string, hubId: string, hours: number, more: object = {}) => {
    const one = { clientId: newId(), at: hoursAgo(hours), step, hubId, units: [unit], ...more };
    const device = { deviceId: 'device-0001', deviceTime: new Date().toISOString() };
    const { captureScans } = await ask(SCANS, { input: { ...device, scans: [one] } });
    expect(captureScans.scans).toEqual([{ outcome: 'RECORDED', fault: null }]);
  };
  const figures = async (more: object = {}, as = officer) =>
    (await ask(FIGURES, { from: day(-2), to: day(1), ...more }, as)).figures;
  const sentIn = ({ days }: { days: { sent: number }[] }) =>
    days.reduce((sum, { sent: one }) => sum + one, 0);
  /** So many days from today, by the country's own clock. */
  const day = (days: number): string => civilDayOf(new Date(Date.now() + days * 24 * HOUR), tenant.timeZone);
  const stuck = async (more: object = {}) => (await ask(STUCK, { quietHours: 24, first: 10, ...more })).stuck;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'bd');
    const [north, south, aside] = [
      await addHub(service, tenant, { code: 'NORTH' }),
      await addHub(service, tenant, { code: 'SOUTH', area: 1 }),
      await addHub(service, tenant, { code: 'ASIDE' }),
    ];
    hubs = { north, south, aside };
    await addHourlyLegs(service, tenant, { from: north, to: south, minutes: 30 });
    await addHourlyLegs(service, tenant, { from: aside, to: south, minutes: 30 });
    const [area] = await write<{ id: string }>(
      service,
      tenant,
      `SELECT area_id AS id FROM hub WHERE id = $1`,
      [south],
    );
    southArea = area!.id;
    officer = { tenant: 'aa', token: await service.tokenFor(tenant, [country('logistics-officer')]) };
    sent = { good: await send(), late: await send(), lost: await send(), back: await send() };
    // Nothing that is sent now is promised for the past; one is, so that it can come late.
    await onServer(service.database.url, owner =>
      owner.query(`UPDATE tenant_aa.consignment SET promised_at = $2 WHERE unit_id = $1`, [
        sent.late,
        hoursAgo(1),
      ]),
    );
    await scan(sent.good, 'ACCEPTED', north, 5);
    await scan(sent.good, 'DEPARTED', north, 3);
    await scan(sent.good, 'ARRIVED', south, 2);
    await scan(sent.good, 'DELIVERED', south, 1, { proof: { kind: 'PHOTO', sha256: PICTURE } });
    await scan(sent.late, 'ACCEPTED', north, 4);
    await scan(sent.late, 'ARRIVED', aside, 3); // without having left, and where it does not belong
    await service.carryFacts(); // what is sorted wrong is seen while it is there
    await scan(sent.late, 'DELIVERED', south, 0);
    await scan(sent.lost, 'DEPARTED', north, 30);
    await scan(sent.back, 'DELIVERY_FAILED', south, 2, { failure: 'REFUSED' });
    await scan(sent.back, 'RETURNED', north, 1);
    await service.carryFacts();
    await service.carryFacts();
  }, 120_000);
  afterAll(() => service.stop());

  it('counts what was sent by day and area, each figure with what it counts', async () => {
    const all = await figures();
    const { asOf, definitions, days, areas } = all;
    const counts = {
      sent: 4,
      handedOver: 2,
      returned: 1,
      onTime: 1,
      onTimeShare: 0.5,
      unproven: 1,
      failedAttempts: 1,
      missorted: 1,
      missedConnection: 0,
      custodyGap: 1,
    };

    expect(sentIn(all)).toBe(4);
    expect([day(-1), day(0)]).toContain(days[0].day); // the test may run over midnight
    expect(areas).toEqual([expect.objectContaining({ areaId: southArea, ...counts })]);
    expect(areas[0].area).not.toBe(southArea);
    expect(Date.parse(asOf)).toBeLessThanOrEqual(Date.now());
    expect(definitions).toHaveLength(15);
    expect(definitions.map(({ text }: { text: string }) => text).join()).not.toContain('delivery.figure');
  });

  it('says how long things stayed at each hub that they left', async () => {
    const { hubs: dwell } = await figures();

    // From 5 to 3 and from 4 to 3 hours ago in the north; aside from 3 hours ago until now; from 2 to 1 in the south.
    expect(dwell).toEqual([
      { hub: 'Hub ASIDE', stays: 1, medianMinutes: 180, longestMinutes: 180 },
      { hub: 'Hub NORTH', stays: 2, medianMinutes: 90, longestMinutes: 120 },
      { hub: 'Hub SOUTH', stays: 1, medianMinutes: 60, longestMinutes: 60 },
    ]);
  });

  it('says where vaccines have run out, as of the last look at all stock', async () => {
    const before = (await figures()).stockOuts;
    const { id: facilityId, areaIds } = await addFacility(service, tenant, 1);
    await write(
      service,
      tenant,
      `INSERT INTO stock_level SELECT $1, code, 1, 1, 1, 0, now(), 'test' FROM product WHERE unit = 'DOSE' ORDER BY code LIMIT 2`,
      [facilityId],
    );
    await service.app.get(KeepFigures).run(service.contextOf(tenant));

    const { stockOuts } = await figures();
    const elsewhere = await figures({ areaId: (await addFacility(service, tenant)).areaIds[0] });

    expect(before).toEqual({ asOf: null, areas: [] });
    expect(stockOuts).toEqual({
      asOf: expect.any(String),
      areas: [{ areaId: areaIds[0], area: expect.any(String), facilities: 1, products: 2 }],
    });
    expect(stockOuts.areas[0].area).not.toBe(areaIds[0]);
    expect(elsewhere.stockOuts.areas).toEqual([]);
  });

  it('says where it was too cold or too warm, what waits for a decision, and what was thrown away', async () => {
    const before = (await figures()).excursions;
    const { id: facilityId, areaIds } = await addFacility(service, tenant, 1);
    const [product] = await write<{ code: string }>(
      service,
      tenant,
      `SELECT code FROM product WHERE unit = 'DOSE' LIMIT 1`,
    );
    const lotId = await addStock(service, tenant, {
      facilityId,
      product: product!.code,
      doses: 0,
      expiresOn: '2099-01-01',
    });
    const opened = (hours: number, decided: number | null, doses: number) =>
      write(
        service,
        tenant,
        `WITH told AS (
           INSERT INTO excursion (facility_id, id, storage_class, side, limit_celsius, at_limit, limit_minutes, judged_by,
             from_at, to_at, minutes, opened_at, reported_by, version, decided_at)
           VALUES ($1, $2, 'usual', 'high', 8, false, 600, 'READINGS', $3::timestamptz - interval '1 day', $3, 700, $3, '{}', 1, $4))
         INSERT INTO excursion_lot (facility_id, excursion_id, lot_id, doses, found_at, outcome, reason, discarded)
         VALUES ($1, $2, $5, 0, $3, $6, $6, $7)`,
        [
          facilityId,
          newId(),
          hoursAgo(hours),
          decided === null ? null : hoursAgo(decided),
          lotId,
          decided === null ? null : 'DISCARDED',
          decided === null ? null : doses,
        ],
      );
    await opened(1, null, 0);
    await opened(24 * 40, null, 0);
    await opened(24 * 40, 1, 30);
    await opened(24 * 40, 24 * 39, 500);

    const { excursions, definitions } = await figures();
    const elsewhere = await figures({ areaId: (await addFacility(service, tenant)).areaIds[0] });

    expect(before).toEqual([]);
    expect(excursions).toEqual([
      { areaId: areaIds[0], area: expect.any(String), opened: 1, undecided: 2, discardedDoses: 30 },
    ]);
    expect(elsewhere.excursions).toEqual([]);
    expect(definitions).toContainEqual({
      figure: 'excursions',
      text: expect.stringMatching(/nobody has decided/),
    });
  });

  it('lists what is stuck, page by page, and says when a thing is', async () => {
    const unseen = await send();
    await service.carryFacts();

    const quiet = await stuck();
    const [one] = [await stuck({ quietHours: 1, first: 1 })];
    await write(service, tenant, `UPDATE consignment_figure SET due_at = $2 WHERE unit_id = $1`, [
      unseen,
      hoursAgo(1),
    ]);
    const overdue = await stuck({ first: 1 });
    const next = await stuck({ first: 1, after: overdue.endCursor });

    expect(quiet.items).toEqual([
      expect.objectContaining({ unit: sent.lost, status: 'IN_TRANSIT', hub: null, overdue: false }),
    ]);
    expect(quiet.definition).toContain('24 hours');
    expect(one.items).toHaveLength(1);
    expect(overdue.items[0].unit).toBe(sent.lost);
    expect(next.items).toEqual([expect.objectContaining({ unit: unseen, status: null, overdue: true })]);
    expect(next.endCursor).toBeNull();
    const noDay = encodeCursor(`2026-02-30T00:00:00.000Z ${unseen}`);
    expect(Array.isArray((await stuck({ after: noDay })).items)).toBe(true);
    await service.app.get(KeepTower).run(service.contextOf(tenant), unseen);
  });

  it('holds all that was told of until the moment that it names', async () => {
    const unit = await send();
    const waiting = await figures();
    await service.carryFacts();
    const carried = await figures();

    expect(sentIn(waiting)).toBe(sentIn(carried) - 1);
    const [fact] = await write<{ at: Date }>(
      service,
      tenant,
      `SELECT occurred_at AS at FROM outbox_event WHERE aggregate_id = $1 AND type = 'delivery.consignment-sent'`,
      [unit],
    );
    expect(waiting.asOf).toBe(fact!.at.toISOString());
    expect(Date.parse(carried.asOf)).toBeGreaterThan(Date.parse(waiting.asOf));
  });

  it('is what the scans say: a rebuild finds nothing to put right, and puts right what is spoilt', async () => {
    const rebuild = () => service.app.get(RebuildTower).run(service.contextOf(tenant));

    const first = await rebuild();
    await write(service, tenant, `UPDATE consignment_figure SET on_time = false WHERE unit_id = $1`, [
      sent.good,
    ]);
    await write(service, tenant, `DELETE FROM hub_stay WHERE unit_id = $1`, [sent.late]);
    const second = await rebuild();

    expect(first.differed).toBe(0);
    expect(first.consignments).toBeGreaterThan(3);
    expect(second).toEqual({ consignments: first.consignments, differed: 2 });
    expect((await rebuild()).differed).toBe(0);
  });

  it('is looked at by those of the area, and refuses more than a hundred days', async () => {
    const manager = {
      tenant: 'aa',
      token: await service.tokenFor(tenant, [inArea('district-manager', southArea)]),
    };
    const own = await figures({ areaId: southArea }, manager);
    const whole = await service.graphql(FIGURES, { from: day(-2), to: day(1) }, manager);
    const long = await service.graphql(FIGURES, { from: '2026-01-01', to: '2026-12-31' }, officer);

    expect(sentIn(own)).toBeGreaterThan(3);
    expect(whole.errors![0]!.extensions.code).toBe('FORBIDDEN');
    expect(long.errors![0]!.extensions.code).toBe('INVALID_INPUT');
  });
});
