import fc from 'fast-check';
import { defaultAlarmRules } from '../../../src/codecs/temperature-loggers';
import { newId } from '../../../src/common';
import { RebuildTemperatures } from '../../../src/cold-chain';
import { WatchLoggers } from '../../../src/cold-chain/alarms/watch-loggers';
import {
  alarmsIn,
  matters,
  measure,
  paceOf,
  type Stretch,
  union,
} from '../../../src/cold-chain/excursions/alarm-rules';
import { write } from '../../harness/worlds/clinic';
import { fridgeTag2L } from '../../harness/worlds/loggers';
import { ColdCountry, RECORD, type Store } from './cold-country';

describe('readings that a logger sends', () => {
  const world = new ColdCountry();
  const { store, stockAt, bring, excursionsAt, ask, ago, staffAt, messagesTo } = world;

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
          .sort((one: { fromAt: string }, other: { fromAt: string }) => (one.fromAt < other.fromAt ? -1 : 1));
        expect(plain).toEqual(expected);
        const holds = await write(
          world.service,
          world.tenant,
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
    const keeperThere = await staffAt('store-keeper', here.facilityId);
    await send(here, [{ at: new Date(Date.now() - 10 * 3_600_000).toISOString(), celsius: 5 }]);
    await bring(filed, fridgeTag2L({ serial: filed.serial, day: ago(3), celsius: [4, 5] }));
    const watch = () => world.service.app.get(WatchLoggers).run(world.service.contextOf(world.tenant));

    await watch();
    await watch();
    await world.service.carryFacts();
    const stands = await ask(`{ coldChainAlarms { areas { silentLoggers } } }`, {}, world.officer);
    await send(here, [{ at: new Date().toISOString(), celsius: 5 }]);
    const after = await ask(`{ coldChainAlarms { areas { silentLoggers } } }`, {}, world.officer);

    const silences = await write(
      world.service,
      world.tenant,
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

    const { errors } = await world.service.graphql(
      RECORD,
      { input: { facilityId: here.facilityId, readings } },
      world.keeper,
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
    const whole = await world.service.app.get(RebuildTemperatures).run(world.service.contextOf(world.tenant));
    await write(
      world.service,
      world.tenant,
      `UPDATE temperature_state SET readings = 99, celsius = 77 WHERE logger_id = $1`,
      [here.loggerId],
    );

    const mended = await world.service.app
      .get(RebuildTemperatures)
      .run(world.service.contextOf(world.tenant));

    const [state] = await write(
      world.service,
      world.tenant,
      `SELECT readings::int, celsius::float8 FROM temperature_state WHERE logger_id = $1`,
      [here.loggerId],
    );
    expect(whole).toEqual([]);
    expect(mended).toEqual([{ facilityId: here.facilityId, loggerId: here.loggerId }]);
    expect(state).toEqual({ readings: 3, celsius: 5 });
  });
});
