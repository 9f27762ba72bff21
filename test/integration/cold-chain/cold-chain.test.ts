import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { defaultAlarmRules } from '../../../src/codecs/temperature-loggers';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { RebuildTemperatures } from '../../../src/cold-chain';
import { FollowExcursions } from '../../../src/delivery/carriers/follow-excursions';
import { WatchLoggers } from '../../../src/cold-chain/alarms/watch-loggers';
import {
  alarmsIn,
  matters,
  measure,
  paceOf,
  type Stretch,
  union,
} from '../../../src/cold-chain/excursions/alarm-rules';
import type { TenantRef } from '../../../src/platform/context';
import { addFacility, addStock, write } from '../../harness/clinic';
import { addHub } from '../../harness/hubs';
import { base64, fridgeTag2, fridgeTag2L } from '../../harness/loggers';
import { atFacility, type Caller, country, testService, type TestService } from '../../harness/service';

const EXCURSION = `id facilityId originFacilityId originId side byDevice fromAt toAt minutes furthest limitCelsius storageClass
  version decidedAt partOf lots { lotId doses holdId outcome reason vvmStage discarded }`;
const IMPORT = `mutation ($input: ImportLoggerFileInput!) { importLoggerFile(input: $input) { __typename
  ... on LoggerFileImport { repeated newReadings openedExcursionIds file { id sha256 bytes readings days } }
  ... on LoggerFileBroken { line fault message } ... on LoggerUnknown { model serial }
  ... on LoggerDiffers { registeredModel statedModel } } }`;
const RECORD = `mutation ($input: RecordTemperaturesInput!) { recordTemperatures(input: $input) {
  openedExcursionIds readings { outcome fault message } } }`;
const DECIDE = `mutation ($input: DecideExcursionInput!) { decideExcursion(input: $input) { __typename
  ... on Excursion { ${EXCURSION} } ... on ExcursionChanged { version } ... on ExcursionStockSetAside { shipmentIds }
  ... on ExcursionStockOnTheWay { shipmentIds }
  ... on ExcursionDecisionUnfit { lots { lotId fault } } ... on Refusal { message } } }`;

/** A place that keeps vaccines in a refrigerator with a logger in it. */
interface Store {
  facilityId: string;
  loggerId: string;
  serial: string;
}

