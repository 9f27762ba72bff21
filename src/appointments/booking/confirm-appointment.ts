import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type FacilityPlace, Places, SessionPlaces, type SessionRow, SessionsStore } from '../../facilities';
import type { Permission } from '../../platform/access';
import type { Context } from '../../platform/context';
import {
  type Answered,
  answeredBefore,
  Coalescer,
  Database,
  keepAnswers,
  type Outcome,
  type UnitOfWork,
} from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { mayFor, type PersonRow, Persons } from '../../registry';
import type { Booking, ConfirmAppointmentGraphqlInput } from '../appointment.graphql';
import { appointmentConfirmed } from '../appointments.events';
import { HoldExpired, SessionCancelled } from '../appointments.refusals';
import { type AppointmentRow, AppointmentsStore, byBooking } from '../appointments.store';
import { BookingView } from './booking-view';
import { CheckInCodes } from '../attendance/check-in-codes';
import { PlacesAtHand } from './places-at-hand';
import { bookingPermission } from './seating';

type Refusals = HoldExpired | SessionCancelled;

/** Who confirms which hold. */
interface ConfirmCall {
  ctx: Context;
  input: ConfirmAppointmentGraphqlInput;
  permission: Permission;
}

/** `held` is empty when they were confirmed before; `isNew` when this key has not been answered yet. */
type Decision =
  | { rows: readonly AppointmentRow[]; held: readonly AppointmentRow[]; isNew: boolean }
  | { refusal: Refusals }
  | { error: unknown };

/** All that the calls of a batch are decided on; the counters of the sessions are locked. */
interface Known {
  facilities: ReadonlyMap<string, FacilityPlace>;
  persons: ReadonlyMap<string, PersonRow>;
  bookings: ReadonlyMap<string, readonly AppointmentRow[]>;
  sessions: ReadonlyMap<string, SessionRow>;
  answered: Answered;
}

/**
 * Held places become appointments with codes: the whole family's, or nobody's. Calls that come at the same moment share
 * a transaction; each has its own answer.
 */
@Injectable()
export class ConfirmAppointment {
  private readonly together: Coalescer<ConfirmCall, Booking | Refusals>;

