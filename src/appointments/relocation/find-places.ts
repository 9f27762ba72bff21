import { Injectable } from '@nestjs/common';
import type { SessionKey } from '../../facilities';
import type { Context } from '../../platform/context';
import { Refused, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import type { AppointmentRow } from '../appointments.store';
import { NotOpenYet } from '../appointments.refusals';
import { type Party, type Room, type Seat, type Seated, Seating } from '../booking/seating';

/** How somebody who lost her place is seated elsewhere; what is hers stays as it was. */
export type SeatElsewhere = Pick<Seat, 'bookingId' | 'state' | 'expiresAt' | 'leaving'>;

/**
 * Finds people who come together the first of several sessions that has places for all of them: of the same product,
 * dose and sort of place, for their ages, and never on an earlier day. An interval that was kept on the day they had is
 * kept on any later one; on an earlier it may not be.
 */
@Injectable()
export class FindPlaces {
  constructor(private readonly seating: Seating) {}

  /** What these people are seated on in these sessions; their counters, and those of `more`, are locked. */
  enter(
    ctx: Context,
    work: UnitOfWork,
    people: readonly AppointmentRow[],
    sessions: { to: readonly SessionKey[]; more: readonly SessionKey[] },
  ): Promise<Room> {
    return this.seating.enter(ctx, work, partiesFor(people, sessions.to), sessions.more);
  }

  /** {@link enter} only to see what would be: nothing is locked. */
  look(
    ctx: Context,
    work: UnitOfWork,
    people: readonly AppointmentRow[],
    to: readonly SessionKey[],
  ): Promise<Room> {
    return this.seating.look(ctx, work, partiesFor(people, to));
  }

  /**
   * Seats a party in the first session that can have it; null when none can. A session need not be open to the public
   * yet.
   */
  seat(
    ctx: Context,
    room: Room,
    party: readonly AppointmentRow[],
    { to, as }: { to: readonly SessionKey[]; as: (date: string) => SeatElsewhere },
  ): Seated | null {
    for (const key of to) {
      const session = room.sessions.get(`${key.facilityId} ${key.sessionId}`);
      if (!session || session.date < party[0]!.date) continue;
      const seated = this.seatIn(ctx, room, { ...key, people: party }, as(session.date));
      if (seated) return seated;
    }
    return null;
  }

  private seatIn(
    ctx: Context,
    room: Room,
    party: Party & { people: readonly AppointmentRow[] },
    as: SeatElsewhere,
  ): Seated | null {
    const { made, accountId, language } = party.people[0]!;
    try {
      const session = this.seating.session(room, party);
      const guests = this.seating.guests(ctx, room, party, 'appointment.book-assisted');
      const closed = this.seating.notBookable(ctx, session);
      if ((closed && !(closed instanceof NotOpenYet)) || this.seating.wrongAge(ctx, session, guests))
        return null;
      return this.seating.seat(ctx, room, session, guests, { ...as, made, accountId, language });
    } catch (error) {
      if (error instanceof Refused || error instanceof AppError) return null; // not there, or not for them
      throw error;
    }
  }
}

const partiesFor = (people: readonly AppointmentRow[], to: readonly SessionKey[]): Party[] =>
  to.map(key => ({ ...key, people }));
