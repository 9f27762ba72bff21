import { earliestArrivals } from '../routing-rules';
import { WEEK } from '../timetable-rules';
import type { Departures } from './network';

/** Which things take which departure at one cut-off. Hubs are numbers of the timetable; `leg` a place in the departures. */
export interface Direction {
  leg: number;
  /** In which week it departs, counted from that of the cut-off: 1 when it is the next. */
  week: number;
  destinations: number[];
}

/** The minutes of the week by which things must be at a hub to be taken along by one of its departures. */
export function cutOffsOf({ timetable, legs }: Departures, hub: number, hubId: string): number[] {
  const handling = timetable.handling[hub]!;
  const minutes = legs
    .filter(leg => leg.fromHubId === hubId)
    .map(leg => (((leg.departs - handling) % WEEK) + WEEK) % WEEK);
  return [...new Set(minutes)].sort((a, b) => a - b);
}

/**
 * How to sort at a hub for one cut-off: for every hub that can be reached, the first leg of the earliest way there.
 * The directions stand in the order of departure.
 */
export function directionsAt({ timetable }: Departures, hub: number, cutOff: number): Direction[] {
  const { by } = earliestArrivals(timetable, hub, cutOff);
  const legs = timetable.given.length;
  const first = new Map<number, number>();
  const firstRunTo = (destination: number): number => {
    const known = first.get(destination);
    if (known !== undefined) return known;
    const run = by[destination]!;
    const start = run < 0 ? hub : timetable.from[run % legs]!;
    const answer = run < 0 || start === hub ? run : firstRunTo(start);
    first.set(destination, answer);
    return answer;
  };
  const destinations = new Map<number, number[]>();
  for (let destination = 0; destination < by.length; destination++) {
    const run = firstRunTo(destination);
    if (run < 0) continue;
    if (!destinations.has(run)) destinations.set(run, []);
    destinations.get(run)!.push(destination);
  }
  return [...destinations]
    .sort(([a], [b]) => a - b)
    .map(([run, to]) => ({
      leg: timetable.given[run % legs]!,
      week: Math.floor(run / legs),
      destinations: to,
    }));
}