  constructor(
    private readonly database: Database,
    private readonly facilities: Places,
    private readonly persons: Persons,
    private readonly sessions: SessionsStore,
    private readonly counters: SessionPlaces,
    private readonly store: AppointmentsStore,
    private readonly codes: CheckInCodes,
    private readonly view: BookingView,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {
    this.together = new Coalescer({
      run: calls => this.confirmAll(calls),
      keysOf: ({ ctx, input }) => [
        `booking ${input.bookingId}`,
        `key ${ctx.actor.kind} ${ctx.actor.id} ${input.idempotencyKey}`,
      ],
      neverStill: () => new AppError('CONFLICT'),
    });
  }

  /** Throws NOT_FOUND for a booking of people whom the caller may not act for. The same key again: the same answer. */
  async run(ctx: Context, input: ConfirmAppointmentGraphqlInput): Promise<Booking | Refusals> {
    const permission = bookingPermission(ctx);
    return this.together.submit(ctx.tenant!.code, { ctx, input, permission });
  }

  private async confirmAll(calls: readonly ConfirmCall[]): Promise<readonly Outcome<Booking | Refusals>[]> {
    try {
      return await this.database.write(calls[0]!.ctx, async work => {
        const known = await this.known(work, calls);
        const decisions = calls.map(call => this.decide(call, known));
        const confirmed = await this.write(work, calls, decisions);
        return Promise.all(
          decisions.map((decision, index) => this.answer(calls[index]!, decision, confirmed)),
        );
      });
    } catch (error) {
      if (error instanceof SentMeanwhile) return calls.map(() => ({ again: true }));
      throw error;
    }
  }

  private async known(work: UnitOfWork, calls: readonly ConfirmCall[]): Promise<Known> {
    const inputs = calls.map(({ input }) => input);
    const [facilities, answered, before] = await Promise.all([
      this.facilities.ofAll(
        work,
        inputs.map(({ facilityId }) => facilityId),
      ),
      answeredBefore(work, calls.map(asRequest)),
      this.store.ofBookings(work, inputs, 'to read'),
    ]);
    // In one packet, and done in this order: the gates of the sessions come before their appointments.
    const [persons, , rows, sessions] = await Promise.all([
      this.persons.ofIds(
        work,
        before.map(({ personId }) => personId),
      ),
      this.counters.lock(work, before),
      this.store.ofBookings(work, inputs, 'to change'),
      this.sessions.sessions(work, before),
    ]);
    return {
      facilities,
      persons,
      answered,
      bookings: byBooking(rows),
      sessions: new Map(sessions.map(session => [session.id, session])),
    };
  }

  private decide({ ctx, input, permission }: ConfirmCall, known: Known): Decision {
    try {
      const at = known.facilities.get(input.facilityId);
      const all = known.bookings.get(input.bookingId) ?? [];
      const rows = all.filter(({ state }) => state !== 'CANCELLED' && state !== 'MOVED');
      if (!at || rows.length === 0) throw notFound();
      for (const { personId } of rows) mayFor(ctx, permission, known.persons.get(personId)!, at);
      if (known.answered.idOf(asRequest({ ctx, input }))) return { rows, held: [], isNew: false };
      if (rows.every(({ state }) => state !== 'HELD' && state !== 'EXPIRED'))
        return { rows, held: [], isNew: true }; // confirmed before, with another key
      const session = known.sessions.get(rows[0]!.sessionId)!;
      if (session.state === 'CANCELLED')
        return { refusal: this.refuse(ctx, SessionCancelled, 'sessionCancelled') };
      const late = rows.some(({ state, expiresAt }) => state !== 'HELD' || expiresAt! <= ctx.now());
      if (late || session.state === 'CLOSED')
        return { refusal: this.refuse(ctx, HoldExpired, 'holdExpired') };
      return { rows, held: rows, isNew: true };
    } catch (error) {
      return { error };
    }
  }

  /** Writes what was decided; the confirmed appointments as they are now, by their ids. */
  private async write(
    work: UnitOfWork,
    calls: readonly ConfirmCall[],
    decisions: readonly Decision[],
  ): Promise<ReadonlyMap<string, AppointmentRow>> {
    const made = decisions.flatMap((decision, index) =>
      'rows' in decision && decision.isNew ? [{ ...calls[index]!, ...decision }] : [],
    );
    if (made.length === 0) return new Map();
    const booked = (await Promise.all(made.map(({ ctx, held }) => this.codes.forEach(ctx, held)))).flat();
    const places = new PlacesAtHand();
    for (const row of booked) places.book(row);
    const answers = made.map(call => ({ ...asRequest(call), resultId: call.input.bookingId }));
    const [kept] = await Promise.all([
      keepAnswers(work, answers),
      this.counters.move(work, places.moves()),
      this.store.book(work, booked),
    ]);
    if (!kept) throw new SentMeanwhile();
    for (const { ctx, held } of made) if (held.length > 0) await this.tell(ctx, work, held);
    return new Map(
      booked.map(({ sealed, ...row }) => [row.id, { ...row, state: 'BOOKED', codeSealed: sealed }]),
    );
  }

  private async tell(ctx: Context, work: UnitOfWork, rows: readonly AppointmentRow[]): Promise<void> {
    const { facilityId, bookingId } = rows[0]!;
    const language = ctx.languages[0]!;
    this.outbox.announce(ctx, work, appointmentConfirmed, bookingId, {
      facilityId,
      bookingId,
      language,
    });
    for (const { personId } of rows)
      this.audit.record(ctx, work, {
        action: 'appointment.confirm',
        resource: { type: 'booking', id: bookingId },
        personId,
        facilityId,
      });
  }

  private async answer(
    { ctx }: ConfirmCall,
    decision: Decision,
    confirmed: ReadonlyMap<string, AppointmentRow>,
  ): Promise<Outcome<Booking | Refusals>> {
    if ('error' in decision) return decision;
    if ('refusal' in decision) return { answer: decision.refusal };
    const rows = decision.rows.map(row => confirmed.get(row.id) ?? row);
    return { answer: await this.view.booking(ctx, rows) };
  }

  private refuse(ctx: Context, refusal: new () => Refusals, key: string): Refusals {
    return Object.assign(new refusal(), { message: this.texts.say(ctx, `appointments.${key}`) });
  }
}

/** The same request came by another process at this very moment; everything is decided anew. */
class SentMeanwhile extends Error {}

const asRequest = ({
  ctx,
  input: { facilityId, bookingId, idempotencyKey },
}: Pick<ConfirmCall, 'ctx' | 'input'>) => ({
  ctx,
  key: idempotencyKey,
  request: { facilityId, bookingId },
});
