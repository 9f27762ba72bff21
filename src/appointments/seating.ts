import { Injectable } from '@nestjs/common';
import {
  civilNow,
  inOrder,
  type Pool,
  type PoolKey,
  SessionPlaces,
  type SessionRow,
  sessionState,
} from '../facilities';
import { mayAnywhere, type Permission, type Place } from '../platform/access';
import type { Context } from '../platform/context';
import { type UnitOfWork, Refused } from '../platform/database';
import { AppError, invalid } from '../platform/errors';
import { Texts } from '../platform/i18n';
import { Programmes } from '../programmes';
import { latestBirthDate, mayFor, Persons } from '../registry';
import { type Born, countPools, fitsAge, type Made, openPoolFor } from './appointment-rules';
import {
  AlreadyBooked,
  NotOpenYet,
  SessionCancelled,
  SessionFull,
  SessionOver,
  TooYoungOrOld,
} from './appointments.refusals';
import { AppointmentsStore, type NewAppointment } from './appointments.store';

/** Somebody who needs a place, as she was found. */
export interface Guest {
  personId: string;
  products: string[];
  vaccines: string[];
  doseNumber: number | null;
  born: Born;
}

export interface Wanted {
  personId: string;
  products: readonly string[];
  doseNumber?: number | null | undefined;
}

/** Why nobody can take a place of a session now. */
export type NotBookable = NotOpenYet | SessionOver | SessionCancelled;

/** The steps that holding, moving and walking in have in common: who may come, whether she can, and taking the places. */
@Injectable()
export class Seating {
  constructor(
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly counters: SessionPlaces,
    private readonly store: AppointmentsStore,
    private readonly texts: Texts,
  ) {}

