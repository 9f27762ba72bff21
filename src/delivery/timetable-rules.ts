/** Minutes of a week: the timetable repeats after as many. */
export const WEEK = 7 * 24 * 60;

/** A place where things change vehicles. `handlingMinutes`: whole minutes from arrival until a thing can leave again. */
export interface Hub {
  id: string;
  handlingMinutes: number;
}

/**
 * One weekly departure. `departs`: minute of the week, from Monday 00:00; `minutes`: whole minutes under way, at
 * least 1.
 */
export interface Leg {
  from: string;
  to: string;
  departs: number;
  minutes: number;
}

/** 0, 1, 2 … up to the last before `count`. */
export const numbersBelow = (count: number) => new Int32Array(count).map((_, number) => number);

/** One run of a leg: the leg's place in the list given, and the week in which it departs (0 is the week of "ready"). */
export interface Trip {
  leg: number;
  week: number;
}

/** A week's cut-offs and arrivals in order of time; in one minute arrivals come first. */
export interface WeekOfEvents {
  minute: Int32Array;
  /** The leg, by its place in order of departure. */
  leg: Int32Array;
  /** Weeks between the leg's departure and the event: -1 for a cut-off on the Sunday before. */
  offset: Int32Array;
  /** 1 for an arrival, 0 for a cut-off. */
  isArrival: Int32Array;
  /** How many runs of one leg can be under way at the same time. */
  overlap: number;
}

/**
 * A week of departures, compiled once and never changed. Hubs and legs are numbered by their place in the lists given.
 * The legs stand in order of departure in `from`, `to`, `departs` and `arrives` (minutes of the week of departure, so
 * `arrives` may exceed a week); `given` leads from there to the leg's own number.
 */
export interface Timetable {
  hubs: ReadonlyMap<string, number>;
  handling: Int32Array;
  from: Int32Array;
  to: Int32Array;
  departs: Int32Array;
  arrives: Int32Array;
  given: Int32Array;
  /** 1 for a hub with one neighbour only, as most outlets are: nothing passes through it on the way elsewhere. */
  isDeadEnd: Uint8Array;
  /** Places of all legs: in order of departure, as they stand. */
  all: Int32Array;
  /** Places of the legs between hubs that are no dead ends, in order of departure. */
  trunk: Int32Array;
  /** Places of the legs to and from each dead end, in order of departure; none for other hubs. */
  branches: readonly Int32Array[];
  events: WeekOfEvents;
  /** Numbers of runs that will not happen: week × legs + place in order of departure. */
  cancelled: ReadonlySet<number>;
  /** From this minute on every week has the same departures: no run is cancelled later. */
  regularFrom: number;
  longestHandling: number;
}

const wholeBetween = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;

/**
 * Compiles hubs and legs for routing. Things that need another temperature or vehicle have a timetable of their own,
 * made of the legs they may take.
 * @throws RangeError naming the hub or leg (by its place in the list) that is not as described above
 */
export function compileTimetable(hubs: readonly Hub[], legs: readonly Leg[]): Timetable {
  const numbers = new Map(hubs.map((hub, number) => [hub.id, number]));
  if (numbers.size < hubs.length) throw new RangeError('two hubs have the same id');
  const wrongHub = hubs.findIndex(hub => !wholeBetween(hub.handlingMinutes, 0, WEEK));
  if (wrongHub >= 0) throw new RangeError(`hub ${wrongHub}: handlingMinutes`);
  const wrongLeg = legs.findIndex(
    leg =>
      !numbers.has(leg.from) ||
      !numbers.has(leg.to) ||
      leg.from === leg.to ||
      !wholeBetween(leg.departs, 0, WEEK - 1) ||
      !wholeBetween(leg.minutes, 1, 8 * WEEK),
  );
  if (wrongLeg >= 0)
    throw new RangeError(
      `leg ${wrongLeg}: not from one hub to another, or its departure or duration is out of range`,
    );

  const given = numbersBelow(legs.length).sort((a, b) => legs[a]!.departs - legs[b]!.departs || a - b);
  const column = (of: (leg: Leg) => number) => given.map(number => of(legs[number]!));
  const from = column(leg => numbers.get(leg.from)!);
  const to = column(leg => numbers.get(leg.to)!);
  const handling = Int32Array.from(hubs, hub => hub.handlingMinutes);
  const departs = column(leg => leg.departs);
  const arrives = column(leg => leg.departs + leg.minutes);
  return {
    hubs: numbers,
    handling,
    from,
    to,
    departs,
    arrives,
    given,
    all: numbersBelow(legs.length),
    ...trunkAndBranches(hubs.length, from, to),
    events: eventsOf(departs, arrives, from, handling),
    cancelled: new Set(),
    regularFrom: 0,
    longestHandling: hubs.reduce((most, hub) => Math.max(most, hub.handlingMinutes), 0),
  };
}

