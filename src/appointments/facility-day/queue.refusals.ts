import { Injectable } from '@nestjs/common';
import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import type { Context } from '../../platform/context';
import { ID, Refusal } from '../../platform/graphql';
import { Texts } from '../../platform/i18n';
import { NotToday, SessionCancelled, WrongCode } from '../appointments.refusals';
import { SessionQueue, VisitParty, VisitsServed, VisitStateEnum } from './queue.graphql';
import type { VisitRow } from './queue.store';
import { stateAt, type VisitState } from './visit-rules';

@ObjectType({
  implements: () => [Refusal],
  description: 'The session keeps no queue, or not any more. Begin one with `keepQueue`, or record without.',
})
export class NoQueue implements Refusal {
  message: string;
}

@ObjectType({ implements: () => [Refusal], description: 'Nobody waits to be called for that.' })
export class NobodyWaiting implements Refusal {
  message: string;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'Another desk has called her. If she does not go there, put her back first.',
})
export class CalledByAnother implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The visit.' })
  visitId: string;
  @Field(() => String, { nullable: true, description: 'Where she was called to.' })
  station: string | null;
  @Field(() => Date, { description: 'When.' })
  calledAt: Date;
}

@ObjectType({ implements: () => [Refusal], description: 'That is not what comes next for her.' })
export class NotInOrder implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The visit.' })
  visitId: string;
  @Field(() => VisitStateEnum, { description: 'Where she is.' })
  state: VisitState;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'She has had no dose, or her time of observation is not over. Say why she goes.',
})
export class ReasonNeeded implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The visit.' })
  visitId: string;
  @Field(() => Date, { nullable: true, description: 'Until when she is observed; absent without a dose.' })
  observedUntil: Date | null;
}

export const KeepQueueResult = createUnionType({
  name: 'KeepQueueResult',
  description: 'The queue, or why there is none.',
  types: () => [SessionQueue, NotToday, SessionCancelled] as const,
});

export const JoinQueueResult = createUnionType({
  name: 'JoinQueueResult',
  description: 'The party with its tickets; or why nobody of it is in the queue.',
  types: () => [VisitParty, NoQueue, NotToday, SessionCancelled, WrongCode] as const,
});

export const CallPartyResult = createUnionType({
  name: 'CallPartyResult',
  description: 'Who was called, or why nobody was.',
  types: () => [VisitParty, NobodyWaiting, CalledByAnother, NotInOrder] as const,
});

export const PutBackResult = createUnionType({
  name: 'PutBackResult',
  description: 'The visits, or why nothing was done.',
  types: () => [VisitsServed, NotInOrder] as const,
});

export const VerifyVisitsResult = createUnionType({
  name: 'VerifyVisitsResult',
  description: 'The visits, or why nothing was done.',
  types: () => [VisitsServed, NotInOrder] as const,
});

export const EndVisitsResult = createUnionType({
  name: 'EndVisitsResult',
  description: 'The visits, or why nobody went.',
  types: () => [VisitsServed, ReasonNeeded] as const,
});

/** Says "no" to a desk in the caller's language. */
@Injectable()
export class QueueRefusals {
  constructor(private readonly texts: Texts) {}

  noQueue(ctx: Context): NoQueue {
    return Object.assign(new NoQueue(), { message: this.say(ctx, 'noQueue') });
  }

  nobodyWaiting(ctx: Context): NobodyWaiting {
    return Object.assign(new NobodyWaiting(), { message: this.say(ctx, 'nobodyWaiting') });
  }

  calledByAnother(ctx: Context, { id: visitId, ticket, station, calledAt }: VisitRow): CalledByAnother {
    const message = this.say(ctx, 'calledByAnother', { ticket });
    return Object.assign(new CalledByAnother(), { message, visitId, station, calledAt: calledAt! });
  }

  notInOrder(ctx: Context, visit: VisitRow): NotInOrder {
    const { id: visitId, ticket } = visit;
    const state = stateAt(visit, ctx.now());
    return Object.assign(new NotInOrder(), {
      message: this.say(ctx, `notInOrder.${state}`, { ticket }),
      visitId,
      state,
    });
  }

  reasonNeeded(ctx: Context, { id: visitId, ticket, observedUntil }: VisitRow): ReasonNeeded {
    const message = this.say(ctx, observedUntil ? 'stillObserved' : 'noDose', { ticket });
    return Object.assign(new ReasonNeeded(), { message, visitId, observedUntil });
  }

  private say(ctx: Context, name: string, params: Record<string, number> = {}): string {
    return this.texts.say(ctx, `appointments.queue.${name}`, params);
  }
}
