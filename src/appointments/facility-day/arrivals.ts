import { Injectable } from '@nestjs/common';
import { startOfDay } from '../../common';
import { type SessionRow, SessionsStore } from '../../facilities';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Programmes } from '../../programmes';
import { latestBirthDate, Persons } from '../../registry';
import { rankOf } from '../allocation/draws/priority-rules';
import { MoveVisits } from './move-visits';
import { type QueueRow, QueueStore, type VisitRow } from './queue.store';
import { CANCELLED, dueOf, instantOf, isBeforeDose, isOpen, onArrival } from './visit-rules';

/** Somebody who came. */
export interface Arriving {
  personId: string;
  /** Whether she has an appointment in the session. */
  booked: boolean;
  /** Codes of priority groups that staff attest she belongs to. */
  attested?: readonly string[];
}

/** People come into the queue of a session, each with a ticket. Checks no permission: the caller's verb has. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly store: QueueStore,
    private readonly sessions: SessionsStore,
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly move: MoveVisits,
  ) {}

  /** The queue that the session keeps now, its gate locked; null when it keeps none. Before anything else is locked. */
  queueOf(work: UnitOfWork, session: { facilityId: string; sessionId: string }): Promise<QueueRow | null> {
    return this.store.lockOpen(work, session.facilityId, session.sessionId);
  }

  /**
   * They come together and are served together; their party's id. Whoever is in a queue there already keeps her ticket,
   * and the others come to her party; whoever waits in one that is cancelled leaves that. Behind the gate; the people are
   * people of this country.
   */
  async enter(
    ctx: Context,
    work: UnitOfWork,
    { queue, session }: { queue: QueueRow; session: SessionRow },
    people: readonly Arriving[],
  ): Promise<string> {
    const { facilityId, day } = queue;
    const visits = await this.store.ofPeopleToChange(
      work,
      people.map(({ personId }) => ({ facilityId, personId, day })),
    );
    const there = await this.leaveCancelled(
      ctx,
      work,
      queue,
      visits.filter(({ state }) => isOpen(state)),
    );
    const known = new Map(there.map(visit => [visit.personId, visit]));
    const coming = people.filter(({ personId }) => !known.has(personId));
    const party = people.flatMap(({ personId }) => known.get(personId)?.partyId ?? [])[0] ?? ctx.newId();
    if (coming.length > 0) await this.begin(ctx, work, { queue, session, party }, coming);
    return party;
  }

  /** Ends the visits of those who wait in sessions that are cancelled, as {@link CloseQueue} will; the others. */
  private async leaveCancelled(
    ctx: Context,
    work: UnitOfWork,
    queue: QueueRow,
    visits: readonly VisitRow[],
  ): Promise<readonly VisitRow[]> {
    const elsewhere = visits.filter(({ sessionId }) => sessionId !== queue.sessionId);
    if (elsewhere.length === 0) return visits;
    const sessions = await this.sessions.sessions(work, elsewhere);
    const cancelled = new Set(sessions.flatMap(({ id, state }) => (state === 'CANCELLED' ? id : [])));
    const leaves = ({ sessionId, state }: VisitRow) => cancelled.has(sessionId) && isBeforeDose(state);
    await this.move.run(
      work,
      visits
        .filter(leaves)
        .map(visit => ({ ctx, visit, steps: [{ step: 'LEFT' as const, reason: CANCELLED }] })),
    );
    return visits.filter(visit => !leaves(visit));
  }

  private async begin(
    ctx: Context,
    work: UnitOfWork,
    { queue, session, party }: { queue: QueueRow; session: SessionRow; party: string },
    coming: readonly Arriving[],
  ): Promise<void> {
    const { facilityId, sessionId, day } = queue;
    const now = ctx.now();
    const bookedAt = instantOf(startOfDay(day, ctx.tenant!.timeZone), session.startTime);
    const ranks = queue.byPriority ? await this.ranks(ctx, work, queue, coming) : coming.map(() => null);
    const due = dueOf(
      coming.map(({ booked }, index) => ({ bookedAt: booked ? bookedAt : null, rank: ranks[index]! })),
      now,
    );
    const first = await this.store.tickets(work, facilityId, day, coming.length);
    const visits = coming.map(({ personId, booked }, index): VisitRow => ({
      ...onArrival(now, due.dueAt),
      ...due,
      facilityId,
      sessionId,
      day,
      personId,
      booked,
      id: ctx.newId(),
      partyId: party,
      ticket: first + index,
      arrivedAt: now,
    }));
    await this.move.begin(ctx, work, visits);
  }

  private async ranks(
    ctx: Context,
    work: UnitOfWork,
    { day }: QueueRow,
    people: readonly Arriving[],
  ): Promise<(number | null)[]> {
    const groups = await this.programmes.priorityGroups(ctx);
    const persons = await this.persons.ofIds(
      work,
      people.map(({ personId }) => personId),
    );
    return people.map(({ personId, attested = [] }) => {
      const { birthDate, birthDatePrecision: precision, sex } = persons.get(personId)!;
      const born = { earliest: birthDate, latest: latestBirthDate({ date: birthDate, precision }) };
      return rankOf(groups, { born, sex, attested }, day);
    });
  }
}
