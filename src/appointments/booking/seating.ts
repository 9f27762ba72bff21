import { Injectable } from '@nestjs/common';
import {
  civilNow,
  type FacilityPlace,
  Places,
  type Pool,
  type SessionKey,
  SessionPlaces,
  type SessionRow,
  SessionsStore,
  sessionState,
} from '../../facilities';
import { isId } from '../../common';
import { mayAnywhere, type Permission } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { Programmes } from '../../programmes';
import { latestBirthDate, mayFor, type PersonRow, Persons } from '../../registry';
import { type Born, fitsAge, type Made, openPoolFor } from '../appointment-rules';
import {
  AlreadyBooked,
  NotOpenYet,
  SessionCancelled,
  SessionFull,
  SessionOver,
  TooYoungOrOld,
} from '../appointments.refusals';
import {
  type AppointmentRow,
  AppointmentsStore,
  type NewAppointment,
  type Standing,
} from '../appointments.store';
import { PlacesAtHand } from './places-at-hand';

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

/** People who come to one session together. */
export interface Party extends SessionKey {
  people: readonly Wanted[];
}

/** How a party is seated. */
export interface Seat extends Pick<
  NewAppointment,
  'bookingId' | 'made' | 'state' | 'expiresAt' | 'accountId' | 'language'
> {
  /** Appointments that they give up for these. */
  leaving?: readonly AppointmentRow[];
  /** The counters to take from, one a guest, instead of those that anybody may: the first choice that has enough. */
  pools?: readonly (readonly Pool[])[];
}

/** Why nobody can take a place of a session now. */
export type NotBookable = NotOpenYet | SessionOver | SessionCancelled;

/** A party that has its places, to be written. */
export type Seated = readonly (NewAppointment & { at: Date })[];

/**
 * All that parties are seated on, in one unit of work. The counters of the sessions are locked: what is free here is
 * free until the unit of work ends.
 */
export interface Room {
  facilities: ReadonlyMap<string, FacilityPlace>;
  sessions: ReadonlyMap<string, SessionRow>;
  persons: ReadonlyMap<string, PersonRow>;
  vaccineOf: ReadonlyMap<string, string>;
  standing: readonly Standing[];
  places: PlacesAtHand;
}

/** The steps that holding, moving and walking in have in common: who may come, whether she can, and her place. */
@Injectable()
export class Seating {
  constructor(
    private readonly facilities: Places,
    private readonly sessions: SessionsStore,
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly counters: SessionPlaces,
    private readonly store: AppointmentsStore,
    private readonly texts: Texts,
  ) {}

  /**
   * What these parties are seated on, and locks the counters of their sessions and of `more`: before it, no appointment
   * may be locked. What nobody fights over is read first, so that the lock is short.
   */
  enter(
    ctx: Context,
    work: UnitOfWork,
    parties: readonly Party[],
    more: readonly SessionKey[] = [],
  ): Promise<Room> {
    return this.room(ctx, work, parties, asked => this.counters.lock(work, [...asked, ...more]));
  }

  /** The same only to see what would be: nothing is locked, and another may take what is free here. */
  look(ctx: Context, work: UnitOfWork, parties: readonly Party[]): Promise<Room> {
    return this.room(ctx, work, parties, () => Promise.resolve());
  }

  private async room(
    ctx: Context,
    work: UnitOfWork,
    parties: readonly Party[],
    lock: (asked: readonly SessionKey[]) => Promise<void>,
  ): Promise<Room> {
    const people = parties.flatMap(party => party.people.map(({ personId }) => personId));
    const asked = parties.filter(({ facilityId, sessionId }) => isId(facilityId) && isId(sessionId));
    const visits = asked.flatMap(({ facilityId, sessionId, people: wanted }) =>
      wanted.map(({ personId }) => ({ facilityId, sessionId, personId })),
    );
    // In one packet, and done in this order: what nobody fights over, the lock, what is true behind it.
    const [facilities, persons, products, , sessions, standing] = await Promise.all([
      this.facilities.ofAll(
        work,
        parties.map(({ facilityId }) => facilityId),
      ),
      this.persons.ofIds(work, people),
      this.programmes.products(ctx, work),
      lock(asked),
      this.sessions.sessions(work, asked),
      this.store.standing(
        work,
        visits.filter(({ personId }) => isId(personId)),
      ),
    ]);
    return {
      facilities,
      persons,
      sessions: new Map(sessions.map(row => [keyOf({ facilityId: row.facilityId, sessionId: row.id }), row])),
      vaccineOf: new Map(products.map(row => [row.code, row.vaccine])),
      standing,
      places: new PlacesAtHand(),
    };
  }

  /** Throws NOT_FOUND. */
  session(room: Room, key: SessionKey): SessionRow {
    const session = room.sessions.get(keyOf(key));
    if (!session) throw notFound();
    return session;
  }