describe('the cold chain', () => {
  let service: TestService;
  let tenant: TenantRef;
  let keeper: Caller;
  let officer: Caller;
  const today = () => civilDayOf(new Date(), tenant.timeZone);
  const ago = (days: number) => addTo(today(), { months: 0, days: -days });

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    keeper = { tenant: 'aa', token: await service.tokenFor(tenant, [country('store-keeper')]) };
    officer = { tenant: 'aa', token: await service.tokenFor(tenant, [country('cold-chain-officer')]) };
  }, 120_000);
  afterAll(() => service.stop());

  const ask = async (query: string, variables: object, as = keeper) => {
    const answer = await service.graphql(query, { ...variables }, as);
    expect(answer.errors).toBeUndefined();
    return Object.values(answer.data)[0] as any; // oxlint-disable-line no-explicit-any -- any operation's
  };
  const register = (input: object) =>
    ask(
      `mutation ($input: RegisterColdEquipmentInput!) { registerColdEquipment(input: $input) { __typename
        ... on ColdEquipment { id state capacities { temperature litres } } ... on ColdEquipmentKnown { equipmentId } } }`,
      { input },
    );
  const fridge = (facilityId: string, more: object = {}) => ({
    idempotencyKey: newId(),
    facilityId,
    kind: 'REFRIGERATOR',
    pqsCode: 'E003/030',
    manufacturer: 'Maker',
    model: 'M-1',
    serial: newId(),
    capacities: [{ temperature: 'CHILLED', litres: 99.5 }],
    ...more,
  });
  const store = async ({ model = 'Fridge-tag 2 L', intervalMinutes = 10 } = {}): Promise<Store> => {
    const { id: facilityId } = await addFacility(service, tenant);
    const { id: equipmentId } = await register(fridge(facilityId));
    const serial = newId();
    const { id: loggerId } = await ask(
      `mutation ($input: RegisterTemperatureLoggerInput!) { registerTemperatureLogger(input: $input) {
        ... on TemperatureLogger { id } } }`,
      {
        input: {
          idempotencyKey: newId(),
          facilityId,
          equipmentId,
          temperature: 'CHILLED',
          model,
          serial,
          intervalMinutes,
        },
      },
    );
    return { facilityId, loggerId, serial };
  };
  const stockAt = (facilityId: string, doses = 50, product = 'penta-10') =>
    addStock(service, tenant, { facilityId, product, doses, expiresOn: addTo(today(), '1 year') });
  const bring = ({ facilityId }: Store, text: string, as = keeper) =>
    ask(IMPORT, { input: { facilityId, content: base64(text) } }, as);
  const excursionsAt = async (facilityId: string) =>
    (
      await ask(
        `query ($facilityId: ID!) { excursions(facilityId: $facilityId, first: 50) { items { ${EXCURSION} } } }`,
        { facilityId },
      )
    ).items;
  const decide = (
    excursion: { id: string; facilityId: string; version: number },
    lots: object[],
    as = officer,
  ) =>
    ask(
      DECIDE,
      {
        input: {
          idempotencyKey: newId(),
          facilityId: excursion.facilityId,
          excursionId: excursion.id,
          version: excursion.version,
          lots,
        },
      },
      as,
    );
  /** A member of staff with one role, at a facility or in the whole country; her address. */
  const staffAt = async ({ facilityId, role }: { facilityId?: string; role: string }) => {
    const [id, email] = [newId(), `${newId()}@staff.example`];
    await write(
      service,
      tenant,
      `INSERT INTO staff_account (id, email, name, state, created_at) VALUES ($1, $2, 'Staff', 'ACTIVE', now())`,
      [id, email],
    );
    await write(
      service,
      tenant,
      `INSERT INTO role_grant (id, staff_id, role, reach_kind, reach_id, granted_at) VALUES ($1, $2, $3, $4, $5, now())`,
      [newId(), id, role, facilityId ? 'facility' : 'country', facilityId ?? null],
    );
    return email;
  };
  /** What an address was written, in order. */
  const messagesTo = async (email: string) =>
    (
      await write<{ text: string }>(
        service,
        tenant,
        `SELECT text FROM sandbox_message WHERE receiver = $1 ORDER BY id`,
        [email],
      )
    ).map(({ text }) => text);
  const onHand = async (facilityId: string, lotId: string) =>
    (
      await write<{ doses: number }>(
        service,
        tenant,
        `SELECT doses FROM stock_on_hand WHERE facility_id = $1 AND lot_id = $2`,
        [facilityId, lotId],
      )
    )[0]!.doses;
  const stateOf = async (facilityId: string, lotId: string) =>
    (
      await ask(`query ($facilityId: ID!) { stock(facilityId: $facilityId) { items { lotId state } } }`, {
        facilityId,
      })
    ).items.find((one: { lotId: string }) => one.lotId === lotId)?.state;
  /** Twelve hours at so many °C on a day, with good hours around them. */
  const dayAt = (celsius: number, { serial }: Store, daysAgo: number) =>
    fridgeTag2L({
      serial,
      day: ago(daysAgo),
      celsius: [...Array(4).fill(5), ...Array(24).fill(celsius), ...Array(4).fill(5)],
    });
  const warmDay = (here: Store, daysAgo: number) => dayAt(10, here, daysAgo);
  const coldDay = (here: Store, daysAgo: number) => dayAt(-3, here, daysAgo);
  const lotIdOf = ({ lotId }: { lotId: string }) => lotId;

  describe('equipment', () => {
    it('is registered once, works, and may fail and be repaired', async () => {
      const { id: facilityId } = await addFacility(service, tenant);
      const input = fridge(facilityId);

      const made = await register(input);
      const again = await register(input);
      const same = await register({ ...input, idempotencyKey: newId() });
      const failed = await ask(
        `mutation ($input: ChangeColdEquipmentInput!) { changeColdEquipment(input: $input) { state } }`,
        { input: { facilityId, equipmentId: made.id, state: 'FAILED', remark: 'compressor' } },
      );

      expect(made).toMatchObject({
        state: 'WORKING',
        capacities: [{ temperature: 'CHILLED', litres: 99.5 }],
      });
      expect(again.id).toBe(made.id);
      expect(same).toMatchObject({ __typename: 'ColdEquipmentKnown', equipmentId: made.id });
      expect(failed.state).toBe('FAILED');
    });

    it('is not taken with a catalogue number of another kind', async () => {
      const { id: facilityId } = await addFacility(service, tenant);

      const { errors } = await service.graphql(
        `mutation ($input: RegisterColdEquipmentInput!) { registerColdEquipment(input: $input) { __typename } }`,
        { input: fridge(facilityId, { pqsCode: 'E004/030' }) },
        keeper,
      );

      expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT' });
    });
  });

  describe('a logger’s file', () => {
    it('is kept byte for byte, once', async () => {
      const here = await store();
      const text = fridgeTag2L({ serial: here.serial, day: ago(3), celsius: [4, 5, 6] });

      const first = await bring(here, text);
      const again = await bring(here, text);
      const content = await ask(
        `query ($facilityId: ID!, $fileId: ID!) { loggerFileContent(facilityId: $facilityId, fileId: $fileId) }`,
        { facilityId: here.facilityId, fileId: first.file.id },
      );

      expect(first).toMatchObject({ repeated: false, newReadings: 3, openedExcursionIds: [] });
      expect(first.file.sha256).toBe(createHash('sha256').update(text).digest('hex'));
      expect(again).toMatchObject({ repeated: true, newReadings: 0, file: first.file });
      expect(content).toBe(base64(text));
    });

    it('of a later day adds only what is new', async () => {
      const here = await store();
      await bring(here, fridgeTag2L({ serial: here.serial, day: ago(3), celsius: [4, 5] }));

      const later = await bring(
        here,
        fridgeTag2L({ serial: here.serial, day: ago(3), celsius: [4, 5, 6, 7] }),
      );

      expect(later).toMatchObject({ repeated: false, newReadings: 2 });
    });

    it('that is broken is refused with its line, and nothing of it is taken', async () => {
      const here = await store();
      const text = fridgeTag2L({ serial: here.serial, day: ago(3), celsius: [4, 5] });

      const broken = await bring(here, text.replace('\t5.0', '\twarm'));
      const ahead = await bring(here, fridgeTag2L({ serial: here.serial, day: ago(-5), celsius: [4] }));
      const [{ files, readings }] = (await write<{ files: number; readings: number }>(
        service,
        tenant,
        `SELECT (SELECT count(*)::int FROM temperature_file WHERE facility_id = $1) AS files,
           (SELECT count(*)::int FROM temperature_reading WHERE facility_id = $1) AS readings`,
        [here.facilityId],
      )) as [{ files: number; readings: number }];

      expect(broken).toMatchObject({
        __typename: 'LoggerFileBroken',
        line: text.split('\n').indexOf(`\t${ago(3)} 00:30\t5.0`) + 1,
      });
      expect(ahead).toMatchObject({ __typename: 'LoggerFileBroken' });
      expect({ files, readings }).toEqual({ files: 0, readings: 0 });
    });

    it('of a device that is not registered there, or as another model, says so', async () => {
      const here = await store({ model: 'Fridge-tag 2' });
      const text = (serial: string) => fridgeTag2L({ serial, day: ago(3), celsius: [4] });

      const stranger = await bring(here, text('unheard-of'));
      const other = await bring(here, text(here.serial));

      expect(stranger).toMatchObject({ __typename: 'LoggerUnknown', serial: 'unheard-of' });
      expect(other).toMatchObject({ registeredModel: 'Fridge-tag 2', statedModel: 'Q-tag Fridge-tag 2 L' });
    });

    it.each([
      ['no base64', 'not base64!'],
      ['nothing', ''],
      ['more than two megabytes', Buffer.alloc(2 * 1024 * 1024 + 1).toString('base64')],
    ])('is not %s', async (_what, content) => {
      const { facilityId } = await store();

      const { errors } = await service.graphql(IMPORT, { input: { facilityId, content } }, keeper);

      expect(errors![0]!.extensions.code).toBe('INVALID_INPUT');
    });
  });

  describe('live readings', () => {
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const send = (here: Store, readings: object[]) =>
      ask(RECORD, {
        input: {
          facilityId: here.facilityId,
          readings: readings.map(reading => ({ loggerId: here.loggerId, ...reading })),
        },
      });
    const outcomes = (answer: { readings: { outcome: string; fault: string | null }[] }) =>
      answer.readings.map(({ outcome, fault }) => fault ?? outcome);

    it('are taken once each, and those that cannot be leave the others as they are', async () => {
      const here = await store();
      const [at, later] = [minutesAgo(30), minutesAgo(20)];

      const first = await send(here, [
        { at, celsius: 4.123 },
        { at, celsius: 4.12 },
        { at, celsius: 5 },
        { at: later },
        { at: '2999-01-01T00:00:00Z', celsius: 4 },
        { at: minutesAgo(10), celsius: 400 },
        { loggerId: newId(), at, celsius: 4 },
      ]);
      const again = await send(here, [{ at, celsius: 4.12 }, { at, celsius: 4.2 }, { at: later }]);

      expect(outcomes(first)).toEqual([
        'RECORDED',
        'ALREADY_RECORDED',
        'DIFFERS',
        'RECORDED',
        'CLOCK',
        'CELSIUS',
        'LOGGER',
      ]);
      expect(outcomes(again)).toEqual(['ALREADY_RECORDED', 'DIFFERS', 'ALREADY_RECORDED']);
    });

    it('lead to the same state and the same excursion, in whatever order and batches they come', async () => {
      const [here, there] = [await store(), await store()];
      const lots = [await stockAt(here.facilityId), await stockAt(there.facilityId)];
      const start = Date.now() - 2 * 86_400_000;
      const readings = Array.from({ length: 100 }, (_, index) => ({
        at: new Date(start + index * 600_000).toISOString(),
        celsius: index >= 10 && index < 80 ? 9 + (index % 3) : 5,
      }));

      await send(here, readings);
      // a reordering of its own: every seventh first, then the others backwards, in batches of nine, some of them twice
      const shuffled = [
        ...readings.filter((_, index) => index % 7 === 0),
        ...readings.filter((_, index) => index % 7 > 0).toReversed(),
        ...readings.slice(20, 30),
      ];
      for (let at = 0; at < shuffled.length; at += 9) await send(there, shuffled.slice(at, at + 9));

      const told = [await excursionsAt(here.facilityId), await excursionsAt(there.facilityId)];
      const plain = told.map(list =>
        list.map(({ fromAt, toAt, minutes, furthest, side }: Record<string, unknown>) => ({
          fromAt,
          toAt,
          minutes,
          furthest,
          side,
        })),
      );
      expect(plain[0]).toEqual([
        {
          fromAt: readings[10]!.at,
          toAt: readings[80]!.at,
          minutes: 700,
          furthest: 11,
          side: 'TOO_WARM',
        },
      ]);
      expect(plain[1]).toEqual(plain[0]);
      expect(told.map(([one]) => one.lots.map(({ lotId }: { lotId: string }) => lotId))).toEqual(
        lots.map(lotId => [lotId]),
      );
      const loggers = await Promise.all(
        [here, there].map(({ facilityId }) =>
          ask(
            `query ($facilityId: ID!) { temperatureLoggers(facilityId: $facilityId) { readings lastAt celsius openExcursions status } }`,
            { facilityId },
          ),
        ),
      );
      expect(loggers[0][0]).toMatchObject({ readings: 100, celsius: 5, openExcursions: 1, status: 'SILENT' });
      expect(loggers[1]).toEqual(loggers[0]);
    });

    it('open what the rule says of all of them together, however they are mixed (a failure prints its seed)', async () => {
      // spells of so many hours, warm or not; the alarm needs ten without a break
      const spells = fc.array(fc.record({ warm: fc.boolean(), hours: fc.integer({ min: 1, max: 40 }) }), {
        minLength: 4,
        maxLength: 10,
      });
      const mixed = fc.record({
        spells,
        keys: fc.array(fc.nat(), { minLength: 1 }),
        batch: fc.integer({ min: 5, max: 60 }),
      });

      await fc.assert(
        fc.asyncProperty(mixed, async ({ spells, keys, batch }) => {
          const here = await store({ intervalMinutes: 60 });
          await stockAt(here.facilityId);
          const start = Date.parse(`${ago(30)}T00:00:00Z`);
          const readings = spells
            .flatMap(({ warm, hours }) => Array.from({ length: hours }, () => (warm ? 10 : 5)))
            .map((celsius, hour) => ({ at: new Date(start + hour * 3_600_000).toISOString(), celsius }));
          const order = readings
            .map((reading, index) => ({
              reading,
              key: (keys[index % keys.length]! * 2_654_435_761 + index * 40_503) % 65_536,
            }))
            .sort((one, other) => one.key - other.key)
            .map(({ reading }) => reading);

          for (let at = 0; at < order.length; at += batch) await send(here, order.slice(at, at + batch));

          const rule = { ...defaultAlarmRules[1]!, withinDays: null };
          const samples = readings.map(({ at, celsius }) => ({ minute: Date.parse(at) / 60_000, celsius }));
          const expected = matters(alarmsIn(samples, paceOf(60), [rule])).map(group => {
            const { from, to } = group.reduce<Stretch>(union, group[0]!);
            return {
              fromAt: new Date(from * 60_000).toISOString(),
              toAt: new Date(to * 60_000).toISOString(),
              minutes: measure(samples, paceOf(60), rule, { from, to }).minutes,
            };
          });
          const told = (await excursionsAt(here.facilityId)).filter(
            (one: { partOf: string | null }) => !one.partOf,
          );
          const plain = told
            .map(({ fromAt, toAt, minutes }: Record<string, unknown>) => ({ fromAt, toAt, minutes }))
            .sort((one: { fromAt: string }, other: { fromAt: string }) =>
              one.fromAt < other.fromAt ? -1 : 1,
            );
          expect(plain).toEqual(expected);
          const holds = await write(
            service,
            tenant,
            `SELECT h.id FROM lot_hold h WHERE h.facility_id = $1
               AND NOT EXISTS (SELECT FROM lot_hold_release r WHERE r.lot_id = h.lot_id AND r.hold_id = h.id)`,
            [here.facilityId],
          );
          expect(holds).toHaveLength(expected.length);
        }),
        { numRuns: 12 },
      );
    }, 120_000);

    it('that stop are a gap, never a value', async () => {
      const here = await store();
      const noon = `${ago(2)}T12:00:00.000Z`;
      const at = (minutes: number) => new Date(Date.parse(noon) + minutes * 60_000).toISOString();
      await send(here, [
        { at: at(0), celsius: 4 },
        { at: at(10), celsius: 6 },
        { at: at(120), celsius: 5 },
      ]);

      const history = await ask(
        `query ($input: TemperatureHistoryInput!) { temperatureHistory(input: $input) {
          days { day readings measuredMinutes least most meanKinetic } gaps { from to } } }`,
        { input: { facilityId: here.facilityId, loggerId: here.loggerId, from: ago(2), to: ago(2) } },
      );

      expect(history.days).toMatchObject([{ readings: 3, measuredMinutes: 30, least: 4, most: 6 }]);
      expect(history.days[0].meanKinetic).toBeGreaterThan(5);
      expect(history.gaps).toEqual([
        { from: `${ago(2)}T00:00:00.000Z`, to: noon },
        { from: at(10), to: at(120) },
        { from: at(130), to: `${ago(1)}T00:00:00.000Z` },
      ]);
    });

    it('that stop are an alarm of their own, told once, until they come again', async () => {
      const here = await store();
      const filed = await store(); // what comes by file is not expected to call
      const keeperThere = await staffAt({ facilityId: here.facilityId, role: 'store-keeper' });
      await send(here, [{ at: new Date(Date.now() - 10 * 3_600_000).toISOString(), celsius: 5 }]);
      await bring(filed, fridgeTag2L({ serial: filed.serial, day: ago(3), celsius: [4, 5] }));
      const watch = () => service.app.get(WatchLoggers).run(service.contextOf(tenant));

      await watch();
      await watch();
      await service.carryFacts();
      const stands = await ask(`{ coldChainAlarms { areas { silentLoggers } } }`, {}, officer);
      await send(here, [{ at: new Date().toISOString(), celsius: 5 }]);
      const after = await ask(`{ coldChainAlarms { areas { silentLoggers } } }`, {}, officer);

      const silences = await write(
        service,
        tenant,
        `SELECT facility_id AS "facilityId" FROM logger_silence WHERE facility_id = ANY ($1::uuid[])`,
        [[here.facilityId, filed.facilityId]],
      );
      const silent = ({ areas }: { areas: { silentLoggers: number }[] }) =>
        areas.reduce((sum, { silentLoggers }) => sum + silentLoggers, 0);
      expect(silences).toEqual([{ facilityId: here.facilityId }]);
      expect(await messagesTo(keeperThere)).toEqual([expect.stringContaining(here.serial)]);
      expect(silent(stands) - silent(after)).toBe(1);
    });

    it('are at most a thousand in one call', async () => {
      const here = await store();
      const readings = Array.from({ length: 1_001 }, () => ({
        loggerId: here.loggerId,
        at: minutesAgo(1),
        celsius: 4,
      }));

      const { errors } = await service.graphql(
        RECORD,
        { input: { facilityId: here.facilityId, readings } },
        keeper,
      );

      expect(errors![0]!.extensions.code).toBe('INVALID_INPUT');
    });

    it('are what the state of a logger is rebuilt from', async () => {
      const here = await store();
      await send(here, [
        { at: minutesAgo(30), celsius: 4 },
        { at: minutesAgo(20), celsius: 5 },
        { at: minutesAgo(10) },
      ]);
      const whole = await service.app.get(RebuildTemperatures).run(service.contextOf(tenant));
      await write(
        service,
        tenant,
        `UPDATE temperature_state SET readings = 99, celsius = 77 WHERE logger_id = $1`,
        [here.loggerId],
      );

      const mended = await service.app.get(RebuildTemperatures).run(service.contextOf(tenant));

      const [state] = await write(
        service,
        tenant,
        `SELECT readings::int, celsius::float8 FROM temperature_state WHERE logger_id = $1`,
        [here.loggerId],
      );
      expect(whole).toEqual([]);
      expect(mended).toEqual([{ facilityId: here.facilityId, loggerId: here.loggerId }]);
      expect(state).toEqual({ readings: 3, celsius: 5 });
    });
  });

  describe('an excursion', () => {
    it('holds what was there then, and nothing else', async () => {
      const here = await store();
      const lotId = await stockAt(here.facilityId);
      const elsewhere = await addFacility(service, tenant);
      const other = await stockAt(elsewhere.id);

      const { openedExcursionIds } = await bring(here, warmDay(here, 3));

      const [excursion] = await excursionsAt(here.facilityId);
      expect(openedExcursionIds).toEqual([excursion.id]);
      expect(excursion).toMatchObject({
        side: 'TOO_WARM',
        byDevice: false,
        minutes: 720,
        furthest: 10,
        limitCelsius: 8,
        storageClass: 'usual',
        lots: [{ lotId, doses: 50 }],
      });
      expect(await stateOf(here.facilityId, lotId)).toBe('ON_HOLD');
      expect(await stateOf(elsewhere.id, other)).toBe('AVAILABLE');
    });

    it('of the cold holds what freezing harms and leaves what bears it; one of heat holds both, as one matter', async () => {
      const [frozen, warm] = [await store(), await store()];
      const lotsAt = async ({ facilityId }: Store) => ({
        harmed: await stockAt(facilityId),
        bears: await stockAt(facilityId, 50, 'bcg-20'),
      });
      const [atFrozen, atWarm] = [await lotsAt(frozen), await lotsAt(warm)];

      await bring(frozen, coldDay(frozen, 3));
      await bring(warm, warmDay(warm, 3));

      const [cold, ...others] = await excursionsAt(frozen.facilityId);
      const [heat, ...more] = await excursionsAt(warm.facilityId);
      expect([cold.side, heat.side, others, more]).toEqual(['TOO_COLD', 'TOO_WARM', [], []]);
      expect(cold.lots.map(lotIdOf)).toEqual([atFrozen.harmed]);
      expect(heat.lots.map(lotIdOf).sort()).toEqual([atWarm.harmed, atWarm.bears].sort());
    });

    it('is none where it was too warm for less than it may be, or for as long with a gap in it', async () => {
      const here = await store();
      const celsius = [...Array(19).fill(10), 5, ...Array(19).fill(10), 5];

      const { openedExcursionIds } = await bring(
        here,
        fridgeTag2L({ serial: here.serial, day: ago(3), celsius }),
      );

      expect(openedExcursionIds).toEqual([]);
    });

    it('does not hold what came after it, and tells what is gone without holding it', async () => {
      const here = await store();
      const gone = await stockAt(here.facilityId);
      const later = await stockAt(here.facilityId, 0);
      const day = ago(1);
      await write(
        service,
        tenant,
        `INSERT INTO stock_move (facility_id, id, lot_id, from_account, to_account, doses, reason, day, at)
         VALUES ($1, $2, $3, 'on-hand', 'given', 50, 'given', $5, now()), ($1, $4, $6, 'outside', 'on-hand', 20, 'x', $5, now())`,
        [here.facilityId, newId(), gone, newId(), day, later],
      );
      await write(
        service,
        tenant,
        `UPDATE stock_on_hand SET doses = CASE WHEN lot_id = $2 THEN 0 ELSE 20 END WHERE facility_id = $1`,
        [here.facilityId, gone],
      );
      // as if the first had come long ago
      await write(
        service,
        tenant,
        `UPDATE stock_on_hand SET first_received_on = '2020-01-01' WHERE lot_id = $1`,
        [gone],
      );

      await bring(here, warmDay(here, 3));

      const [excursion] = await excursionsAt(here.facilityId);
      expect(excursion.lots).toEqual([expect.objectContaining({ lotId: gone, doses: 0, holdId: null })]);
      expect(await stateOf(here.facilityId, later)).toBe('AVAILABLE');
    });

    it('is told by a device that keeps days only, from its own alarms', async () => {
      const here = await store({ model: 'Fridge-tag 2' });
      await stockAt(here.facilityId);

      await bring(here, fridgeTag2({ serial: here.serial, day: ago(5), warm: [0, 900, 1440, 30] }));

      const told = await excursionsAt(here.facilityId);
      expect(told).toMatchObject([{ byDevice: true, minutes: 2340, furthest: 12.5, side: 'TOO_WARM' }]);
      expect([told[0].fromAt, told[0].toAt]).toEqual([`${ago(4)}T00:00:00.000Z`, `${ago(2)}T00:00:00.000Z`]);
    });

    it('is decided on by a second person, with a reason that fits', async () => {
      const here = await store();
      const [kept, spoilt] = [await stockAt(here.facilityId), await stockAt(here.facilityId, 30)];
      const both = await service.tokenFor(tenant, [country('store-keeper'), country('cold-chain-officer')]);
      const one = { tenant: 'aa', token: both };
      await bring(here, warmDay(here, 3), one);
      const [excursion] = await excursionsAt(here.facilityId);
      const lots = [
        { lotId: kept, outcome: 'RELEASED', reason: 'VVM_STAGE_USABLE', vvmStage: 2 },
        { lotId: spoilt, outcome: 'DISCARDED', reason: 'VVM_DISCARD_POINT', vvmStage: 3 },
      ];

      const self = await decide(excursion, lots, one);
      const unfit = await decide(excursion, [{ ...lots[0], vvmStage: 3 }, lots[1]!]);
      const stale = await decide({ ...excursion, version: 99 }, lots);
      const decided = await decide(excursion, lots);

      expect(self.__typename).toBe('ExcursionNeedsSecondPerson');
      expect(unfit).toMatchObject({ lots: [{ lotId: kept, fault: 'VVM_DISCARD_POINT' }] });
      expect(stale).toMatchObject({ __typename: 'ExcursionChanged', version: excursion.version });
      expect(decided.decidedAt).not.toBeNull();
      expect(decided.lots).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ lotId: kept, outcome: 'RELEASED', vvmStage: 2 }),
          expect.objectContaining({ lotId: spoilt, outcome: 'DISCARDED', discarded: 30 }),
        ]),
      );
      expect([await onHand(here.facilityId, kept), await onHand(here.facilityId, spoilt)]).toEqual([50, 0]);
      expect(await stateOf(here.facilityId, kept)).toBe('AVAILABLE');
      const moves = await write(
        service,
        tenant,
        `SELECT doses, reason, to_account AS "to" FROM stock_move WHERE facility_id = $1 AND reference_id = $2`,
        [here.facilityId, excursion.id],
      );
      expect(moves).toEqual([{ doses: 30, reason: 'VVM_CHANGED', to: 'wasted' }]);
    });

    it('that was decided on is not decided on again; the same key says the same', async () => {
      const here = await store();
      const lotId = await stockAt(here.facilityId);
      await bring(here, warmDay(here, 3));
      const [excursion] = await excursionsAt(here.facilityId);
      const input = {
        idempotencyKey: newId(),
        facilityId: here.facilityId,
        excursionId: excursion.id,
        version: excursion.version,
        lots: [{ lotId, outcome: 'RELEASED', reason: 'WITHIN_STABILITY' }],
      };

      const first = await ask(DECIDE, { input }, officer);
      const again = await ask(DECIDE, { input }, officer);
      const { errors } = await service.graphql(
        DECIDE,
        { input: { ...input, idempotencyKey: newId() } },
        officer,
      );

      expect(again).toEqual(first);
      expect(errors![0]!.extensions.code).toBe('STATE_FORBIDS');
    });

    it('is a new one when it goes on after it was decided on', async () => {
      const here = await store();
      const lotId = await stockAt(here.facilityId);
      await bring(here, warmDay(here, 3));
      const [first] = await excursionsAt(here.facilityId);
      await decide(first, [{ lotId, outcome: 'RELEASED', reason: 'WITHIN_STABILITY' }]);
      const longer = [
        ...Array(4).fill(5),
        ...Array(24).fill(10),
        ...Array(4).fill(5),
        ...Array(30).fill(11),
        5,
      ];

      await bring(here, fridgeTag2L({ serial: here.serial, day: ago(3), celsius: longer }));

      const [next, ...before] = await excursionsAt(here.facilityId);
      expect(before.map(({ id }: { id: string }) => id)).toEqual([first.id]);
      expect(next).toMatchObject({ minutes: 900, furthest: 11, decidedAt: null, lots: [{ lotId }] });
      expect(await stateOf(here.facilityId, lotId)).toBe('ON_HOLD');
    });

    it('follows stock that has gone on before it was known, place by place', async () => {
      const here = await store();
      const [next, last] = [await addFacility(service, tenant), await addFacility(service, tenant)];
      const lotId = await stockAt(here.facilityId);
      const send = async (from: string, to: string, doses: number) => {
        const shipment = await ask(
          `mutation ($input: AllocateStockInput!) { allocateStock(input: $input) { ... on StockShipment { id } } }`,
          {
            input: {
              idempotencyKey: newId(),
              facilityId: from,
              toFacilityId: to,
              products: [{ productCode: 'penta-10', doses }],
            },
          },
        );
        const input = { facilityId: from, shipmentId: shipment.id };
        await ask(`mutation ($input: ShipmentInput!) { despatchStock(input: $input) { __typename } }`, {
          input,
        });
        await ask(
          `mutation ($input: ReceiveShipmentInput!) { receiveShipment(input: $input) { __typename } }`,
          {
            input: { ...input, lines: [{ lotId, accepted: doses }] },
          },
        );
      };
      await send(here.facilityId, next.id, 20);
      await send(next.id, last.id, 5);

      await bring(here, warmDay(here, 3));
      await service.carryFacts();
      await service.carryFacts(); // facts of facts

      const [first] = await excursionsAt(here.facilityId);
      const [second] = await excursionsAt(next.id);
      const [third] = await excursionsAt(last.id);
      const origin = { originFacilityId: here.facilityId, originId: first.id, minutes: 720 };
      expect(second).toMatchObject({ ...origin, lots: [{ lotId, doses: 15 }] });
      expect(third).toMatchObject({ ...origin, lots: [{ lotId, doses: 5 }] });
      expect(await stateOf(last.id, lotId)).toBe('ON_HOLD');
      const decided = await decide(third, [{ lotId, outcome: 'DISCARDED', reason: 'HEAT_EXPOSED' }]);
      expect(decided.lots).toMatchObject([{ discarded: 5 }]);
      expect([await onHand(last.id, lotId), await onHand(next.id, lotId)]).toEqual([0, 15]);
    });

    it('does not discard what is set aside for a shipment', async () => {
      const here = await store();
      const elsewhere = await addFacility(service, tenant);
      const lotId = await stockAt(here.facilityId);
      const shipment = await ask(
        `mutation ($input: AllocateStockInput!) { allocateStock(input: $input) { ... on StockShipment { id } } }`,
        {
          input: {
            idempotencyKey: newId(),
            facilityId: here.facilityId,
            toFacilityId: elsewhere.id,
            products: [{ productCode: 'penta-10', doses: 50 }],
          },
        },
      );
      await bring(here, warmDay(here, 3));
      const [excursion] = await excursionsAt(here.facilityId);
      const lots = [{ lotId, outcome: 'DISCARDED', reason: 'HEAT_EXPOSED' }];
      const input = { facilityId: here.facilityId, shipmentId: shipment.id };

      const refused = await decide(excursion, lots);
      const despatched = await ask(
        `mutation ($input: ShipmentInput!) { despatchStock(input: $input) { __typename } }`,
        { input },
      );
      await ask(`mutation ($input: ShipmentInput!) { cancelShipment(input: $input) { state } }`, { input });
      const decided = await decide(excursion, lots);

      expect(refused).toMatchObject({ __typename: 'ExcursionStockSetAside', shipmentIds: [shipment.id] });
      expect(despatched.__typename).toBe('LotOnHold');
      expect(decided.lots).toMatchObject([{ doses: 0, discarded: 50 }]);
    });

    describe('in a cold box on the road', () => {
      let hubId: string;
      const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
      const named = ({ id }: { id: string }, facilityId: string) => ({ facilityId, shipmentId: id });

      beforeAll(async () => {
        hubId = await addHub(service, tenant);
      });

      /** A cold box of another facility, whose label is scanned. */
      const coldBox = async () => {
        const owner = await store({ intervalMinutes: 60 });
        const [{ equipmentId }] = (await write<{ equipmentId: string }>(
          service,
          tenant,
          `SELECT equipment_id AS "equipmentId" FROM temperature_logger WHERE facility_id = $1`,
          [owner.facilityId],
        )) as [{ equipmentId: string }];
        const unit = `COLD-${newId().slice(-12)}`.toUpperCase();
        await ask(
          `mutation ($input: LabelColdEquipmentInput!) { labelColdEquipment(input: $input) { unitId } }`,
          {
            input: { unit, facilityId: owner.facilityId, equipmentId },
          },
        );
        return { ...owner, unit };
      };
      /** Stock that left yesterday in a box of its own. */
      const sent = async (product = 'penta-10', into: string | null = null) => {
        const [from, to] = [await addFacility(service, tenant), await addFacility(service, tenant)];
        const lotId = await stockAt(from.id, 50, product);
        const shipment = await ask(
          `mutation ($input: AllocateStockInput!) { allocateStock(input: $input) { ... on StockShipment { id } } }`,
          {
            input: {
              idempotencyKey: newId(),
              facilityId: from.id,
              toFacilityId: to.id,
              products: [{ productCode: product, doses: 20 }],
            },
          },
        );
        const unit = `BOX-${newId().slice(-12)}`.toUpperCase();
        await ask(`mutation ($input: PackShipmentInput!) { packShipment(input: $input) { __typename } }`, {
          input: { ...named(shipment, from.id), boxes: [{ unit, into }] },
        });
        await ask(`mutation ($input: ShipmentInput!) { despatchStock(input: $input) { __typename } }`, {
          input: named(shipment, from.id),
        });
        await write(
          service,
          tenant,
          `UPDATE stock_shipment SET allocated_at = allocated_at - interval '1 day' WHERE id = $1`,
          [shipment.id],
        );
        return { shipment, from: from.id, to: to.id, lotId, unit };
      };
      const scan = (step: string, unit: string, container: string | null, hours: number) =>
        ask(`mutation ($input: CaptureScansInput!) { captureScans(input: $input) { scans { outcome } } }`, {
          input: {
            deviceId: 'device-0001',
            deviceTime: new Date().toISOString(),
            scans: [{ clientId: newId(), at: hoursAgo(hours), step, hubId, units: [unit], container }],
          },
        });
      /** So many degrees from thirteen hours ago to two. */
      const outside = async (box: Store, celsius: number) => {
        const readings = Array.from({ length: 14 }, (_, hour) => ({
          loggerId: box.loggerId,
          at: hoursAgo(14 - hour),
          celsius: hour > 0 && hour < 13 ? celsius : 5,
        }));
        await ask(RECORD, { input: { facilityId: box.facilityId, readings } });
        await service.carryFacts();
      };
      const receive = ({ shipment, from, lotId }: Awaited<ReturnType<typeof sent>>) =>
        ask(`mutation ($input: ReceiveShipmentInput!) { receiveShipment(input: $input) { __typename } }`, {
          input: { ...named(shipment, from), lines: [{ lotId, accepted: 20 }] },
        });

      it('holds the doses that were in it where they are going, until it is decided on there', async () => {
        const [box, inside, before] = [await coldBox(), await sent(), await sent()];
        await scan('PACKED', before.unit, box.unit, 20);
        await scan('UNPACKED', before.unit, box.unit, 15);
        await scan('PACKED', inside.unit, box.unit, 14.5);

        await outside(box, 12);
        const [measured] = await excursionsAt(box.facilityId);
        const [excursion] = await excursionsAt(inside.to);
        const lots = [{ lotId: inside.lotId, outcome: 'DISCARDED', reason: 'HEAT_EXPOSED' }];
        const early = await decide(excursion, lots);
        await receive(inside);
        const state = await stateOf(inside.to, inside.lotId);
        const decided = await decide(excursion, lots);

        expect(excursion).toMatchObject({
          originFacilityId: box.facilityId,
          originId: measured.id,
          lots: [{ lotId: inside.lotId, doses: 20 }],
        });
        expect(early).toMatchObject({
          __typename: 'ExcursionStockOnTheWay',
          shipmentIds: [inside.shipment.id],
        });
        expect(state).toBe('ON_HOLD');
        expect(decided.lots).toMatchObject([{ outcome: 'DISCARDED', discarded: 20 }]);
        expect(await onHand(inside.to, inside.lotId)).toBe(0);
        expect(await excursionsAt(before.to)).toEqual([]);
      });

      it('is known of doses whose box was scanned by a device that came back later, once', async () => {
        const [box, inside] = [await coldBox(), await sent()];
        await outside(box, 12);
        const atFirst = await excursionsAt(inside.to);
        await scan('PACKED', inside.unit, box.unit, 14.5);
        const follow = service.app.get(FollowExcursions);

        await follow.again(service.contextOf(tenant));
        await follow.again(service.contextOf(tenant));

        const found = await excursionsAt(inside.to);
        expect(atFirst).toEqual([]);
        expect(found.map(({ version }: { version: number }) => version)).toEqual([1]);
      });

      it('holds doses whose box nobody scanned where whoever packed it said, until a scan says otherwise', async () => {
        const box = await coldBox();
        const [silent, outAgain, elsewhere] = [
          await sent('penta-10', box.unit),
          await sent('penta-10', box.unit),
          await sent('penta-10', (await coldBox()).unit),
        ];
        await scan('ARRIVED', outAgain.unit, null, 14.5);

        await outside(box, 12);

        expect(await excursionsAt(silent.to)).toMatchObject([{ lots: [{ lotId: silent.lotId, doses: 20 }] }]);
        expect(await excursionsAt(outAgain.to)).toEqual([]);
        expect(await excursionsAt(elsewhere.to)).toEqual([]);
      });

      it('leaves doses alone that bear it', async () => {
        const [box, harmed, bears] = [await coldBox(), await sent(), await sent('bcg-20')];
        await scan('PACKED', harmed.unit, box.unit, 14.5);
        await scan('PACKED', bears.unit, box.unit, 14.5);

        await outside(box, -3);

        expect(await excursionsAt(harmed.to)).toHaveLength(1);
        expect(await excursionsAt(bears.to)).toEqual([]);
      });
    });

    it('is told to those who answer for the place and to nobody else, as is what is decided', async () => {
      const here = await store();
      await stockAt(here.facilityId);
      const elsewhere = await addFacility(service, tenant);
      const near = await staffAt({ facilityId: here.facilityId, role: 'store-keeper' });
      const decider = await staffAt({ role: 'cold-chain-officer' });
      const far = await staffAt({ facilityId: elsewhere.id, role: 'store-keeper' });
      const nurse = await staffAt({ facilityId: here.facilityId, role: 'vaccinator' });

      await bring(here, warmDay(here, 3));
      await service.carryFacts();
      const [excursion] = await excursionsAt(here.facilityId);
      await decide(excursion, [
        { lotId: excursion.lots[0].lotId, outcome: 'DISCARDED', reason: 'HEAT_EXPOSED' },
      ]);
      await service.carryFacts();

      const toNear = await messagesTo(near);
      expect(toNear).toEqual([
        expect.stringMatching(/too warm for 720 minutes \(limit 8 °C\)\. One lot is on hold/),
        expect.stringMatching(/is decided\. Lots released: 0, discarded: 1/),
      ]);
      expect(toNear.every(text => text.includes(excursion.id))).toBe(true);
      expect((await messagesTo(decider)).filter(text => text.includes(excursion.id))).toEqual(toNear);
      expect([await messagesTo(far), await messagesTo(nurse)]).toEqual([[], []]);
    });

    it('tells who plans sessions there, by its facts alone', async () => {
      const here = await store();
      await stockAt(here.facilityId);

      const { openedExcursionIds } = await bring(here, warmDay(here, 3));

      const facts = await write<{ type: string }>(
        service,
        tenant,
        `SELECT type FROM outbox_event WHERE aggregate_id = $1 ORDER BY type`,
        openedExcursionIds,
      );
      expect(facts.map(({ type }) => type)).toEqual([
        'cold-chain.excursion-opened',
        'cold-chain.lots-exposed',
      ]);
    });

    it('is seen by whoever is in charge of the area', async () => {
      const here = await store();
      await bring(here, warmDay(here, 3));
      const [{ area }] = (await write<{ area: string }>(
        service,
        tenant,
        `SELECT area_id AS area FROM facility WHERE id = $1`,
        [here.facilityId],
      )) as [{ area: string }];

      const seen = await ask(
        `query ($areaId: ID!) { undecidedExcursions(areaId: $areaId, first: 100) { items { facilityId } } }`,
        { areaId: area },
        officer,
      );

      expect(seen.items).toContainEqual({ facilityId: here.facilityId });
    });
  });

  it('is the same for a facility’s own staff, at that facility', async () => {
    const here = await store();
    const own = {
      tenant: 'aa',
      token: await service.tokenFor(tenant, [atFacility('facility-admin', here.facilityId)]),
    };

    const brought = await bring(here, fridgeTag2L({ serial: here.serial, day: ago(3), celsius: [4] }), own);

    expect(brought.newReadings).toBe(1);
  });
});
