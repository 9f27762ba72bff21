import { type Timetable, type Trip, WEEK } from './timetable-rules';

/** The label of a hub that is not reached. */
export const NEVER = 2 ** 31 - 1;

/** When a thing gets where, by the earliest way. */
export interface Reach {
  /** For each hub: minute of arrival, from Monday 00:00 of the week of "ready"; NEVER where no way leads. */
  arrives: Int32Array;
  /** For each hub: the run by which it is reached (week × legs + place in order of departure); -1 for none. */
  by: Int32Array;
}

/** A thing's way: the runs it takes, in order, and the minute it arrives. */
export interface Route {
  trips: Trip[];
  arrives: number;
}

/**
 * Earliest arrivals everywhere, of a thing that is at the hub `origin` from minute `ready` on (0 or later, from Monday
 * 00:00). A leg can be taken if it departs at least the handling time of the hub it leaves after the thing is there;
 * that holds at the origin too.
 */
export function earliestArrivals(timetable: Timetable, origin: number, ready: number): Reach {
  return scan(timetable, timetable.all, origin, ready, -1);
}

/** The earliest way of a thing from hub to hub; null where no way leads. It is there already if they are the same. */
export function route(
  timetable: Timetable,
  origin: number,
  destination: number,
  ready: number,
): Route | null {
  const { arrives, by } = scan(
    timetable,
    between(timetable, origin, destination),
    origin,
    ready,
    destination,
  );
  const minute = arrives[destination]!;
  if (minute === NEVER) return null;
  const legs = timetable.given.length;
  const trips: Trip[] = [];
  for (let run = by[destination]!; run >= 0; run = by[timetable.from[run % legs]!]!)
    trips.push({ leg: timetable.given[run % legs]!, week: Math.floor(run / legs) });
  return { trips: trips.reverse(), arrives: minute };
}

/** The legs that can lie on a best way between two hubs, in order of departure: the trunk and the two's own branches. */
function between({ trunk, branches }: Timetable, origin: number, destination: number): Int32Array {
  const own = new Set([...branches[origin]!, ...branches[destination]!]);
  if (own.size === 0) return trunk;
  const rising = Int32Array.from(own).sort();
  const places = new Int32Array(trunk.length + rising.length);
  for (let place = 0, t = 0, b = 0; place < places.length; place++)
    places[place] = b === rising.length || trunk[t]! < rising[b]! ? trunk[t++]! : rising[b++]!;
  return places;
}

/**
 * Connection scan (Dibbelt, Pajor, Strasser, Wagner, "Intriguingly Simple and Fast Transit Routing", 2013): the legs
 * once in order of departure, week after week, until nothing can be gained. With a destination it stops when that is
 * settled, and only its own label is then final.
 */
function scan(
  timetable: Timetable,
  places: Int32Array,
  origin: number,
  ready: number,
  destination: number,
): Reach {
  const { handling, from, to, departs, arrives, cancelled, regularFrom, longestHandling } = timetable;
  const legs = departs.length;
  const label = new Int32Array(handling.length).fill(NEVER);
  const by = new Int32Array(handling.length).fill(-1);
  label[origin] = ready;
  let latest = ready;
  for (let week = Math.floor(ready / WEEK); ; week++) {
    const monday = week * WEEK;
    if (monday > Math.max(latest, regularFrom) + longestHandling + WEEK) return { arrives: label, by };
    for (let at = 0; at < places.length; at++) {
      const place = places[at]!;
      const departure = monday + departs[place]!;
      if (destination >= 0 && label[destination]! <= departure) return { arrives: label, by };
      const start = from[place]!;
      if (label[start]! > departure - handling[start]!) continue;
      const arrival = monday + arrives[place]!;
      const end = to[place]!;
      if (arrival >= label[end]! || cancelled.has(week * legs + place)) continue;
      label[end] = arrival;
      by[end] = week * legs + place;
      if (arrival > latest) latest = arrival;
    }
  }
}
