import { Injectable } from '@nestjs/common';
import { Places, type SessionRow, SessionsStore } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { mayFor, Persons } from '../../registry';
import type { NotToday, SessionCancelled, WrongCode } from '../appointments.refusals';
import { CheckIn } from '../attendance/check-in';
import { type Arriving, Arrivals } from './arrivals';
import type { ArrivingPersonGraphqlInput, JoinQueueGraphqlInput, VisitParty } from './queue.graphql';
import { type NoQueue, QueueRefusals } from './queue.refusals';
import { QueueStore } from './queue.store';
import { partyView } from './queue-view';

type Refusals = NoQueue | NotToday | SessionCancelled | WrongCode;

/** People come into the queue together: with appointments, without, a family, a group. All of them, or nobody. */
@Injectable()
export class JoinQueue {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly persons: Persons,
    private readonly arrival: CheckIn,
    private readonly arrivals: Arrivals,
    private readonly store: QueueStore,
    private readonly refusals: QueueRefusals,
  ) {}

  /**
   * Throws NOT_FOUND for no such session or person, STATE_FORBIDS for somebody who has died, INVALID_INPUT for one with an
   * appointment of whom neither her code nor the reason why there is none is given.
   */
  run(ctx: Context, input: JoinQueueGraphqlInput): Promise<VisitParty | Refusals> {
    mayAnywhere(ctx, 'appointment.check-in');
    return this.database.write(ctx, async work => {
      may(ctx, 'appointment.check-in', await this.places.of(work, input.facilityId));
      const session = await this.sessions.session(work, input.facilityId, input.sessionId);
      if (!session) throw notFound();
      const refused: Refusals[] = [];
      const made = await once(ctx, work, input.idempotencyKey, input, async () => {
        const answer = await this.join(ctx, work, session, input);
        if (typeof answer === 'string') return answer;
        refused.push(answer);
        return null;
      });
      if (!made) return refused[0]!;
      return partyView(ctx, made.id, await this.store.ofParty(work, session.facilityId, made.id));
    });
  }

  private async join(
    ctx: Context,
    work: UnitOfWork,
    session: SessionRow,
    input: JoinQueueGraphqlInput,
  ): Promise<string | Refusals> {
    const notNow = this.arrival.notNow(ctx, session);
    if (notNow) return notNow;
    const queue = await this.arrivals.queueOf(work, {
      facilityId: session.facilityId,
      sessionId: session.id,
    });
    if (!queue) return this.refusals.noQueue(ctx);
    const found: (Arriving & { checkIn: () => Promise<void> })[] = [];
    for (const [index, person] of input.people.entries()) {
      const one = await this.find(ctx, work, session, person, index);
      if ('message' in one) return one;
      found.push(one);
    }
    if (new Set(found.map(({ personId }) => personId)).size < found.length)
      throw invalid('people', 'appointments.fault.samePersonTwice');
    for (const { checkIn } of found) await checkIn();
    return this.arrivals.enter(ctx, work, { queue, session }, found);
  }

  /** Who it is, and what checks her in; nothing is written yet but a code that was wrong. */
  private async find(
    ctx: Context,
    work: UnitOfWork,
    session: SessionRow,
    person: ArrivingPersonGraphqlInput,
    index: number,
  ): Promise<(Arriving & { checkIn: () => Promise<void> }) | WrongCode> {
    const appointment = await this.arrival.appointmentOf(ctx, work, session, person);
    if (appointment && 'message' in appointment) return appointment;
    const personId = appointment?.personId ?? person.personId?.toLowerCase();
    if (!personId) throw invalid(`people.${index}.personId`, 'appointments.fault.codeOrPerson');
    const { facilityId } = session;
    const record = await this.persons.byId(ctx, work, personId);
    mayFor(ctx, 'appointment.check-in', record, await this.places.of(work, facilityId));
    if (record.status === 'deceased') throw new AppError('STATE_FORBIDS', { state: record.status });
    const reason = person.code ? null : (person.overrideReason ?? null);
    if (appointment?.state === 'BOOKED' && !person.code && reason === null)
      throw invalid(`people.${index}.code`, 'appointments.fault.codeOrReason');
    return {
      personId,
      booked: appointment !== null && appointment.made !== 'WALK_IN',
      attested: person.attestedGroups ?? [],
      checkIn: async () => {
        if (appointment?.state === 'BOOKED') await this.arrival.admit(ctx, work, appointment, reason);
      },
    };
  }
}
