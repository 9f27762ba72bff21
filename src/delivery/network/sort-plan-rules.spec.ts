import { route } from '../routing-rules';
import { compileTimetable } from '../timetable-rules';
import type { Departures } from './network';
import { cutOffsOf, directionsAt } from './sort-plan-rules';

const HOUR = 60;
const hubs = ['top', 'east', 'west', 'door'].map(id => ({ id, handlingMinutes: 30 }));
const leg = (from: string, to: string, departs: number) => ({ from, to, departs, minutes: 2 * HOUR });
const legs = [
  leg('top', 'east', 6 * HOUR),
  leg('top', 'west', 6 * HOUR),
  leg('top', 'east', 0),
  leg('west', 'door', 12 * HOUR),
];
const departures = {
  timetable: compileTimetable(hubs, legs),
  legs: legs.map(one => ({ ...one, fromHubId: one.from })),
} as unknown as Departures;

describe('the sort plan of a hub', () => {
  it('has a cut-off where the handling of a departure begins, also one of the Sunday before', () => {
    expect(cutOffsOf(departures, 0, 'top')).toEqual([5.5 * HOUR, 7 * 24 * HOUR - 30]);
  });

  it('sends everything that lies behind a hub by the departure to that hub', () => {
    const directions = directionsAt(departures, 0, 5.5 * HOUR);

    expect(directions).toEqual([
      { leg: 0, week: 0, destinations: [1] },
      { leg: 1, week: 0, destinations: [2, 3] },
    ]);
  });

  it('takes the first leg of the earliest way to every hub', () => {
    const cutOff = 3 * HOUR;

    const directions = directionsAt(departures, 0, cutOff);

    const ways = [1, 2, 3].map(to => route(departures.timetable, 0, to, cutOff)!.trips[0]);
    expect([1, 2, 3].map(to => directions.find(({ destinations }) => destinations.includes(to)))).toEqual(
      ways.map(trip => expect.objectContaining(trip)),
    );
  });

  it('says that what has missed the week’s last departure takes the next week’s', () => {
    const directions = directionsAt(departures, 0, 6 * 24 * HOUR);

    expect(directions.map(({ leg: number, week }) => ({ number, week }))).toEqual([
      { number: 2, week: 1 },
      { number: 1, week: 1 },
    ]);
  });
});
