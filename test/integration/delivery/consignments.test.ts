import { unitCode } from '../../../src/codecs/unit-codes';
import { makeS10 } from '../../../src/codecs/s10';
import { civilDayOf, newId } from '../../../src/common';
import { Tracking } from '../../../src/delivery/consignments/consignment.graphql';
import { TrackConsignment } from '../../../src/delivery/consignments/track-consignment';
import { LoadsStore } from '../../../src/delivery/room/loads.store';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { write } from '../../harness/worlds/clinic';
import { addHourlyLegs, addHub } from '../../harness/worlds/hubs';
import { type Caller, country, testService, type TestService } from '../../harness/service';
import { registeredPartner } from '../isolation/callers';

const CONSIGNMENT = `unit trackingCode status toHubId promisedAt dueAt planVersion
  runs { legId from to departsAt arrivesAt } exceptions { kind hub }`;
const SEND = `mutation ($input: SendConsignmentInput!) { sent: sendConsignment(input: $input) { __typename
  ... on Consignment { ${CONSIGNMENT} } ... on Refusal { message } } }`;
const READ = `query ($unit: String!) { consignment(unit: $unit) { ${CONSIGNMENT} } }`;
const TRACK = `query ($code: String!) { trackConsignment(code: $code) { __typename
  ... on Tracking { status destination dueAt milestones { status at place } } ... on Refusal { message } } }`;
const SCANS = `mutation ($input: CaptureScansInput!) { captureScans(input: $input) { scans { outcome fault } } }`;
const PUBLISH = `mutation ($input: PublishRatesInput!) { publishRates(input: $input) { version } }`;
const CANCEL = `mutation ($input: CancelRunInput!) { cancelRun(input: $input) { day } }`;

const MINUTE = 60_000;
/** Far ahead, so that nothing here depends on today: a Monday, 00:00. */
const MONDAY = Date.UTC(2030, 0, 7);
const at = (minutes: number): string => new Date(MONDAY + minutes * MINUTE).toISOString();

