import { earliestArrivals } from './routing-rules';
import {
  numbersBelow,
  type Timetable,
  type Trip,
  WEEK,
  type WeekOfEvents,
  withoutTrips,
} from './timetable-rules';

/** The entry of a pair that no way joins within 45 days. */
export const TOO_LONG = 2 ** 16 - 1;

/** How long everything takes from everywhere to everywhere, that is ready at one minute. */
export interface RouteTable {
  ready: number;
  /** Minutes from "ready" to arrival, at `destination × hubs + origin`; TOO_LONG where there is no way. */
  minutes: Uint16Array;
}

/** Origins that travel together: the bits of so many words. More overflow the processor's cache, fewer repeat the sweep. */
const WORDS = 32;

/**
 * The whole network's earliest arrivals at once. All origins travel together, as a set of bits: at a leg's cut-off
 * (departure less handling) it takes on every origin whose thing is there, at its arrival it hands them over, and
 * whoever comes to a hub for the first time has the earliest arrival there. The same answers as a connection scan from
 * each hub, for a fraction of the work.
 */
export function routeTable(timetable: Timetable, ready: number): RouteTable {
  const hubs = timetable.handling.length;
  const table = { ready, minutes: new Uint16Array(hubs * hubs).fill(TOO_LONG) };
  fill(timetable, table, numbersBelow(hubs), new Uint8Array(hubs).fill(1));
  return table;
}

/** What a cancelled run changes: the timetable and table without it, and the pairs that were looked at again. */
export interface Replanned {
  timetable: Timetable;
  table: RouteTable;
  origins: Int32Array;
  destinations: Int32Array;
}

/**
 * The table without one run, from the table with it. Only these pairs can change: origins whose thing is in time for
 * the run and does not reach its end before it, and destinations that are reached later from where the run departs.
 * The given table remains as it was.
 */
export function replan(before: Timetable, table: RouteTable, trip: Trip): Replanned {
  const place = before.given.indexOf(trip.leg);
  const [start, end] = [before.from[place]!, before.to[place]!];
  const cutOff = trip.week * WEEK + before.departs[place]! - before.handling[start]!;
  const arrival = trip.week * WEEK + before.arrives[place]!;
  const hubs = before.handling.length;
  const timetable = withoutTrips(before, [trip]);
  const all = numbersBelow(hubs);
  const minutesTo = (hub: number, origin: number) => table.minutes[hub * hubs + origin]!;
  const origins = all.filter(
    origin =>
      table.ready + minutesTo(start, origin) <= cutOff && table.ready + minutesTo(end, origin) === arrival,
  );
  if (origins.length === 0) return { timetable, table, origins, destinations: origins };
  const [was, is] = [before, timetable].map(one => earliestArrivals(one, start, cutOff).arrives);
  const destinations = all.filter(hub => was![hub] !== is![hub]);
  const wanted = new Uint8Array(hubs);
  const minutes = table.minutes.slice();
  for (const destination of destinations) {
    wanted[destination] = 1;
    for (const origin of origins) minutes[destination * hubs + origin] = TOO_LONG;
  }
  const after = { ready: table.ready, minutes };
  fill(timetable, after, origins, wanted);
  return { timetable, table: after, origins, destinations };
}

function fill(timetable: Timetable, table: RouteTable, origins: Int32Array, wanted: Uint8Array): void {
  for (let first = 0; first < origins.length; first += WORDS * 32) {
    const together = origins.subarray(first, first + WORDS * 32);
    sweep(timetable, onlyUseful(timetable, together, wanted), table, together);
  }
}

/** Without the legs out of dead ends that nobody here starts from, and into those that nobody here asks for. */
function onlyUseful(
  { from, to, isDeadEnd, events: { leg, minute, offset, isArrival, overlap } }: Timetable,
  origins: Int32Array,
  wanted: Uint8Array,
): WeekOfEvents {
  const starts = new Uint8Array(isDeadEnd.length);
  for (const origin of origins) starts[origin] = 1;
  const kept = numbersBelow(leg.length).filter(event => {
    const [start, end] = [from[leg[event]!]!, to[leg[event]!]!];
    return (!isDeadEnd[start] || starts[start]) && (!isDeadEnd[end] || wanted[end]);
  });
  return {
    minute: kept.map(event => minute[event]!),
    leg: kept.map(event => leg[event]!),
    offset: kept.map(event => offset[event]!),
    isArrival: kept.map(event => isArrival[event]!),
    overlap,
  };
}

function sweep(
  { handling, from, to, cancelled, departs, regularFrom }: Timetable,
  { minute, leg: legOf, offset, isArrival, overlap }: WeekOfEvents,
  { ready, minutes }: RouteTable,
  origins: Int32Array,
): void {
  const hubs = handling.length;
  const legs = departs.length;
  const there = new Int32Array(hubs * WORDS);
  const carried = new Int32Array(legs * overlap * WORDS);
  const missing = new Int32Array(hubs).fill(origins.length);
  const arrive = (hub: number, word: number, bits: number, elapsed: number) => {
    there[hub * WORDS + word]! |= bits;
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      minutes[hub * hubs + origins[word * 32 + 31 - Math.clz32(rest & -rest)]!] = elapsed;
      missing[hub]!--;
    }
  };
  origins.forEach((origin, at) => arrive(origin, at >> 5, 1 << (at & 31), 0));

  let quiet = 0; // weeks of the regular timetable in which nobody came anywhere
  for (let week = Math.floor(ready / WEEK); quiet < overlap + 2; week++) {
    quiet = week * WEEK < regularFrom ? 0 : quiet + 1;
    for (let event = 0; event < minute.length; event++) {
      const leg = legOf[event]!;
      const end = to[leg]!;
      if (missing[end] === 0) continue;
      const elapsed = week * WEEK + minute[event]! - ready;
      if (elapsed >= TOO_LONG) return;
      const departed = week - offset[event]!;
      if (elapsed < 0 || departed < 0) continue;
      const load = ((departed % overlap) * legs + leg) * WORDS;
      if (isArrival[event]) {
        const base = end * WORDS;
        for (let word = 0; word < WORDS; word++) {
          const newcomers = carried[load + word]! & ~there[base + word]!;
          if (newcomers === 0) continue;
          arrive(end, word, newcomers, elapsed);
          quiet = 0;
        }
      } else {
        const base = from[leg]! * WORDS;
        const runs = cancelled.size === 0 || !cancelled.has(departed * legs + leg);
        for (let word = 0; word < WORDS; word++) carried[load + word] = runs ? there[base + word]! : 0;
      }
    }
  }
}
