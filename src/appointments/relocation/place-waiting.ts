import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { addTo, startOfDay } from '../../common';
import { civilNow, type SessionKey, SessionsStore } from '../../facilities';
import { CountryWords } from '../../localisation';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { Rounds } from '../../tenancy';
import { appointmentConfirmed, placeKept } from '../appointments.events';
import { type AppointmentRow, AppointmentsStore, byBooking } from '../appointments.store';
import { CheckInCodes } from '../attendance/check-in-codes';
import { KEPT_SECONDS } from '../booking/keep-place';
import { type Room, type Seated, Seating } from '../booking/seating';
import { FindPlaces, type SeatElsewhere } from './find-places';
import { MOST_SESSIONS } from './relocation.graphql';
import { type Displaced, RelocationStore, type Settled, type Waiting } from './relocation.store';

const LOOK_SECONDS = 15;
/** Bookings in one transaction. */
const BATCH = 50;
const FIRST = { relocationId: '00000000-0000-0000-0000-000000000000', position: 0 };

/**
 * Whoever lost a place is given the first that comes where it was, also in a session that the public cannot book yet:
 * kept for her like the one for a next visit, or booked at once for somebody without an account to confirm from.
 */
@Injectable()
export class PlaceWaiting implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsStore,
    private readonly store: RelocationStore,
    private readonly appointments: AppointmentsStore,
    private readonly find: FindPlaces,
    private readonly seating: Seating,
    private readonly codes: CheckInCodes,
    private readonly words: CountryWords,
    private readonly rounds: Rounds,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'people who lost their places could not be given others';
    this.rounds.add({ seconds: LOOK_SECONDS, fault, skipsReadOnly: true, run: ctx => this.run(ctx) });
  }

  /** Everybody of one tenant whom a session has a place for now. Who is seen to by another process is passed over. */
  async run(ctx: Context): Promise<void> {
    const today = civilNow(ctx).date;
    const facilities = await this.database.write(ctx, async work => {
      await this.store.endWaiting(work, today, ctx.now());
      return this.store.whereSomebodyMayFit(work, today);
    });
    for (const facilityId of facilities) {
      let after: typeof FIRST | null = FIRST;
      while (after)
        after = await this.database.write(ctx, work => this.placeAt(ctx, work, facilityId, after!));
    }
  }

  /** One batch; after whom to go on, null at the end of the line. */
  private async placeAt(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    after: typeof FIRST,
  ): Promise<typeof FIRST | null> {
    const waiting = await this.store.waitingAt(work, facilityId, after, BATCH);
    if (waiting.length === 0) return null;
    const to = await this.ahead(ctx, work, waiting);
    const rows = byBooking(await this.appointments.ofBookings(work, waiting, 'to read'));
    const room = await this.find.enter(ctx, work, [...rows.values()].flat(), { to, more: [] });
    const decided = waiting.map(displaced => {
      const party = rows.get(displaced.bookingId)!.filter(({ id }) => displaced.appointmentIds.includes(id));
      if (hasAnother(ctx, room, party)) return { displaced, over: true, seated: null };
      const as = (date: string): SeatElsewhere => this.seatOn(ctx, party, date);
      return { displaced, over: false, seated: this.find.seat(ctx, room, party, { to, as }) };
    });
    const placed = decided.flatMap(({ seated }) => (seated ? [seated] : []));
    if (!(await this.seating.write(ctx, work, room, placed))) throw new AppError('CONFLICT'); // the next round tries again
    const booked = placed.flat().filter(({ state }) => state === 'BOOKED');
    await this.appointments.book(work, await this.codes.forEach(ctx, booked));
    const { defaultLanguage } = await this.words.profile(ctx);
    for (const seated of placed) this.tell(ctx, work, seated, defaultLanguage);
    const done = decided.filter(({ over, seated }) => over || seated);
    await this.store.settle(
      work,
      done.map(each => settled(ctx, each)),
    );
    return waiting.length === BATCH ? waiting.at(-1)! : null;
  }

  /** The facility's sessions after today, soonest first, as long as one of these people waits. */
  private async ahead(ctx: Context, work: UnitOfWork, waiting: readonly Waiting[]): Promise<SessionKey[]> {
    const [{ facilityId }] = waiting as [Waiting];
    const tomorrow = addTo(civilNow(ctx).date, '1 day');
    const last = waiting
      .map(({ waitUntil }) => waitUntil)
      .sort()
      .at(-1)!;
    const sessions = await this.sessions.sessionsAt(work, facilityId, tomorrow, addTo(last, '1 day'));
    return sessions
      .filter(({ state }) => state === 'PLANNED')
      .slice(0, MOST_SESSIONS)
      .map(({ id: sessionId }) => ({ facilityId, sessionId }));
  }

  /** Kept for three days, and never into the day itself. */
  private seatOn(ctx: Context, [first]: readonly AppointmentRow[], date: string): SeatElsewhere {
    const bookingId = ctx.newId();
    if (first!.accountId === null) return { bookingId, state: 'BOOKED', expiresAt: null };
    const until = Math.min(
      ctx.now().getTime() + KEPT_SECONDS * 1000,
      startOfDay(date, ctx.tenant!.timeZone).getTime(),
    );
    return { bookingId, state: 'HELD', expiresAt: new Date(until) };
  }

  private tell(ctx: Context, work: UnitOfWork, seated: Seated, defaultLanguage: string): void {
    const { facilityId, bookingId, state, language } = seated[0]!;
    const fact = state === 'HELD' ? placeKept : appointmentConfirmed;
    this.outbox.announce(ctx, work, fact, bookingId, {
      facilityId,
      bookingId,
      language: language ?? defaultLanguage,
    });
    for (const { personId } of seated)
      this.audit.record(ctx, work, {
        action: 'appointment.keep-place',
        resource: { type: 'booking', id: bookingId },
        personId,
        facilityId,
      });
  }
}

/** Whether somebody of the party has found a place for one of these vaccines herself. */
const hasAnother = (ctx: Context, { standing }: Room, party: readonly AppointmentRow[]): boolean =>
  party.some(({ personId, vaccines }) =>
    standing.some(
      one =>
        one.personId === personId &&
        one.vaccine !== null &&
        vaccines.includes(one.vaccine) &&
        one.date! >= civilNow(ctx).date,
    ),
  );

function settled(
  ctx: Context,
  { displaced, seated }: { displaced: Displaced; seated: Seated | null },
): Settled {
  const { facilityId, relocationId, bookingId } = displaced;
  const to = seated && { facilityId: seated[0]!.facilityId, bookingId: seated[0]!.bookingId };
  return { facilityId, relocationId, bookingId, to, state: to ? 'OFFERED' : 'OVER', at: ctx.now() };
}
