import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { CountryWords } from '../../localisation';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { type JobAtHand, type JobPart, Jobs, type SliceDone } from '../../platform/jobs';
import { HOLD_SECONDS } from '../appointment-rules';
import { appointmentMoved } from '../appointments.events';
import { type AppointmentRow, AppointmentsStore, byBooking } from '../appointments.store';
import { CancelAppointment } from '../booking/cancel-appointment';
import { CheckInCodes } from '../attendance/check-in-codes';
import { type Seated, Seating } from '../booking/seating';
import { FindPlaces } from './find-places';
import { type Displaced, type RelocationRow, RelocationStore, type Settled } from './relocation.store';

export const MOVE_DISPLACED = 'appointments.move-displaced';

interface Order {
  facilityId: string;
}
/** The last turn that is done. */
type Cursor = { position: number };

/** Bookings in one slice. */
const SLICE = 50;

/** A booking whose turn has come, and where its people are from now on; null when no session has places for them. */
interface Moving {
  displaced: Displaced;
  party: readonly AppointmentRow[];
  seated: Seated | null;
}

/**
 * Moves the people of an order, booking by booking in the order of their turns: who comes together, stays together, and
 * keeps the old places until the new ones are hers. A slice commits with its cursor: each booking is moved once,
 * whenever a process dies.
 */
@Injectable()
export class MoveDisplaced implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly store: RelocationStore,
    private readonly appointments: AppointmentsStore,
    private readonly find: FindPlaces,
    private readonly seating: Seating,
    private readonly cancellation: CancelAppointment,
    private readonly codes: CheckInCodes,
    private readonly words: CountryWords,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  onModuleInit(): void {
    this.jobs.on<Order, Cursor>(MOVE_DISPLACED, {
      plan: (ctx, work, job) => this.plan(ctx, work, job),
      slice: (ctx, work, job) => this.slice(ctx, work, job),
    });
  }

  private async plan(ctx: Context, work: UnitOfWork, job: JobAtHand<Order>): Promise<JobPart<Cursor>[]> {
    const total = await this.store.displace(work, await this.orderOf(work, job), ctx.now());
    return [{ cursor: { position: 0 }, total }];
  }

  private async slice(
    ctx: Context,
    work: UnitOfWork,
    job: JobAtHand<Order> & { cursor: Cursor },
  ): Promise<SliceDone<Cursor>> {
    const order = await this.orderOf(work, job);
    const turns = await this.store.inTurn(work, order, job.cursor.position, SLICE);
    await this.move(ctx, work, order, turns);
    const last = turns.at(-1);
    return {
      cursor: last && turns.length === SLICE ? { position: last.position } : null,
      done: turns.reduce((sum, { appointmentIds }) => sum + appointmentIds.length, 0),
    };
  }

  private async move(
    ctx: Context,
    work: UnitOfWork,
    order: RelocationRow,
    turns: readonly Displaced[],
  ): Promise<void> {
    if (turns.length === 0) return;
    const before = await this.appointments.ofBookings(work, turns, 'to read');
    const sessions = {
      to: order.to,
      more: order.sessionIds.map(sessionId => ({ facilityId: order.facilityId, sessionId })),
    };
    const room = await this.find.enter(ctx, work, before, sessions);
    const rows = byBooking(await this.appointments.ofBookings(work, turns, 'to change'));
    const moving = turns.map((displaced): Moving => {
      const party = (rows.get(displaced.bookingId) ?? []).filter(row => isToMove(row, displaced));
      const as = seatOf(ctx, party);
      const asked = party.length > 0 && !isPassing(order, party);
      const seated = asked ? this.find.seat(ctx, room, party, { to: order.to, as: () => as }) : null;
      return { displaced, party, seated };
    });
    const moved = moving.filter(({ seated }) => seated !== null);
    const leaving = moved.flatMap(({ party }) => party);
    await this.appointments.setState(ctx, work, leaving, 'MOVED');
    await this.appointments.endClaims(ctx, work, leaving);
    const seated = moved.map(each => each.seated!);
    if (!(await this.seating.write(ctx, work, room, seated))) throw new Error('A place was taken meanwhile'); // the slice is tried again
    const booked = seated.flat().filter(({ state }) => state === 'BOOKED');
    await this.appointments.book(work, await this.codes.forEach(ctx, booked));
    const { defaultLanguage } = await this.words.profile(ctx);
    for (const each of moved) this.tellMoved(ctx, work, order, each, defaultLanguage);
    for (const each of moving)
      if (!each.seated && each.party.length > 0)
        await this.cancel(ctx, work, order, each.party, defaultLanguage);
    await this.store.settle(
      work,
      moving.map(each => settled(ctx, order, each)),
    );
  }

  private tellMoved(
    ctx: Context,
    work: UnitOfWork,
    { id }: RelocationRow,
    { displaced, party, seated }: Moving,
    defaultLanguage: string,
  ): void {
    const { facilityId, bookingId } = seated![0]!;
    this.outbox.announce(ctx, work, appointmentMoved, bookingId, {
      facilityId,
      bookingId,
      language: party[0]!.language ?? defaultLanguage,
      from: { facilityId: displaced.facilityId, bookingId: displaced.bookingId },
      because: 'not-kept',
    });
    for (const { personId } of party)
      this.audit.record(ctx, work, {
        action: 'appointment.reschedule',
        resource: { type: 'booking', id: bookingId },
        personId,
        facilityId,
        detail: { relocation: id },
      });
  }

  /** Whoever was only making up her mind is not told: she is asked again when she confirms. */
  private async cancel(
    ctx: Context,
    work: UnitOfWork,
    order: RelocationRow,
    party: readonly AppointmentRow[],
    defaultLanguage: string,
  ): Promise<void> {
    const speaking = { ...ctx, languages: [party[0]!.language ?? defaultLanguage] };
    const cause = order.because === 'SESSION_CANCELLED' ? 'session-cancelled' : 'not-kept';
    await this.cancellation.cancel(speaking, work, party, isPassing(order, party) ? 'hold-ended' : cause);
  }

  private async orderOf(
    work: UnitOfWork,
    { id, parameters }: Pick<JobAtHand<Order>, 'id' | 'parameters'>,
  ): Promise<RelocationRow> {
    const order = await this.store.order(work, { facilityId: parameters.facilityId, id });
    if (!order) throw new AppError('NOT_FOUND');
    return order;
  }
}