  /**
   * The people of a party, in the order of their ids. Throws NOT_FOUND for somebody whom the caller may not act for,
   * INVALID_INPUT for a product that the session does not give, STATE_FORBIDS for a person who has died.
   */
  guests(ctx: Context, room: Room, party: Party, permission: Permission): Guest[] {
    const session = this.session(room, party);
    const at = room.facilities.get(party.facilityId);
    if (new Set(party.people.map(each => each.personId)).size < party.people.length)
      throw invalid('people', 'appointments.fault.samePersonTwice');
    const guests = party.people.map(({ personId, products, doseNumber }): Guest => {
      const person = room.persons.get(personId);
      if (!person) throw notFound();
      mayFor(ctx, permission, person, at);
      if (person.status === 'deceased') throw new AppError('STATE_FORBIDS', { state: person.status });
      if (products.some(code => !session.products.includes(code)))
        throw invalid('products', 'appointments.fault.notGiven', { products: session.products.join(', ') });
      const latest = latestBirthDate({ date: person.birthDate, precision: person.birthDatePrecision });
      return {
        personId,
        products: [...new Set(products)].sort(),
        vaccines: [...new Set(products.map(code => room.vaccineOf.get(code) ?? code))].sort(),
        doseNumber: doseNumber ?? null,
        born: { earliest: person.birthDate, latest },
      };
    });
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
   * Gives the guests their places in the room: all of them or, throwing {@link Refused} with an `AlreadyBooked` or
   * `SessionFull`, none. Throws INVALID_INPUT when the session counts by dose and none was said. What it gives is
   * written by {@link write}.
   */
  seat(ctx: Context, room: Room, session: SessionRow, guests: readonly Guest[], as: Seat): Seated {
    const { leaving = [], pools: kept, ...rest } = as;
    const choices = kept ?? poolsFor(session, guests, rest.made);
    this.refuseWhoHasOne(ctx, room, session, guests, as);
    const pools = room.places.take(session, choices, as.state === 'HELD' ? 'held' : 'booked');
    if (!pools) throw new Refused(this.full(ctx));
    for (const row of leaving) room.places.giveBack(row, row.state === 'HELD' ? 'held' : 'booked');
    return guests.map(({ personId, products, vaccines, doseNumber }, index) =>
      Object.assign({}, rest, {
        personId,
        products,
        vaccines,
        doseNumber,
        id: ctx.newId(),
        facilityId: session.facilityId,
        sessionId: session.id,
        date: session.date,
        pool: pools[index]!,
        at: ctx.now(),
      }),
    );
  }

  /**
   * Writes what was seated. False, with the unit of work to be rolled back, when one of them took a place elsewhere
   * meanwhile.
   */
  async write(ctx: Context, work: UnitOfWork, room: Room, seated: readonly Seated[]): Promise<boolean> {
    const rows = seated.flat();
    const [stored] = await Promise.all([
      rows.length === 0 || this.add(ctx, work, room, rows),
      this.counters.move(work, room.places.moves()),
    ]);
    return stored;
  }

  private async add(ctx: Context, work: UnitOfWork, room: Room, rows: Seated): Promise<boolean> {
    const coming = new Set(rows.map(({ personId }) => personId));
    const past = room.standing.filter(each => coming.has(each.personId) && isPast(ctx, each));
    if (past.length > 0) await this.store.endClaims(ctx, work, past);
    const [claimed, added] = await Promise.all([
      this.store.claim(
        work,
        rows.filter(({ made }) => made !== 'WALK_IN'),
      ),
      this.store.add(work, rows),
    ]);
    return claimed && added;
  }

  full(ctx: Context): SessionFull {
    const message = this.texts.say(ctx, 'appointments.sessionFull');
    return Object.assign(new SessionFull(), { message, alternatives: [] });
  }

  /**
   * Throws {@link Refused} with an `AlreadyBooked` for the first guest who has a place. Claims of days gone by are in
   * nobody's way: who did not come may book again.
   */
  refuseWhoHasOne(
    ctx: Context,
    room: Room,
    session: SessionRow,
    guests: readonly Guest[],
    { made, leaving = [] }: Pick<Seat, 'made' | 'leaving'>,
  ): void {
    const given = new Set(leaving.map(({ id }) => id));
    for (const { personId, vaccines } of guests) {
      const found = room.standing.find(
        each =>
          each.personId === personId &&
          !given.has(each.id) &&
          !isPast(ctx, each) &&
          (each.sessionId === session.id ||
            (made !== 'WALK_IN' && each.vaccine !== null && vaccines.includes(each.vaccine))),
      );
      if (!found) continue;
      const { facilityId, bookingId } = found;
      const message = this.texts.say(ctx, 'appointments.alreadyBooked');
      throw new Refused(Object.assign(new AlreadyBooked(), { message, personId, facilityId, bookingId }));
    }
  }
}

/** Which permission booking takes: a citizen's for her own people, or staff's for whoever they help. */
export function bookingPermission(ctx: Context): Permission {
  const permission = ctx.actor.kind === 'citizen' ? 'appointment.book-own' : 'appointment.book-assisted';
  mayAnywhere(ctx, permission);
  return permission;
}

/**
 * The counters that the guests may take from: people who are helped, or who walked in, from those kept for them if all
 * fit there, and anybody from the places for her dose.
 */
function poolsFor(session: SessionRow, guests: readonly Guest[], made: Made): Pool[][] {
  const open = guests.map(({ doseNumber }) => {
    const pool = openPoolFor(session.pools, doseNumber);
    if (!pool) throw invalid('doseNumber', 'appointments.fault.doseNumber');
    return pool;
  });
  if (made === 'OWN') return [open];
  const kept = made === 'WALK_IN' ? ('walk-in' as const) : ('assisted' as const);
  return [guests.map(() => kept), open];
}

const isPast = (ctx: Context, { date }: Standing): boolean => date !== null && date < civilNow(ctx).date;

const keyOf = ({ facilityId, sessionId }: SessionKey): string => `${facilityId} ${sessionId}`;
