import { Injectable } from '@nestjs/common';
import { addTo, isSpan } from '../common';
import {
  civilNow,
  nameFor,
  type OfferedSession,
  SessionsStore,
  sessionState,
  type Whereabouts,
} from '../facilities';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { invalid } from '../platform/errors';
import type { Availability, AvailabilityGraphqlInput, AvailableSession } from './appointment.graphql';
import { bornFor, fitsAge } from './appointment-rules';
import { availabilityOf } from './availability-rules';
import type { Wanted } from './seating';
import { SWEEP_SECONDS } from './sweep-interval';

const MOST_SHOWN = 200;
const MOST_READ = 1_000;
const ALTERNATIVES = { days: 14, km: 30, most: 3 };

/** Where and when people can be vaccinated. Public. Every answer is counted in one statement from the counters themselves. */
@Injectable()
export class Availabilities {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsStore,
  ) {}

  /** Throws INVALID_INPUT unless exactly one place is asked about, or for an age that is none. */
  async run(ctx: Context, input: AvailabilityGraphqlInput): Promise<Availability> {
    const where = whereaboutsOf(input);
    if (input.age && !isSpan(input.age)) throw invalid('age', 'facilities.fault.age');
    const born = input.age ? bornFor(input.age, civilNow(ctx).date) : null;
    const { rows, asOf } = await this.read(
      ctx,
      where,
      input.from,
      input.days,
      input.product ? [input.product] : [],
    );
    const fitting = rows.filter(row => born === null || fitsAge(born, row, row.date));
    const shown = fitting.map(row => asAvailable(ctx, row, input.doseNumber ?? null));
    return {
      asOf,
      maxStalenessSeconds: SWEEP_SECONDS,
      sessions: shown.slice(0, MOST_SHOWN),
      more: shown.length > MOST_SHOWN || rows.length === MOST_READ,
    };
  }

  /** The next sessions, near the one that is full, in which these people would find places now. */
  async alternatives(
    ctx: Context,
    full: { facilityId: string; sessionId: string },
    people: readonly Wanted[],
  ): Promise<AvailableSession[]> {
    const today = civilNow(ctx).date;
    const [here] = (await this.read(ctx, { facilityId: full.facilityId }, today, 366, [])).rows;
    if (!here) return [];
    const { latitude, longitude, areaIds } = here;
    const where: Whereabouts =
      latitude !== null && longitude !== null
        ? { near: { latitude, longitude, km: ALTERNATIVES.km } }
        : { areaId: areaIds.at(-1)! };
    const products = [...new Set(people.flatMap(person => person.products))];
    const { rows } = await this.read(ctx, where, today, ALTERNATIVES.days, products);
    return rows
      .filter(row => row.id !== full.sessionId)
      .map(row => asAvailable(ctx, row, people[0]?.doseNumber ?? null))
      .filter(session => session.bookable && session.free >= people.length)
      .slice(0, ALTERNATIVES.most);
  }

  private async read(
    ctx: Context,
    where: Whereabouts,
    from: string,
    days: number,
    products: readonly string[],
  ): Promise<{ rows: OfferedSession[]; asOf: Date }> {
    const until = addTo(from, { months: 0, days });
    const asOf = ctx.now();
    const rows = await this.database.read(ctx, work =>
      this.sessions.offered(work, where, { from, until }, products, MOST_READ),
    );
    const civil = civilNow(ctx);
    return { asOf, rows: rows.filter(row => sessionState(row, asOf, civil) !== 'CLOSED') };
  }
}

function whereaboutsOf({ near, areaId, postalCode, facilityId }: AvailabilityGraphqlInput): Whereabouts {
  const asked: Whereabouts[] = [
    ...(near ? [{ near }] : []),
    ...(areaId ? [{ areaId }] : []),
    ...(postalCode ? [{ postalCode }] : []),
    ...(facilityId ? [{ facilityId }] : []),
  ];
  if (asked.length !== 1) throw invalid('near', 'appointments.fault.oneWhereabouts');
  return asked[0]!;
}

function asAvailable(ctx: Context, row: OfferedSession, doseNumber: number | null): AvailableSession {
  const { pools, facilityNames, id, ...session } = row;
  const counted = availabilityOf(pools, doseNumber);
  const open = sessionState(row, ctx.now(), civilNow(ctx)) === 'OPEN';
  return {
    ...session,
    ...counted,
    sessionId: id,
    facilityName: nameFor(ctx, facilityNames, row.facilityCode),
    bookable: open && counted.free > 0,
  };
}