const isToMove = ({ id, state }: AppointmentRow, { appointmentIds }: Displaced): boolean =>
  (state === 'BOOKED' || state === 'HELD') && appointmentIds.includes(id);

/** Whether somebody was only making up her mind when the order came: nothing was promised to her for longer. */
const isPassing = ({ orderedAt }: RelocationRow, [first]: readonly AppointmentRow[]): boolean =>
  first!.state === 'HELD' && first!.expiresAt!.getTime() <= orderedAt.getTime() + HOLD_SECONDS * 1000;

/** A place that was kept until she confirms is kept as long elsewhere. */
const seatOf = (ctx: Context, party: readonly AppointmentRow[]) => ({
  bookingId: ctx.newId(),
  state: party[0]?.state === 'HELD' ? ('HELD' as const) : ('BOOKED' as const),
  expiresAt: party[0]?.state === 'HELD' ? party[0].expiresAt : null,
  leaving: party,
});

function settled(
  ctx: Context,
  order: RelocationRow,
  { displaced: { facilityId, relocationId, bookingId }, party, seated }: Moving,
): Settled {
  const key = { facilityId, relocationId, bookingId, at: ctx.now() };
  if (seated) {
    const to = { facilityId: seated[0]!.facilityId, bookingId: seated[0]!.bookingId };
    return { ...key, state: 'MOVED', to };
  }
  const over = party.length === 0 || isPassing(order, party);
  return { ...key, state: over ? 'OVER' : 'WAITING', to: null };
}
