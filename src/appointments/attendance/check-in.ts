import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { civilNow, Places, type SessionRow, SessionsStore } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import type { Appointment, CheckInGraphqlInput } from '../appointment.graphql';
import { NoAppointment, NotToday, SessionCancelled, WrongCode } from '../appointments.refusals';
import { type AppointmentRow, AppointmentsStore } from '../appointments.store';
import { BookingView } from '../booking/booking-view';
import { CheckInCodes } from './check-in-codes';
import { Arrivals } from '../facility-day/arrivals';

/** Codes that one member of staff may get wrong in one session before she must name persons and reasons instead. */
const TRIES = 10;

type Refusals = WrongCode | NoAppointment | NotToday | SessionCancelled;

/**
 * Somebody came to her appointment. Her code is the evidence that she is there; without it a member of staff names
 * her and says why, and how often that happens is in the audit.
 */
@Injectable()
export class CheckIn {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly store: AppointmentsStore,
    private readonly codes: CheckInCodes,
    private readonly arrivals: Arrivals,
    private readonly view: BookingView,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /**
   * Throws NOT_FOUND, INVALID_INPUT unless there is a code, or a person and a reason. Somebody checked in already
   * stays so.
   */
  run(ctx: Context, input: CheckInGraphqlInput): Promise<Appointment | Refusals> {
    mayAnywhere(ctx, 'appointment.check-in');
    return this.database.write(ctx, async work => {
      may(ctx, 'appointment.check-in', await this.places.of(work, input.facilityId));
      const session = await this.sessions.session(work, input.facilityId, input.sessionId);
      if (!session) throw notFound();
      const refusal = this.notNow(ctx, session);
      if (refusal) return refusal;
      const queue = await this.arrivals.queueOf(work, input);
      const found = input.code
        ? await this.byCode(ctx, work, session, input.code)
        : await this.byPerson(ctx, work, session, input);
      if (!('personId' in found)) return found;
      if (found.state === 'BOOKED')
        await this.admit(ctx, work, found, input.code ? null : input.overrideReason!);
      if (queue)
        await this.arrivals.enter(ctx, work, { queue, session }, [
          { personId: found.personId, booked: found.made !== 'WALK_IN' },
        ]);
      return this.view.appointment(ctx, { ...found, state: 'CHECKED_IN' });
    });
  }

  /** Why nobody can be checked in to a session: it will not be held, or is not today. */
  notNow(ctx: Context, session: SessionRow): NotToday | SessionCancelled | null {
    if (session.state === 'CANCELLED')
      return Object.assign(new SessionCancelled(), {
        message: this.texts.say(ctx, 'appointments.sessionCancelled'),
      });
    if (session.date === civilNow(ctx).date) return null;
    return Object.assign(new NotToday(), {
      message: this.texts.say(ctx, 'appointments.notToday'),
      date: session.date,
    });
  }

  /** The appointment that somebody's code names, or hers; null when she has none. Locked; checks no permission. */
  async appointmentOf(
    ctx: Context,
    work: UnitOfWork,
    session: SessionRow,
    { code, personId }: { code?: string | null; personId?: string | null },
  ): Promise<AppointmentRow | null | WrongCode> {
    if (code) return this.byCode(ctx, work, session, code);
    if (!personId) return null;
    const found = await this.store.ofPersonToChange(work, session.facilityId, session.id, personId);
    return found?.state === 'HELD' ? null : found;
  }

  private async byCode(
    ctx: Context,
    work: UnitOfWork,
    session: SessionRow,
    code: string,
  ): Promise<AppointmentRow | WrongCode> {
    const key = { facilityId: session.facilityId, sessionId: session.id };
    const who = { ...key, actorId: ctx.actor.id ?? '' };
    const misses = await this.store.misses(work, who);
    if (misses >= TRIES) return this.wrong(ctx, 0);
    const found = await this.store.byCodeToChange(work, key, await this.codes.indexOf(ctx, key, code));
    if (found.length === 1) return found[0]!;
    return this.wrong(ctx, Math.max(0, TRIES - (await this.store.addMiss(work, who))));
  }

  private async byPerson(
    ctx: Context,
    work: UnitOfWork,
    session: SessionRow,
    { personId, overrideReason }: CheckInGraphqlInput,
  ): Promise<AppointmentRow | NoAppointment | WrongCode> {
    if (!personId || !overrideReason) throw invalid('code', 'appointments.fault.codeOrReason');
    const found = await this.appointmentOf(ctx, work, session, { personId });
    return (
      found ??
      Object.assign(new NoAppointment(), { message: this.texts.say(ctx, 'appointments.noAppointment') })
    );
  }

  /** Checks in a booked appointment; `reason`: why without its code. The caller has locked it. */
  async admit(ctx: Context, work: UnitOfWork, row: AppointmentRow, reason: string | null): Promise<void> {
    await this.store.checkIn(ctx, work, row, reason);
    this.audit.record(ctx, work, {
      action: reason === null ? 'appointment.check-in' : 'appointment.check-in-override',
      resource: { type: 'appointment', id: row.id },
      personId: row.personId,
      facilityId: row.facilityId,
    });
  }

  private wrong(ctx: Context, triesLeft: number): WrongCode {
    const message = this.texts.say(ctx, 'appointments.wrongCode', { triesLeft });
    return Object.assign(new WrongCode(), { message, triesLeft });
  }
}
