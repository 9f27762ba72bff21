import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { ID, Refusal } from '../../../platform/graphql';
import { SessionCancelled, SessionOver, TooYoungOrOld } from '../../appointments.refusals';
import { Draw, DrawEntryView } from './draw.graphql';
import { WaitYourTurn } from '../waiting-room/waiting-room.graphql';

@ObjectType({
  implements: () => [Refusal],
  description: 'The session has fewer free places than are to be drawn for.',
})
export class PlacesNotFree implements Refusal {
  message: string;
  @Field(() => Int, { description: 'How many are free.' })
  free: number;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'A draw was announced for the session. What was announced stands.',
})
export class DrawAnnounced implements Refusal {
  message: string;
  @Field(() => ID, { description: 'That draw.' })
  drawId: string;
}

@ObjectType({ implements: () => [Refusal], description: 'Nobody can enter yet.' })
export class EnteringNotOpen implements Refusal {
  message: string;
  @Field(() => Date, { description: 'From when people can.' })
  entriesFrom: Date;
}

@ObjectType({ implements: () => [Refusal], description: 'Entering is over.' })
export class EnteringOver implements Refusal {
  message: string;
  @Field(() => Date, { description: 'Since when.' })
  entriesUntil: Date;
}

@ObjectType({ implements: () => [Refusal], description: 'It cannot be drawn yet.' })
export class DrawNotDue implements Refusal {
  message: string;
  @Field(() => Date, { description: 'From when it can.' })
  drawnFrom: Date;
}

export const AnnounceDrawResult = createUnionType({
  name: 'AnnounceDrawResult',
  description: 'The draw as announced, or why it was not.',
  types: () => [Draw, PlacesNotFree, DrawAnnounced, SessionOver, SessionCancelled] as const,
});

export const EnterDrawResult = createUnionType({
  name: 'EnterDrawResult',
  description: 'The entry, or why there is none.',
  types: () =>
    [
      DrawEntryView,
      EnteringNotOpen,
      EnteringOver,
      SessionOver,
      SessionCancelled,
      TooYoungOrOld,
      WaitYourTurn,
    ] as const,
});

export const DrawLotsResult = createUnionType({
  name: 'DrawLotsResult',
  description: 'The draw with its result, or why it was not drawn.',
  types: () => [Draw, DrawNotDue] as const,
});