  /**
   * Finds the people, in the order of their ids. Throws NOT_FOUND for somebody whom the caller may not act for,
   * INVALID_INPUT for a product that the session does not give, STATE_FORBIDS for a person who has died.
   */
  async guests(
    ctx: Context,
    work: UnitOfWork,
    wanted: readonly Wanted[],
    session: SessionRow,
    access: { permission: Permission; at: Place },
  ): Promise<Guest[]> {
    if (new Set(wanted.map(each => each.personId)).size < wanted.length)
      throw invalid('people', 'appointments.fault.samePersonTwice');
    const vaccineOf = new Map(
      (await this.programmes.products(ctx, work)).map(row => [row.code, row.vaccine]),
    );
    const guests: Guest[] = [];
    for (const { personId, products, doseNumber } of wanted) {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, access.permission, person, access.at);
      if (person.status === 'deceased') throw new AppError('STATE_FORBIDS', { state: person.status });
      if (products.some(code => !session.products.includes(code)))
        throw invalid('products', 'appointments.fault.notGiven', { products: session.products.join(', ') });
      const latest = latestBirthDate({ date: person.birthDate, precision: person.birthDatePrecision });
      guests.push({
        personId: person.id,
        products: [...new Set(products)].sort(),
        vaccines: [...new Set(products.map(code => vaccineOf.get(code) ?? code))].sort(),
        doseNumber: doseNumber ?? null,
        born: { earliest: person.birthDate, latest },
      });
    }
    return guests.sort((a, b) => (a.personId < b.personId ? -1 : 1));
  }

  /** Why no place of the session can be taken now, whoever asks; null when one can. */
  notBookable(ctx: Context, session: SessionRow): NotBookable | null {
    const say = (key: string): { message: string } => ({
      message: this.texts.say(ctx, `appointments.${key}`),
    });
    switch (sessionState(session, ctx.now(), civilNow(ctx))) {
      case 'CANCELLED':
        return Object.assign(new SessionCancelled(), say('sessionCancelled'));
      case 'CLOSED':
        return Object.assign(new SessionOver(), say('sessionOver'));
      case 'PLANNED':
        return Object.assign(new NotOpenYet(), say('notOpenYet'), { opensAt: session.opensAt });
      case 'OPEN':
        return null;
    }
  }

  /** The first who is not of the session's age. */
  wrongAge(ctx: Context, session: SessionRow, guests: readonly Guest[]): TooYoungOrOld | null {
    const guest = guests.find(({ born }) => !fitsAge(born, session, session.date));
    if (!guest) return null;
    const { minAge, maxAge } = session;
    const message = this.texts.say(ctx, 'appointments.tooYoungOrOld');
    return Object.assign(new TooYoungOrOld(), { message, personId: guest.personId, minAge, maxAge });
  }

  /**
   * The counters that the guests would take from: assisted people from those kept for them if all fit there, and
   * anybody from the places for her dose. Throws INVALID_INPUT when the session counts by dose and none was said.
   */
  poolsFor(session: SessionRow, guests: readonly Guest[], made: Made): Pool[][] {
    const open = guests.map(({ doseNumber }) => {
      const pool = openPoolFor(session.pools, doseNumber);
      if (!pool) throw invalid('doseNumber', 'appointments.fault.doseNumber');
      return pool;
    });
    if (made === 'OWN') return [open];
    const kept = made === 'WALK_IN' ? ('walk-in' as const) : ('assisted' as const);
    return [guests.map(() => kept), open];
  }

  /**
   * Claims the guests' vaccines, takes their places and stores their appointments: all or, by rolling back the unit of
   * work with the refusal, none. The counters, which everybody wants, are taken as late as can be.
   */
  async seat(
    ctx: Context,
    work: UnitOfWork,
    session: SessionRow,
    guests: readonly Guest[],
    as: Pick<NewAppointment, 'bookingId' | 'made' | 'state' | 'expiresAt' | 'accountId'> & {
      take: 'hold' | 'book';
      pools: readonly Pool[][];
    },
  ): Promise<NewAppointment[]> {
    const { take, pools, ...rest } = as;
    const rows = guests.map(({ personId, products, vaccines, doseNumber }) => ({
      ...rest,
      personId,
      products,
      vaccines,
      doseNumber,
      id: ctx.newId(),
      facilityId: session.facilityId,
      sessionId: session.id,
      date: session.date,
    }));
    const inTheWay = (): Promise<Refused<AlreadyBooked>> =>
      this.inTheWay(ctx, work, session, guests, rest.bookingId);
    if (as.made !== 'WALK_IN' && !(await this.store.claim(ctx, work, rows, civilNow(ctx).date)))
      throw await inTheWay();
    const taken = await this.take(work, session, pools, take);
    if (!taken) throw new Refused(this.full(ctx));
    const seated = rows.map((row, i) => ({ ...row, pool: taken[i]! }));
    if (!(await this.store.add(ctx, work, seated))) throw await inTheWay();
    return seated;
  }

  full(ctx: Context): SessionFull {
    const message = this.texts.say(ctx, 'appointments.sessionFull');
    return Object.assign(new SessionFull(), { message, alternatives: [] });
  }

  /** The first of these sets of counters from which everybody can take; null when none has enough. */
  private async take(
    work: UnitOfWork,
    session: SessionRow,
    choices: readonly Pool[][],
    how: 'hold' | 'book',
  ): Promise<Pool[] | null> {
    for (const pools of choices) {
      if (await this.takeAll(work, session, pools, how)) return pools;
      if (new Set(pools).size > 1) return null; // some may have been taken: only rolling back gives them back
    }
    return null;
  }

  private async takeAll(
    work: UnitOfWork,
    { facilityId, id: sessionId }: SessionRow,
    pools: readonly Pool[],
    how: 'hold' | 'book',
  ): Promise<boolean> {
    for (const [pool, count] of countPools(pools)) {
      if (!(await this.counters[how](work, { facilityId, sessionId, pool }, count))) return false;
    }
    return true;
  }

  /** Gives back the places of these appointments, in the one order in which counters are moved. */
  async giveBack(work: UnitOfWork, rows: readonly (PoolKey & { state: 'HELD' | 'BOOKED' })[]): Promise<void> {
    for (const { key, state, count } of counted(rows)) {
      const done =
        state === 'HELD'
          ? await this.counters.giveBackHeld(work, key, count)
          : await this.counters.giveBackBooked(work, key, count);
      if (!done)
        throw new Error(
          `The counter ${key.pool} of session ${key.sessionId} has fewer places taken than given back`,
        );
    }
  }

  private async inTheWay(
    ctx: Context,
    work: UnitOfWork,
    session: SessionRow,
    guests: readonly Guest[],
    bookingId: string,
  ): Promise<Refused<AlreadyBooked>> {
    const found = await this.store.inTheWay(work, {
      personIds: guests.map(guest => guest.personId),
      vaccines: guests.flatMap(guest => guest.vaccines),
      sessionId: session.id,
      bookingId,
    });
    if (!found) throw new AppError('CONFLICT'); // it ended just now: trying again will do
    const message = this.texts.say(ctx, 'appointments.alreadyBooked');
    return new Refused(Object.assign(new AlreadyBooked(), { message, ...found }));
  }
}

/** Which permission booking takes: a citizen's for her own people, or staff's for whoever they help. */
export function bookingPermission(ctx: Context): Permission {
  const permission = ctx.actor.kind === 'citizen' ? 'appointment.book-own' : 'appointment.book-assisted';
  mayAnywhere(ctx, permission);
  return permission;
}

type Countable = PoolKey & { state: 'HELD' | 'BOOKED' };

/** How many places of which counter, in the order in which counters are moved. */
function counted(rows: readonly Countable[]): { key: PoolKey; state: Countable['state']; count: number }[] {
  const groups = new Map<string, { key: PoolKey; state: Countable['state']; count: number }>();
  for (const { facilityId, sessionId, pool, state } of rows) {
    const name = `${facilityId} ${sessionId} ${pool} ${state}`;
    const group = groups.get(name) ?? { key: { facilityId, sessionId, pool }, state, count: 0 };
    groups.set(name, { ...group, count: group.count + 1 });
  }
  return [...groups.values()].sort((a, b) => inOrder(a.key, b.key));
}
