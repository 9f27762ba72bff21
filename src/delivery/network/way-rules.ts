import { invalid } from '../../platform/errors';
import { route } from '../routing-rules';
import { withoutTrips } from '../timetable-rules';
import type { Network } from './network';
import type { TemperatureClass } from './hub-rules';
import type { HubRow, LegRow } from './network.store';
import { dayOf, instantOf, momentOf, mondayOf, openFrom, weeksBetween } from './week-rules';

/** The weeks that a timetable is laid over: beyond them a calendar has no week to name. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 9000;

/** One run on the way: a leg on its day. */
export interface WayRun {
  leg: LegRow;
  /** The country's own day of its departure. */
  day: string;
  /** Who is there by then is taken along. */
  cutOffAt: Date;
  departsAt: Date;
  arrivesAt: Date;
}

/** How a thing gets from hub to hub the earliest way. */
export interface Way {
  from: HubRow;
  to: HubRow;
  runs: WayRun[];
  arrivesAt: Date;
  /** When it can be handed out there: handled, and the hub is open. */
  readyAt: Date;
}

/** What is asked: from where, to where, from when on, and how cold. */
export interface WayAsked {
  from: HubRow;
  to: HubRow;
  readyAt: Date;
  temperature: TemperatureClass;
  /** Its weight in grams: a leg that carries less is no way for it. Null: unknown. */
  grams?: number | null;
  /** Departures that it is not to take. */
  without?: readonly { legId: string; day: string }[];
}

const MINUTE_MS = 60_000;

/** The earliest way through the network as it runs, cancelled runs left out; null where none leads. */
export function earliestWay(network: Network, asked: WayAsked, timeZone: string): Way | null {
  const year = asked.readyAt.getUTCFullYear();
  if (year < FIRST_YEAR || year > LAST_YEAR) throw invalid('readyAt', 'validation.isIn');
  const { monday, minute } = momentOf(asked.readyAt, timeZone);
  const {
    timetable: running,
    legs,
    places,
  } = network.departures(asked.temperature, monday, asked.grams ?? 0);
  const left = (asked.without ?? []).filter(({ legId }) => places.has(legId));
  const timetable =
    left.length === 0
      ? running
      : withoutTrips(
          running,
          left.map(({ legId, day }) => ({
            leg: places.get(legId)!,
            week: weeksBetween(monday, mondayOf(day)),
          })),
        );
  const [origin, destination] = [timetable.hubs.get(asked.from.id)!, timetable.hubs.get(asked.to.id)!];
  const found = route(timetable, origin, destination, minute);
  if (!found) return null;
  const at = (minuteThere: number): Date => instantOf({ monday, minute: minuteThere }, timeZone);
  const runs = found.trips.map(({ leg: number, week }) => {
    const leg = legs[number]!;
    const departs = week * 7 * 24 * 60 + leg.departs;
    const departsAt = at(departs);
    const handling = network.hubs.get(leg.fromHubId)!.handlingMinutes;
    return {
      leg,
      day: dayOf({ monday, minute: departs }),
      cutOffAt: new Date(departsAt.getTime() - handling * MINUTE_MS),
      departsAt,
      arrivesAt: at(departs + leg.minutes),
    };
  });
  const ready = openFrom(asked.to, found.arrives + asked.to.handlingMinutes);
  return { from: asked.from, to: asked.to, runs, arrivesAt: at(found.arrives), readyAt: at(ready) };
}