describe('consignments', () => {
  let service: TestService;
  let tenant: TenantRef;
  let officer: Caller;
  let hubs: Record<'north' | 'middle' | 'south' | 'aside', string>;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'bd');
    const [north, middle, south, aside] = [
      await addHub(service, tenant, { code: 'NORTH', handling: 10 }),
      await addHub(service, tenant, { code: 'MIDDLE', handling: 10 }),
      await addHub(service, tenant, { code: 'SOUTH' }),
      await addHub(service, tenant, { code: 'ASIDE', handling: 10 }),
    ];
    hubs = { north, middle, south, aside };
    await addHourlyLegs(service, tenant, { from: north, to: middle, minutes: 30 });
    await addHourlyLegs(service, tenant, { from: middle, to: south, minutes: 30 });
    await addHourlyLegs(service, tenant, { from: aside, to: south, minutes: 60 });
    officer = { tenant: 'aa', token: await service.tokenFor(tenant, [country('logistics-officer')]) };
  }, 120_000);
  afterAll(() => service.stop());

  const ask = async (query: string, variables: Record<string, unknown>, as = officer) => {
    const answer = await service.graphql(query, variables, { language: 'en', ...as });
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const input = (more: object = {}) => ({
    idempotencyKey: newId(),
    kind: 'PARCEL',
    fromHubId: hubs.north,
    toHubId: hubs.south,
    readyAt: at(0),
    ...more,
  });
  const send = async (more: object = {}) => (await ask(SEND, { input: input(more) })).sent;
  const read = async (unit: string) => (await ask(READ, { unit })).consignment;
  const track = async (code: string, as: Caller = { tenant: 'aa' }) =>
    (await ask(TRACK, { code }, as)).trackConsignment;
  /** Scans a unit at a minute of that week: the device's clock is right, and so is ours. */
  const scan = async (unit: string, step: string, hubId: string, minute: number) => {
    const { captureScans } = await ask(SCANS, {
      input: {
        deviceId: 'device-0001',
        deviceTime: new Date().toISOString(),
        scans: [{ clientId: newId(), at: past(minute), step, hubId, units: [unit] }],
      },
    });
    expect(captureScans.scans).toEqual([{ outcome: 'RECORDED', fault: null }]);
    await service.carryFacts();
  };
  /** Scans are of the past: the week that was sent for is 2030's, and theirs the same weekday of a past one. */
  const past = (minute: number): string => new Date(Date.UTC(2024, 0, 8) + minute * MINUTE).toISOString();

  /** A certified partner, or with `partner-trial` one in its sandbox. */
  const shipping = async (...roles: string[]): Promise<Caller> => {
    const id = newId();
    await registeredPartner(service, tenant, id, roles.includes('partner-trial') ? 'SANDBOX' : 'PRODUCTION');
    const grants = roles.map(role => ({ role, reach: { kind: 'self' as const, id } }));
    return { tenant: 'aa', token: await service.tokenFor(tenant, grants, 'partner', id) };
  };

  it('are planned the earliest way, and promised for when they can be handed out', async () => {
    const sent = await send();

    expect(sent).toMatchObject({
      __typename: 'Consignment',
      status: null,
      promisedAt: at(150),
      dueAt: at(150),
      planVersion: 1,
      runs: [
        { from: 'Hub NORTH', to: 'Hub MIDDLE', departsAt: at(60) },
        { from: 'Hub MIDDLE', to: 'Hub SOUTH', departsAt: at(120), arrivesAt: at(150) },
      ],
    });
    expect(sent.trackingCode).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('are sent once, however often they are asked for, and a label is for one', async () => {
    const request = input({ unit: `label-${newId()}` });

    const first = (await ask(SEND, { input: request })).sent;
    const again = (await ask(SEND, { input: request })).sent;
    const other = (await ask(SEND, { input: { ...request, idempotencyKey: newId() } })).sent;

    expect(again).toEqual(first);
    expect(other.__typename).toBe('UnitSentBefore');
  });

  it('without a label get an SSCC of the country’s own, as labels that are printed before do, each once', async () => {
    const ISSUE = `mutation ($input: IssueSsccsInput!) { answer: issueSsccs(input: $input) { __typename
      ... on IssuedSsccs { ssccs } } }`;
    const issue = async (more: object) =>
      (await ask(ISSUE, { input: { idempotencyKey: newId(), hubId: hubs.north, count: 200, ...more } }))
        .answer;
    const admin = { tenant: 'aa', token: await service.tokenFor(tenant, [country('configuration-admin')]) };
    const set = (prefix: string, who: Caller) =>
      service.graphql(
        `mutation ($input: SetGs1CompanyPrefixInput!) { prefix: setGs1CompanyPrefix(input: $input) }`,
        { input: { prefix } },
        who,
      );
    const input = { idempotencyKey: newId() };

    const none = await issue({});
    const wrong = await set('95000a', admin);
    const denied = await set('950001', officer);
    await set('9500012345', admin);
    const [first, again, other] = [await issue(input), await issue(input), await issue({})];
    const [{ unit }, labelled] = [await send(), await send({ unit: first.ssccs[0] })];

    const issued = [...first.ssccs, ...other.ssccs];
    expect(none.__typename).toBe('NoCompanyPrefix');
    expect(wrong.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    expect(denied.errors![0]!.extensions.code).toBe('FORBIDDEN');
    expect(again).toEqual(first);
    expect(new Set([...issued, unit]).size).toBe(401);
    expect(issued.every(sscc => sscc.startsWith('9500012345', 3) && 'code' in unitCode(sscc))).toBe(true);
    expect(unit).toMatch(/^00\d9500012345\d{7}$/);
    expect(labelled.unit).toBe(first.ssccs[0]);
  });

  it('to where nothing departs are refused', async () => {
    expect(await send({ fromHubId: hubs.south, toHubId: hubs.north })).toMatchObject({
      __typename: 'NoRoute',
    });
    expect(await send({ temperature: 'FROZEN' })).toMatchObject({ __typename: 'NoRoute' });
  });

  it('that are sorted wrong are planned anew from where they are', async () => {
    const { unit, promisedAt } = await send({ readyAt: past(0) });

    await scan(unit, 'ARRIVED', hubs.aside, 45);

    expect(await read(unit)).toMatchObject({
      status: 'AT_HUB',
      promisedAt,
      dueAt: past(120),
      planVersion: 2,
      runs: [{ from: 'Hub ASIDE', to: 'Hub SOUTH' }],
      exceptions: [{ kind: 'MISSORT', hub: 'Hub ASIDE' }],
    });
  });

  it('that miss their connection take the next one', async () => {
    const { unit } = await send({ readyAt: past(0) });
    await scan(unit, 'DEPARTED', hubs.north, 60);

    await scan(unit, 'ARRIVED', hubs.middle, 111); // the cut-off was at 110

    expect(await read(unit)).toMatchObject({
      dueAt: past(210),
      planVersion: 2,
      exceptions: [{ kind: 'MISSED_CONNECTION', hub: 'Hub MIDDLE' }],
    });
  });

  it('that go as planned stay as they are planned', async () => {
    const { unit } = await send({ readyAt: past(0) });

    await scan(unit, 'ACCEPTED', hubs.north, 5);
    await scan(unit, 'DEPARTED', hubs.north, 60);
    await scan(unit, 'ARRIVED', hubs.middle, 110);

    expect(await read(unit)).toMatchObject({ planVersion: 1, exceptions: [] });
  });

  it('that come to another hub without having left one have a gap in custody', async () => {
    const { unit } = await send({ readyAt: past(0) });
    await scan(unit, 'ACCEPTED', hubs.north, 5);

    await scan(unit, 'ARRIVED', hubs.middle, 90);

    expect(await read(unit)).toMatchObject({ exceptions: [{ kind: 'CUSTODY_GAP', hub: 'Hub MIDDLE' }] });
  });

  it('that were in a bag whose seal was another one on the way have that on record', async () => {
    const [inside, beside] = [await send(), await send()];
    const bag = `BAG-${inside.unit}`;
    const carried = async (step: string, hubId: string, minute: number, more: object) => {
      const scans = [{ clientId: newId(), at: past(minute), step, hubId, units: [bag], ...more }];
      const { captureScans } = await ask(SCANS, {
        input: { deviceId: 'device-0001', deviceTime: new Date().toISOString(), scans },
      });
      await service.carryFacts();
      return captureScans.scans[0];
    };

    await carried('PACKED', hubs.north, 1, { units: [inside.unit], container: bag, seal: 'a-100' });
    await scan(beside.unit, 'ACCEPTED', hubs.north, 1);
    await carried('DEPARTED', hubs.north, 10, { seal: 'A-100' });
    await carried('ARRIVED', hubs.middle, 40, { seal: 'B-200' });
    await carried('UNPACKED', hubs.middle, 50, { units: [], container: bag });
    const two = await carried('ARRIVED', hubs.middle, 60, { units: [bag, beside.unit], seal: 'B-200' });
    const unit = (
      await ask(`query ($code: String!) { handlingUnit(code: $code) { seals { seal hub broken } } }`, {
        code: bag,
      })
    ).handlingUnit;

    expect((await read(inside.unit)).exceptions).toEqual([{ kind: 'SEAL_BROKEN', hub: 'Hub MIDDLE' }]);
    expect((await read(beside.unit)).exceptions).toEqual([]);
    expect(two).toEqual({ outcome: 'REFUSED', fault: 'SEAL' });
    expect(unit.seals).toEqual([
      { seal: 'A-100', hub: 'Hub NORTH', broken: false },
      { seal: 'A-100', hub: 'Hub NORTH', broken: false },
      { seal: 'B-200', hub: 'Hub MIDDLE', broken: true },
    ]);
  });

  it('that are planned to take a departure are what its hub loads by', async () => {
    const [one, other] = [await send({ readyAt: at(900) }), await send({ readyAt: at(900) })];
    await scan(one.unit, 'ACCEPTED', hubs.north, 1);
    const [run] = one.runs;
    const day = civilDayOf(new Date(run.departsAt), tenant.timeZone);
    const trip = async (more: object) =>
      (
        await ask(
          `query ($fromHubId: ID!, $legId: ID!, $day: Date!, $first: Int!, $after: String) {
             trip(fromHubId: $fromHubId, legId: $legId, day: $day, first: $first, after: $after) {
               from to departsAt cancelled planned unweighed overloaded items { unit status hub to } endCursor } }`,
          { fromHubId: hubs.north, legId: run.legId, day, first: 1, ...more },
        )
      ).trip;

    const first = await trip({});
    const second = await trip({ after: first.endCursor });

    const sorted = [one, other].toSorted((a, b) => (a.unit < b.unit ? -1 : 1));
    expect(first).toMatchObject({
      from: 'Hub NORTH',
      to: 'Hub MIDDLE',
      departsAt: run.departsAt,
      cancelled: false,
      planned: 2,
      unweighed: 2,
      overloaded: null,
    });
    expect([...first.items, ...second.items]).toEqual(
      sorted.map(({ unit }) => ({
        unit,
        status: unit === one.unit ? 'ACCEPTED' : null,
        hub: unit === one.unit ? 'Hub NORTH' : null,
        to: 'Hub SOUTH',
      })),
    );
    expect(second.endCursor).toBeNull();
  });

  it('whose run is cancelled go another way', async () => {
    const { unit, runs } = await send({ readyAt: at(24 * 60) });
    const day = new Date(MONDAY + 24 * 60 * MINUTE).toISOString().slice(0, 10);

    await ask(CANCEL, {
      input: { fromHubId: hubs.middle, legId: runs[1].legId, day, reason: 'no vehicle' },
    });
    await service.carryFacts();

    const after = await read(unit);
    expect(after.exceptions).toEqual([{ kind: 'RUN_CANCELLED', hub: 'Hub MIDDLE' }]);
    expect(after).toMatchObject({ planVersion: 2, toHubId: hubs.south });
    expect(after.runs.map((run: { legId: string }) => run.legId)).not.toContain(runs[1].legId);
  });

  describe('on departures that carry only so much', () => {
    const LOADS = `SELECT l.day::text, l.taken_grams::int AS taken,
        (SELECT coalesce(sum(c.grams), 0)::int FROM consignment_plan p JOIN consignment c ON c.unit_id = p.unit_id
         WHERE p.runs -> 'keys' ? (l.leg_id || ' ' || l.day)) AS planned
      FROM run_load l WHERE l.from_hub_id = $1`;
    let [near, far] = ['', ''];

    beforeEach(async () => {
      [near, far] = [await addHub(service, tenant), await addHub(service, tenant)];
      await addHourlyLegs(service, tenant, { from: near, to: far, minutes: 30 });
      await write(service, tenant, `UPDATE leg SET capacity_kg = 100 WHERE from_hub_id = $1`, [near]);
    });

    const heavy = (kilograms: number, more: object = {}) =>
      send({ fromHubId: near, toHubId: far, readyAt: at(30), weightGrams: kilograms * 1000, ...more });
    const departures = (sent: { runs: { departsAt: string }[] }[]) =>
      sent.map(({ runs }) => runs[0]!.departsAt);
    const loads = () => write<{ taken: number; planned: number }>(service, tenant, LOADS, [near]);

    it('take the first that has room for them', async () => {
      const sent = [await heavy(60), await heavy(60), await heavy(40), await heavy(1)];
      const unweighed = await send({ fromHubId: near, toHubId: far, readyAt: at(30) });
      const input = { fromHubId: near, toHubId: far, readyAt: at(30), temperature: 'AMBIENT' };
      const ROUTE = `query ($input: DeliveryRouteInput!) { way: deliveryRoute(input: $input) { ... on DeliveryRoute { runs { departsAt } } } }`;
      const way = async (weightGrams: number) =>
        (await ask(ROUTE, { input: { ...input, weightGrams } })).way.runs[0].departsAt;

      expect(departures(sent)).toEqual([at(60), at(120), at(60), at(120)]);
      expect(departures([unweighed])).toEqual([at(120)]);
      expect([await way(39_000), await way(40_000)]).toEqual([at(120), at(180)]);
      expect(await heavy(101)).toMatchObject({ __typename: 'NoRoute' });
    });

    it('are never more than that, however many are sent at once', async () => {
      const sent = await Promise.all(Array.from({ length: 7 }, () => heavy(50)));

      expect(departures(sent).toSorted()).toEqual(
        [60, 60, 120, 120, 180, 180, 240].map(minute => at(minute)),
      );
      expect((await loads()).map(({ taken }) => taken).toSorted((a, b) => a - b)).toEqual([
        50_000, 100_000, 100_000, 100_000,
      ]);
    });

    it('hold no departure on which they did not get room', async () => {
      const { runs } = await heavy(100);
      const run = { fromHubId: near, legId: runs[0].legId, day: at(60).slice(0, 10) };
      const wanted = { take: [{ ...run, mostGrams: 100_000 }], back: [], grams: 1 };

      const full = await service.app.get(Database).write(service.contextOf(tenant), async work => {
        const none = await service.app.get(LoadsStore).change(work, wanted);
        // Somebody else, who does not wait: it would throw.
        await write(service, tenant, `SELECT FROM run_load WHERE from_hub_id = $1 FOR UPDATE NOWAIT`, [near]);
        return none;
      });

      expect(full).toEqual([run]);
    });

    it('leave later departures to others once they are handed over', async () => {
      const { unit } = await heavy(60);

      await scan(unit, 'ACCEPTED', near, 5);
      await scan(unit, 'DELIVERED', near, 10);
      const next = await heavy(60);

      expect(departures([next])).toEqual([at(60)]);
      expect((await loads()).map(({ taken }) => taken)).toEqual([60_000]);
    });

    it('give their room back when they go another way', async () => {
      const [one, two] = [await heavy(60), await heavy(60)];
      const day = new Date(MONDAY).toISOString().slice(0, 10);

      await ask(CANCEL, {
        input: { fromHubId: near, legId: one.runs[0].legId, day, reason: 'no vehicle' },
      });
      await service.carryFacts();

      const after = await loads();
      expect(departures([await read(one.unit), await read(two.unit)])).toEqual([at(180), at(120)]);
      expect(after.map(({ taken }) => taken).toSorted((a, b) => a - b)).toEqual([0, 60_000, 60_000]);
      expect(after.filter(({ taken, planned }) => taken !== planned)).toEqual([]);
    });
  });

  it('of partners have the price that holds when they are ordered, and keep it', async () => {
    const [shipper, trying] = [
      await shipping('partner-orders'),
      await shipping('partner-orders', 'partner-trial'),
    ];
    const today = civilDayOf(new Date(), tenant.timeZone);
    const publish = async (minor: number) => {
      const input = {
        idempotencyKey: newId(),
        currency: 'XDR',
        effectiveOn: today,
        mm3PerGram: 5000,
        zones: [{ code: 'anywhere', sharedAreas: 0 }],
        rates: [
          { service: 'plain', zone: 'anywhere', upToGrams: 500, minor },
          { service: 'plain', zone: 'anywhere', upToGrams: 2000, minor: 2 * minor },
          { service: 'swift', zone: 'anywhere', upToGrams: 500, minor: 3 * minor },
        ],
      };
      return (await ask(PUBLISH, { input }, officer)).publishRates.version as number;
    };
    const priced = async (as: Caller, more: object) => {
      const { orderConsignments } = await ask(
        `mutation ($rows: [OrderConsignmentInput!]!) { orderConsignments(input: { rows: $rows }) {
           fault price { service grams minor currency version } } }`,
        { rows: [{ reference: newId(), fromHub: 'NORTH', toHub: 'SOUTH', ...more }] },
        as,
      );
      return orderConsignments[0] as { fault: string | null; price: { minor: number } | null };
    };
    const before = await priced(shipper, {});
    const first = await publish(100);
    const reference = newId();

    const quoted = await ask(
      `query ($input: DeliveryQuotesInput!) { deliveryQuotes(input: $input) { service grams minor } }`,
      {
        input: {
          fromHub: 'NORTH',
          toHub: 'SOUTH',
          weightGrams: 300,
          size: { lengthMm: 100, widthMm: 100, heightMm: 200 },
        },
      },
      shipper,
    );
    const ordered = await priced(shipper, { reference, weightGrams: 501 });
    const swift = await priced(trying, { service: 'swift', weightGrams: 400 });
    const second = await publish(1000);
    const again = await priced(shipper, { reference, weightGrams: 501 });
    const later = await priced(shipper, { weightGrams: 501 });

    expect(before).toEqual({ fault: null, price: null });
    expect(quoted.deliveryQuotes).toEqual([
      { service: 'plain', grams: 400, minor: 100 },
      { service: 'swift', grams: 400, minor: 300 },
    ]);
    expect(ordered).toEqual({
      fault: null,
      price: { service: 'plain', grams: 501, minor: 200, currency: 'XDR', version: first },
    });
    expect(swift.price).toMatchObject({ service: 'swift', minor: 300 });
    expect([again, later.price]).toEqual([
      ordered,
      expect.objectContaining({ minor: 2000, version: second }),
    ]);
    expect(
      await Promise.all(
        [{}, { weightGrams: 2001 }, { weightGrams: 600, service: 'swift' }].map(more =>
          priced(shipper, more),
        ),
      ),
    ).toEqual(Array.from({ length: 3 }, () => ({ fault: 'NO_RATE', price: null })));
  });

  it('are tracked by their code, in the visitor’s language', async () => {
    const { unit, trackingCode } = await send({ readyAt: past(0) });
    await scan(unit, 'ACCEPTED', hubs.north, 5);
    await scan(unit, 'STORED', hubs.north, 6);
    await scan(unit, 'DEPARTED', hubs.north, 60);

    const tracked = await track(trackingCode.toLowerCase().replaceAll('-', ' '), {
      tenant: 'aa',
      language: 'bn',
    });

    expect(tracked).toEqual({
      __typename: 'Tracking',
      status: 'IN_TRANSIT',
      destination: 'কেন্দ্র SOUTH',
      dueAt: past(150),
      milestones: [
        { status: 'ACCEPTED', at: past(5), place: 'কেন্দ্র NORTH' },
        { status: 'AT_HUB', at: past(6), place: 'কেন্দ্র NORTH' },
        { status: 'IN_TRANSIT', at: past(60), place: null },
      ],
    });
  });

  it('tell their milestones and no places to whoever has only an S10 number', async () => {
    const number = makeS10('CA', '12345678', 'SE');
    const { unit } = await send({ unit: number, readyAt: past(0) });
    await scan(unit, 'ACCEPTED', hubs.north, 5);

    expect(await track(number)).toEqual({
      __typename: 'Tracking',
      status: 'ACCEPTED',
      destination: null,
      dueAt: null,
      milestones: [{ status: 'ACCEPTED', at: past(5), place: null }],
    });
  });

  it('answer unknown codes, guessed labels and codes of elsewhere all alike', async () => {
    const { unit } = await send({ unit: `guess-${newId()}` });
    await service.country('bb');
    const { trackingCode } = await send();

    const answers = [
      await track('0000-0000-0000'),
      await track(unit),
      await track(makeS10('CA', '00000000', 'SE')),
      await track(''),
      await track(trackingCode, { tenant: 'bb' }),
    ];

    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0].__typename).toBe('NothingTracked');
  }, 60_000);

  it('are not found by counting on from a number: a network’s wrong guesses end, and no other’s with them', async () => {
    const { trackingCode } = await send();
    const tracking = service.app.get(TrackConsignment);
    const from = (address: string) => service.contextOf(tenant, { address });
    const isFound = async (code: string, address: string) =>
      (await tracking.run(from(address), code)) instanceof Tracking;

    let guesses = 0;
    const guess = () => isFound(makeS10('CA', String(guesses++).padStart(8, '0'), 'SE'), '203.0.113.7');
    await expect(
      (async () => {
        while (guesses < 10_000) await guess();
      })(),
    ).rejects.toMatchObject({ code: 'RATE_LIMITED', params: { seconds: expect.any(Number) } });

    expect(guesses).toBeLessThanOrEqual(1 + 2 * 600); // a quarter of an hour may have ended in between
    expect(await isFound(trackingCode, '198.51.100.7')).toBe(true);
  }, 60_000);
});
