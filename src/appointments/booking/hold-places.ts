import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may, type Permission } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Coalescer, Database, isAway, type Outcome, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import type { Booking, HoldPlacesGraphqlInput } from '../appointment.graphql';
import { HOLD_SECONDS } from '../appointment-rules';
import { AlreadyBooked, SessionFull, TooManyPlaces, type TooYoungOrOld } from '../appointments.refusals';
import { Availabilities } from '../availability';
import { BookingCaps, type Held } from '../caps/booking-caps';
import { BookingView } from './booking-view';
import { bookingPermission, type NotBookable, type Room, type Seated, Seating } from './seating';
import { SweepExpiredHolds } from './sweep-expired-holds';

type Refusals = SessionFull | AlreadyBooked | TooYoungOrOld | TooManyPlaces | NotBookable;

/** Who wants which places held. */
interface HoldCall {
  ctx: Context;
  input: HoldPlacesGraphqlInput;
  permission: Permission;
}

type Decision = { seated: Seated; held: Held | null } | { refusal: Refusals } | { error: unknown };

/**
 * Places are kept for people who come together while they make up their minds: for all of them or for nobody. Calls
 * that come at the same moment share a transaction; each has its own answer.
 */
@Injectable()
export class HoldPlaces {
  private readonly together: Coalescer<HoldCall, Booking | Refusals>;

  constructor(
    private readonly database: Database,
    private readonly seating: Seating,
    private readonly caps: BookingCaps,
    private readonly sweep: SweepExpiredHolds,
    private readonly availability: Availabilities,
    private readonly view: BookingView,
    private readonly audit: AuditTrail,
  ) {
    this.together = new Coalescer({
      run: calls => this.holdOrSweep(calls),
      keysOf: ({ input }) => input.people.map(({ personId }) => personId),
      neverStill: () => new AppError('CONFLICT'),
    });
  }

  /** Throws NOT_FOUND for a session that is not there or a person whom the caller may not act for. */
  async run(ctx: Context, input: HoldPlacesGraphqlInput): Promise<Booking | Refusals> {
    const permission = bookingPermission(ctx);
    const answer = await this.together.submit(ctx.tenant!.code, { ctx, input, permission });
    if (answer instanceof SessionFull)
      answer.alternatives = await this.availability.alternatives(ctx, input, input.people);
    return answer;
  }

  /** Nobody is refused for a hold that ran out: where one may stand in the way, they are ended and it is tried again. */
  private async holdOrSweep(calls: readonly HoldCall[]): Promise<readonly Outcome<Booking | Refusals>[]> {
    const outcomes = [...(await this.hold(calls))];
    const refused = [...outcomes.keys()].filter(index => isTaken(outcomes[index]!));
    if (refused.length === 0) return outcomes;
    const again = await this.sweep.run(calls[refused[0]!]!.ctx).then(
      ended => (ended > 0 ? this.hold(refused.map(index => calls[index]!)) : []),
      (error: unknown) => refused.map(() => ({ error })), // of these alone: the others have their places
    );
    for (const [nth, outcome] of again.entries()) outcomes[refused[nth]!] = outcome;
    return outcomes;
  }

  /** A batch whose transaction fails has done nothing; its calls are tried one by one, so that only the poison fails. */
  private async hold(calls: readonly HoldCall[]): Promise<readonly Outcome<Booking | Refusals>[]> {
    try {
      return await this.database.write(calls[0]!.ctx, work => this.holdIn(work, calls));
    } catch (error) {
      const all = calls.length === 1 || isAway(error);
      return calls.map(() => (all && !(error instanceof PlaceTakenElsewhere) ? { error } : { again: true }));
    }
  }

  private async holdIn(
    work: UnitOfWork,
    calls: readonly HoldCall[],
  ): Promise<readonly Outcome<Booking | Refusals>[]> {
    const { ctx } = calls[0]!;
    const room = await this.seating.enter(
      ctx,
      work,
      calls.map(({ input }) => input),
    );
    const held = await this.caps.look(
      work,
      room,
      calls.map(call => ({ ctx: call.ctx, ...call.input })),
    );
    const decisions = calls.map((call, index) => this.decide(call, room, held[index]!));
    const given = decisions.filter(decision => 'seated' in decision);
    const seated = given.map(decision => decision.seated);
    if (!(await this.seating.write(ctx, work, room, seated))) throw new PlaceTakenElsewhere();
    await this.caps.keep(work, given);
    return Promise.all(decisions.map((decision, index) => this.answer(work, calls[index]!, room, decision)));
  }

  private decide({ ctx, input, permission }: HoldCall, room: Room, held: Held | null): Decision {
    try {
      const at = room.facilities.get(input.facilityId);
      if (!at) throw notFound();
      const made = permission === 'appointment.book-own' ? 'OWN' : 'ASSISTED';
      if (made === 'ASSISTED') may(ctx, permission, at);
      const session = this.seating.session(room, input);
      const guests = this.seating.guests(ctx, room, input, permission);
      const unfit = this.seating.notBookable(ctx, session) ?? this.seating.wrongAge(ctx, session, guests);
      if (unfit) return { refusal: unfit };
      // Whoever asks again, since the answer was lost on the way, is told of her place and not of the cap it fills
      if (held) this.seating.refuseWhoHasOne(ctx, room, session, guests, { made });
      const capped = this.caps.refusal(ctx, held, guests.length);
      if (capped) return { refusal: capped };
      const seated = this.seating.seat(ctx, room, session, guests, {
        bookingId: ctx.newId(),
        made,
        accountId: made === 'OWN' ? ctx.actor.id : null,
        language: made === 'OWN' ? ctx.languages[0]! : null,
        state: 'HELD',
        expiresAt: new Date(ctx.now().getTime() + HOLD_SECONDS * 1000),
      });
      this.caps.seated(held, guests.length);
      return { seated, held };
    } catch (error) {
      return error instanceof Refused ? { refusal: error.refusal as Refusals } : { error };
    }
  }

  private async answer(
    work: UnitOfWork,
    { ctx, input }: HoldCall,
    room: Room,
    decision: Decision,
  ): Promise<Outcome<Booking | Refusals>> {
    if ('error' in decision) return decision;
    if ('refusal' in decision) return { answer: decision.refusal };
    for (const { personId, facilityId, bookingId } of decision.seated)
      this.audit.record(ctx, work, {
        action: 'appointment.hold',
        resource: { type: 'booking', id: bookingId },
        personId,
        facilityId,
      });
    const { startTime, endTime } = this.seating.session(room, input);
    const rows = decision.seated.map(row =>
      Object.assign({}, row, { startTime, endTime, codeSealed: null, checkedInAt: null }),
    );
    return { answer: await this.view.booking(ctx, rows) };
  }
}

/** Somebody of the batch took a place elsewhere at this very moment; everything is decided anew. */
class PlaceTakenElsewhere extends Error {}

const isTaken = (outcome: Outcome<Booking | Refusals>): boolean =>
  'answer' in outcome &&
  [SessionFull, AlreadyBooked, TooManyPlaces].some(type => outcome.answer instanceof type);