function trunkAndBranches(hubs: number, from: Int32Array, to: Int32Array) {
  const neighbour = new Int32Array(hubs).fill(-1);
  const isDeadEnd = new Uint8Array(hubs).fill(1);
  const meet = (hub: number, other: number) => {
    if (neighbour[hub] === -1) neighbour[hub] = other;
    else if (neighbour[hub] !== other) isDeadEnd[hub] = 0;
  };
  from.forEach((hub, place) => {
    meet(hub, to[place]!);
    meet(to[place]!, hub);
  });
  const trunk: number[] = [];
  const branches: number[][] = Array.from({ length: hubs }, () => []);
  from.forEach((hub, place) => {
    const ends = [hub, to[place]!].filter(end => isDeadEnd[end]);
    if (ends.length === 0) trunk.push(place);
    for (const end of ends) branches[end]!.push(place);
  });
  return {
    isDeadEnd,
    trunk: Int32Array.from(trunk),
    branches: branches.map(places => Int32Array.from(places)),
  };
}

function eventsOf(
  departs: Int32Array,
  arrives: Int32Array,
  from: Int32Array,
  handling: Int32Array,
): WeekOfEvents {
  const legs = departs.length;
  const at = new Int32Array(2 * legs);
  const inWeek = new Int32Array(2 * legs);
  let longest = 0;
  for (let leg = 0; leg < legs; leg++) {
    at[leg] = arrives[leg]!;
    at[leg + legs] = departs[leg]! - handling[from[leg]!]!;
    longest = Math.max(longest, at[leg]! - at[leg + legs]!);
  }
  for (let event = 0; event < at.length; event++) inWeek[event] = ((at[event]! % WEEK) + WEEK) % WEEK;
  const order = numbersBelow(at.length).sort((a, b) => inWeek[a]! - inWeek[b]! || a - b);
  return {
    minute: order.map(event => inWeek[event]!),
    leg: order.map(event => event % legs),
    offset: order.map(event => Math.floor(at[event]! / WEEK)),
    isArrival: order.map(event => (event < legs ? 1 : 0)),
    overlap: Math.max(1, Math.ceil(longest / WEEK)),
  };
}

/**
 * The same timetable without these runs; the legs run in all other weeks. The old one remains as it was.
 * @throws RangeError for a leg that the timetable does not have
 */
export function withoutTrips(timetable: Timetable, trips: readonly Trip[]): Timetable {
  const legs = timetable.given.length;
  const placeOf = new Map(trips.map(trip => [trip.leg, timetable.given.indexOf(trip.leg)]));
  const cancelled = new Set(timetable.cancelled);
  let regularFrom = timetable.regularFrom;
  for (const { leg, week } of trips) {
    if (placeOf.get(leg)! < 0) throw new RangeError(`leg ${leg} is not in the timetable`);
    cancelled.add(week * legs + placeOf.get(leg)!);
    regularFrom = Math.max(regularFrom, (week + 1) * WEEK);
  }
  return { ...timetable, cancelled, regularFrom };
}
