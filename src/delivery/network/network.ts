import type { CivilDate } from '../../common';
import { compileTimetable, type Timetable, withoutTrips } from '../timetable-rules';
import type { TemperatureClass } from './hub-rules';
import type { CancelledRun, HubRow, LegRow } from './network.store';
import { mondayOf, weeksBetween } from './week-rules';

/** The legs that one class of goods may take, compiled for one week; a leg's number is its place in `legs`. */
export interface Departures {
  timetable: Timetable;
  legs: readonly LegRow[];
}

/** A country's network as it was at one version. */
export class Network {
  readonly hubs: ReadonlyMap<string, HubRow>;
  private readonly numbers: readonly HubRow[];
  private readonly compiled = new Map<TemperatureClass, Departures>();
  private readonly ofWeek = new Map<string, Departures>();

  constructor(
    readonly version: number,
    hubs: readonly HubRow[],
    private readonly legs: readonly LegRow[],
    private readonly cancelled: readonly CancelledRun[],
  ) {
    this.hubs = new Map(hubs.map(hub => [hub.id, hub]));
    this.numbers = hubs;
  }

  /** The hub that has this number in every timetable of the network. */
  hubAt(number: number): HubRow {
    return this.numbers[number]!;
  }

  /** What things of a class may take; week 0 is that of `monday`. Without runs that are cancelled. */
  departures(temperature: TemperatureClass, monday: CivilDate): Departures {
    const key = `${temperature} ${monday}`;
    const known = this.ofWeek.get(key);
    if (known) return known;
    const { timetable, legs } = this.regular(temperature);
    const places = new Map(legs.map((leg, place) => [leg.id, place]));
    const trips = this.cancelled
      .filter(({ legId, day }) => places.has(legId) && mondayOf(day) >= monday)
      .map(({ legId, day }) => ({ leg: places.get(legId)!, week: weeksBetween(monday, mondayOf(day)) }));
    const made = { timetable: trips.length > 0 ? withoutTrips(timetable, trips) : timetable, legs };
    if (this.ofWeek.size > 20) this.ofWeek.clear();
    this.ofWeek.set(key, made);
    return made;
  }

  /** What things of a class may take in a week in which nothing is cancelled. */
  regular(temperature: TemperatureClass): Departures {
    const known = this.compiled.get(temperature);
    if (known) return known;
    const legs = this.legs.filter(leg => leg.temperature === temperature);
    const timetable = compileTimetable(
      this.numbers.map(({ id, handlingMinutes }) => ({ id, handlingMinutes })),
      legs.map(leg => ({ from: leg.fromHubId, to: leg.toHubId, departs: leg.departs, minutes: leg.minutes })),
    );
    this.compiled.set(temperature, { timetable, legs });
    return { timetable, legs };
  }
}
