import { Injectable } from '@nestjs/common';
import { addTo, isSpan } from '../../common';
import {
  civilNow,
  nameFor,
  type OfferedSession,
  SessionsStore,
  sessionState,
  type Whereabouts,
} from '../../facilities';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, invalid } from '../../platform/errors';
import type { Availability, AvailabilityGraphqlInput, AvailableSession } from '../appointment.graphql';
import { bornFor, fitsAge } from '../appointment-rules';
import { availabilityOf } from './availability-rules';
import type { Wanted } from '../booking/seating';
import { ShortMemory } from './short-memory';
import { SWEEP_SECONDS } from '../booking/sweep-interval';

const MOST_SHOWN = 200;
const MOST_READ = 1_000;
/** How long an answer is given again, in seconds. */
export const REMEMBERED_SECONDS = 2;
/** Instants that later counts must not have again; more than are counted while a replica is behind. */
const MOST_TAKEN = 20_000;
/** A replica further behind than this is not asked. */
const MOST_BEHIND_SECONDS = 5;
/** Different questions remembered; with two hundred sessions each, less than 50 MB. */
export const MOST_REMEMBERED = 300;

/** Sessions as they were counted in one statement, and when: by the database's clock, and by this process' own. */
interface Count {
  rows: OfferedSession[];
  asOf: Date;
  /** Seconds that a replica was behind. */
  behind: number;
  countedAt: number;
}
const ALTERNATIVES = { days: 14, km: 30, most: 3 };

/**
 * Where and when people can be vaccinated. Public. Every answer is counted in one read-only statement from the counters
 * themselves, on the replica where there is one, and given again for two seconds. No two counts of a process have the
 * same `asOf`, so that answers with the same one are the same count.
 */
@Injectable()
export class Availabilities {
  private readonly counts = new ShortMemory<Count>(MOST_REMEMBERED, REMEMBERED_SECONDS * 1000);
  private readonly taken = new Set<number>();

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsStore,
  ) {}

  /** Throws INVALID_INPUT unless exactly one place is asked about, or for an age that is none. */
  async run(ctx: Context, input: AvailabilityGraphqlInput): Promise<Availability & { countedAt: number }> {
    const where = whereaboutsOf(input);
    if (input.age && !isSpan(input.age)) throw invalid('age', 'facilities.fault.age');
    const born = input.age ? bornFor(input.age, civilNow(ctx).date) : null;
    const { rows, asOf, behind, countedAt } = await this.read(
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
      countedAt,
      maxStalenessSeconds: SWEEP_SECONDS + REMEMBERED_SECONDS + behind,
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
  ): Promise<Count> {
    if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
    const question = JSON.stringify([ctx.tenant.code, where, from, days, products]);
    const counted = await this.counts.of(question, () =>
      this.count(ctx, where, { from, until: addTo(from, { months: 0, days }) }, products),
    );
    const civil = civilNow(ctx);
    return { ...counted, rows: counted.rows.filter(row => sessionState(row, ctx.now(), civil) !== 'CLOSED') };
  }

  private async count(
    ctx: Context,
    where: Whereabouts,
    days: { from: string; until: string },
    products: readonly string[],
  ): Promise<Count> {
    const countedAt = performance.now();
    const { rows, at, behind } = await this.database.readBehind(ctx, async work => ({
      ...(await this.sessions.asOf(work, MOST_BEHIND_SECONDS)),
      rows: await this.sessions.offered(work, where, days, products, MOST_READ),
    }));
    return { rows, asOf: this.instantOfItsOwn(at), behind, countedAt };
  }

  /** A millisecond that no other count has: the nearest before this one, since what is true then or later is told. */
  private instantOfItsOwn(at: Date): Date {
    let own = at.getTime();
    while (this.taken.has(own)) own--;
    this.taken.add(own);
    if (this.taken.size > MOST_TAKEN) this.taken.delete(this.taken.values().next().value!);
    return new Date(own);
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
