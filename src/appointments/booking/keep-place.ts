import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { addTo, type CivilDate } from '../../common';
import { civilNow, type OfferedSession, SessionsStore, sessionState } from '../../facilities';
import { CountryWords } from '../../localisation';
import type { Context } from '../../platform/context';
import { Database, Refused } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { Persons } from '../../registry';
import type { Appointment } from '../appointment.graphql';
import { freeIn, openPoolFor } from '../appointment-rules';
import { SessionFull } from '../appointments.refusals';
import { placeKept } from '../appointments.events';
import { AppointmentsStore } from '../appointments.store';
import { BookingView } from './booking-view';
import { Seating } from './seating';

/** A visit that somebody should make, and has not booked. */
export interface VisitToCome {
  personId: string;
  facilityId: string;
  /** Code of the product. */
  product: string;
  doseNumber: number;
  /** The first and the last day of it. */
  from: CivilDate;
  until: CivilDate;
}

/** For how long a place is kept for somebody who did not ask for one: three days to be told, and to answer. */
export const KEPT_SECONDS = 3 * 24 * 3600;
/** Sessions looked at for one visit, and those tried when places go meanwhile. */
const LOOK = 50;
const TRIES = 3;

/** Keeps a place for a visit to come, where the person was last; it is confirmed like any hold, or goes to others. */
@Injectable()
export class KeepPlace {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsStore,
    private readonly persons: Persons,
    private readonly seating: Seating,
    private readonly store: AppointmentsStore,
    private readonly view: BookingView,
    private readonly words: CountryWords,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** The open appointments of a person, soonest first. Permission and audit are the caller's. */
  async openOf(ctx: Context, personId: string): Promise<Appointment[]> {
    return this.database.read(ctx, async work =>
      this.view.appointments(ctx, await this.store.openOf(work, [personId])),
    );
  }

  /**
   * Keeps a place in the first session of the facility, from the first day on, that gives the product, is open and has
   * one free. False when there is none, or she has an appointment for the vaccine. To be called by the service itself,
   * after a fact: once more changes nothing.
   */
  async run(ctx: Context, visit: VisitToCome): Promise<boolean> {
    const { facilityId, from, product } = visit;
    const until = addTo(visit.until, '1 day');
    const offered = await this.database.read(ctx, work =>
      this.sessions.offered(work, { facilityId }, { from, until }, [product], LOOK),
    );
    for (const session of offered.filter(each => hasPlace(ctx, each, visit)).slice(0, TRIES)) {
      const kept = await this.tryIn(ctx, session, visit);
      if (kept !== 'full') return kept === 'kept';
    }
    return false;
  }

  private async tryIn(
    ctx: Context,
    { id: sessionId }: OfferedSession,
    visit: VisitToCome,
  ): Promise<'kept' | 'full' | 'no'> {
    try {
      await this.keep(ctx, sessionId, visit);
      return 'kept';
    } catch (error) {
      if (error instanceof Refused) return error.refusal instanceof SessionFull ? 'full' : 'no';
      throw error;
    }
  }

  private keep(ctx: Context, sessionId: string, visit: VisitToCome): Promise<void> {
    const { personId, facilityId, product, doseNumber } = visit;
    return this.database.write(ctx, async work => {
      const party = { facilityId, sessionId, people: [{ personId, products: [product], doseNumber }] };
      const [accountId = null] = (await this.persons.byId(ctx, work, personId)).accountIds;
      const room = await this.seating.enter(ctx, work, [party]);
      const session = this.seating.session(room, party);
      const guests = this.seating.guests(ctx, room, party, 'appointment.book-assisted');
      const refusal = this.seating.notBookable(ctx, session) ?? this.seating.wrongAge(ctx, session, guests);
      if (refusal) throw new Refused(refusal);
      const bookingId = ctx.newId();
      const language = (await this.words.profile(ctx)).defaultLanguage;
      const seated = this.seating.seat(ctx, room, session, guests, {
        bookingId,
        made: accountId ? 'OWN' : 'ASSISTED',
        accountId,
        language,
        state: 'HELD',
        expiresAt: new Date(ctx.now().getTime() + KEPT_SECONDS * 1000),
      });
      if (!(await this.seating.write(ctx, work, room, [seated]))) throw new AppError('CONFLICT'); // the fact comes again
      this.outbox.announce(ctx, work, placeKept, bookingId, { facilityId, bookingId, language });
      this.audit.record(ctx, work, {
        action: 'appointment.keep-place',
        resource: { type: 'booking', id: bookingId },
        personId,
        facilityId,
      });
    });
  }
}

/** Whether a session seems to have a place for the visit; only taking it makes sure. */
function hasPlace(ctx: Context, session: OfferedSession, { doseNumber }: VisitToCome): boolean {
  const pool = openPoolFor(session.pools, doseNumber);
  const count = session.pools.find(each => each.pool === pool);
  return !!count && freeIn(count) > 0 && sessionState(session, ctx.now(), civilNow(ctx)) === 'OPEN';
}
