import type { CivilDate } from '../../common';
import { compileTimetable, type Timetable, withoutTrips } from '../timetable-rules';
import type { TemperatureClass } from './hub-rules';
import type { CancelledRun, HubRow, LegRow } from './network.store';
import { mondayOf, weeksBetween } from './week-rules';

/** The legs that one class of goods may take, compiled for one week; a leg's number is its place in `legs`. */
export interface Departures {
  timetable: Timetable;
  legs: readonly LegRow[];
  /** The number of each leg, by its id. */
  places: ReadonlyMap<string, number>;
}

/** A country's network as it was at one version. */
export class Network {
  readonly hubs: ReadonlyMap<string, HubRow>;
  private readonly numbers: readonly HubRow[];
  private readonly compiled = new Map<string, Departures>();
  /** What legs carry at most where that is known, kilograms, the least first. */
  private readonly capacities: readonly number[];
  private readonly ofWeek = new Map<string, Departures>();

  constructor(
    readonly version: number,
    hubs: readonly HubRow[],
    private readonly legs: readonly LegRow[],
    private readonly cancelled: readonly CancelledRun[],
  ) {
    this.hubs = new Map(hubs.map(hub => [hub.id, hub]));
    this.numbers = hubs;
    const known = new Set(legs.flatMap(({ capacityKg }) => capacityKg ?? []));
    this.capacities = [...known].sort((one, other) => one - other);
  }

  /** The hub that has this number in every timetable of the network. */
  hubAt(number: number): HubRow {
    return this.numbers[number]!;
  }

  /**
   * What things of a class may take; week 0 is that of `monday`. Without runs that are cancelled, and without legs
   * that cannot carry so many grams at all.
   */
  departures(temperature: TemperatureClass, monday: CivilDate, grams = 0): Departures {
    const key = `${temperature} ${monday} ${this.leastKg(grams)}`;
    const known = this.ofWeek.get(key);
    if (known) return known;
    const { timetable, legs, places } = this.regular(temperature, grams);
    const trips = this.cancelled
      .filter(({ legId, day }) => places.has(legId) && mondayOf(day) >= monday)
      .map(({ legId, day }) => ({ leg: places.get(legId)!, week: weeksBetween(monday, mondayOf(day)) }));
    const made = { timetable: trips.length > 0 ? withoutTrips(timetable, trips) : timetable, legs, places };
    if (this.ofWeek.size > 20) this.ofWeek.clear();
    this.ofWeek.set(key, made);
    return made;
  }

  /** What things of a class may take in a week in which nothing is cancelled. */
  regular(temperature: TemperatureClass, grams = 0): Departures {
    const least = this.leastKg(grams);
    const key = `${temperature} ${least}`;
    const known = this.compiled.get(key);
    if (known) return known;
    const legs = this.legs.filter(
      leg => leg.temperature === temperature && (leg.capacityKg === null || leg.capacityKg >= least),
    );
    const timetable = compileTimetable(
      this.numbers.map(({ id, handlingMinutes }) => ({ id, handlingMinutes })),
      legs.map(leg => ({ from: leg.fromHubId, to: leg.toHubId, departs: leg.departs, minutes: leg.minutes })),
    );
    const made = { timetable, legs, places: new Map(legs.map((leg, place) => [leg.id, place])) };
    this.compiled.set(key, made);
    return made;
  }

  /** The least that any leg carries of those that carry so many grams: of so few classes there are timetables. */
  private leastKg(grams: number): number {
    return this.capacities.find(kilograms => kilograms * 1000 >= grams) ?? Infinity;
  }
}
