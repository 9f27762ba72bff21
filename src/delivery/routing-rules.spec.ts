import fc from 'fast-check';
import { arrivalsByPatience, timetableOf, tripsOf } from './routing.fixture';
import { replan, routeTable, TOO_LONG } from './route-table-rules';
import { earliestArrivals, NEVER, route } from './routing-rules';
import { compileTimetable, WEEK, withoutTrips } from './timetable-rules';

/** A made-up network with all that makes routing hard: dead ends, overtaking, legs over the end of the week, islands. */
const networks = fc.integer({ min: 2, max: 7 }).chain(size => {
  const ids = Array.from({ length: size }, (_, number) => `hub-${number}`);
  const hub = fc.constantFrom(...ids);
  return fc.record({
    hubs: fc.tuple(
      ...ids.map(id =>
        fc.record({ id: fc.constant(id), handlingMinutes: fc.constantFrom(0, 1, 30, 600, WEEK) }),
      ),
    ),
    legs: fc
      .array(
        fc.record({
          from: hub,
          to: hub,
          departs: fc.constantFrom(0, 1, 400, 401, 5000, WEEK - 1),
          minutes: fc.constantFrom(1, 2, 399, 3000, WEEK, 2 * WEEK + 5),
        }),
        { maxLength: 12 },
      )
      .map(legs => legs.filter(leg => leg.from !== leg.to)),
    ready: fc.constantFrom(0, 1, 371, 5000, WEEK - 1, WEEK + 40),
    cancelled: fc.array(fc.record({ leg: fc.nat(11), week: fc.nat(3) }), { maxLength: 4 }),
  });
});

const depot = { id: 'depot', handlingMinutes: 60 };
const clinic = { id: 'clinic', handlingMinutes: 0 };
const daily = { from: 'depot', to: 'clinic', departs: 600, minutes: 90 };

describe('A route', () => {
  test('takes the first departure that leaves time for handling', () => {
    const timetable = compileTimetable([depot, clinic], [daily, { ...daily, departs: 540 }]);

    expect(route(timetable, 0, 1, 480)).toEqual({ arrives: 630, trips: [{ leg: 1, week: 0 }] });
    expect(route(timetable, 0, 1, 481)).toEqual({ arrives: 690, trips: [{ leg: 0, week: 0 }] });
    expect(route(timetable, 0, 1, 541)).toEqual({ arrives: WEEK + 630, trips: [{ leg: 1, week: 1 }] });
  });

  test('leads nowhere where nothing goes, and is done where the thing already is', () => {
    const timetable = compileTimetable([depot, clinic], [daily]);

    expect(route(timetable, 1, 0, 0)).toBeNull();
    expect(route(timetable, 1, 1, 77)).toEqual({ arrives: 77, trips: [] });
  });

  test('waits a week when this week’s run is cancelled', () => {
    const timetable = withoutTrips(compileTimetable([depot, clinic], [daily]), [{ leg: 0, week: 0 }]);

    expect(route(timetable, 0, 1, 0)?.trips).toEqual([{ leg: 0, week: 1 }]);
  });

  test('is the earliest of any network, and each of its runs can be caught', () => {
    fc.assert(
      fc.property(networks, network => {
        const timetable = withoutTrips(timetableOf(network), tripsOf(network));
        const expected = arrivalsByPatience(network, 0);
        const reach = earliestArrivals(timetable, 0, network.ready);
        expect([...reach.arrives].map(minute => (minute === NEVER ? Infinity : minute))).toEqual(expected);
        for (const [destination, minute] of expected.entries()) {
          const way = route(timetable, 0, destination, network.ready);
          expect(way?.arrives ?? Infinity).toBe(minute);
          let [hub, since] = [network.hubs[0]!, network.ready];
          for (const trip of way?.trips ?? []) {
            const leg = network.legs[trip.leg]!;
            expect(leg.from).toBe(hub.id);
            expect(trip.week * WEEK + leg.departs).toBeGreaterThanOrEqual(since + hub.handlingMinutes);
            since = trip.week * WEEK + leg.departs + leg.minutes;
            hub = network.hubs.find(one => one.id === leg.to)!;
          }
          expect([hub, since]).toEqual(
            way ? [network.hubs[destination], minute] : [network.hubs[0], network.ready],
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('The table of all routes', () => {
  test('says for each pair what a route of its own says', () => {
    fc.assert(
      fc.property(networks, network => {
        const timetable = withoutTrips(timetableOf(network), tripsOf(network));
        const { minutes } = routeTable(timetable, network.ready);
        expect([...minutes]).toEqual(elapsedByPatience(network));
      }),
      { numRuns: 500 },
    );
  });

  test('after a cancelled run is the table made anew without it', () => {
    fc.assert(
      fc.property(networks, network => {
        const first = timetableOf(network);
        const start = { timetable: first, table: routeTable(first, network.ready) };
        const { table } = tripsOf(network).reduce(
          (now, trip) => replan(now.timetable, now.table, trip),
          start,
        );
        expect([...table.minutes]).toEqual(elapsedByPatience(network));
      }),
      { numRuns: 500 },
    );
  });
});

describe('A timetable', () => {
  test.each([
    ['an unknown hub', [depot, clinic], [{ ...daily, to: 'nowhere' }]],
    ['a leg that goes nowhere', [depot, clinic], [{ ...daily, to: 'depot' }]],
    ['a departure after the week', [depot, clinic], [{ ...daily, departs: WEEK }]],
    ['a journey of no time', [depot, clinic], [{ ...daily, minutes: 0 }]],
    ['half a minute of handling', [depot, { ...clinic, handlingMinutes: 0.5 }], [daily]],
    ['two hubs of one id', [depot, depot], []],
  ])('with %s is refused', (_, hubs, legs) => {
    expect(() => compileTimetable(hubs, legs)).toThrow(RangeError);
  });

  test('cannot lose a run that it does not have', () => {
    expect(() => withoutTrips(compileTimetable([depot], []), [{ leg: 0, week: 0 }])).toThrow(RangeError);
  });
});

function elapsedByPatience(network: Parameters<typeof arrivalsByPatience>[0]): number[] {
  const from = network.hubs.map((_, origin) => arrivalsByPatience(network, origin));
  return network.hubs.flatMap((_, destination) =>
    network.hubs.map((__, origin) => Math.min(TOO_LONG, from[origin]![destination]! - network.ready)),
  );
}
