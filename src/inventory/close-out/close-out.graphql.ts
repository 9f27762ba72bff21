import { createUnionType, Field, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsEnum, IsOptional, IsUUID, Length, Max, Min, ValidateNested } from 'class-validator';
import { byClass, ID } from '../../platform/graphql';
import { WasteReason } from '../inventory.graphql';
import { LotNotInStock } from '../inventory.refusals';
import { CountDiffers, CountNeedsSecondPerson, VialsMustBeDiscarded } from './close-out.refusals';
import { SessionCloseOut } from './session-lot.graphql';

const MOST = 1_000_000;

export const CloseOutResult = createUnionType({
  name: 'CloseOutResult',
  description: 'The session as it is accounted for now, or why the count cannot be taken.',
  types: () => [SessionCloseOut, CountDiffers, VialsMustBeDiscarded, LotNotInStock] as const,
  resolveType: byClass,
});

export const DecideCloseOutResult = createUnionType({
  name: 'DecideCloseOutResult',
  description: 'The session as it is accounted for now, or why this person cannot decide.',
  types: () => [SessionCloseOut, CountNeedsSecondPerson, LotNotInStock] as const,
  resolveType: byClass,
});

@InputType('SessionLossInput', { description: 'Doses thrown away for one reason.' })
export class SessionLossGraphqlInput {
  @Field(() => WasteReason, { description: 'Why.' })
  @IsEnum(WasteReason)
  reason: WasteReason;
  @Field(() => Int, { description: 'Whole doses.' })
  @Min(1)
  @Max(MOST)
  doses: number;
}

@InputType('SessionLotCountInput', {
  description:
    'What was counted of a lot at the end of a session: all of it, whatever of it was reported before.',
})
export class SessionLotCountGraphqlInput {
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
  @Field(() => Int, { description: 'Vials that the session opened.' })
  @Min(0)
  @Max(MOST)
  vialsOpened: number;
  @Field(() => [SessionLossGraphqlInput], { description: 'Doses of opened vials that were thrown away.' })
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => SessionLossGraphqlInput)
  wasted: SessionLossGraphqlInput[];
  @Field(() => Int, { description: 'Doses in opened vials that go back to the refrigerator.' })
  @Min(0)
  @Max(MOST)
  returnedOpen: number;
}

@InputType('CloseOutSessionInput', { description: 'The count at the end of a session.' })
export class CloseOutSessionGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key counts once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  @IsUUID()
  sessionId: string;
  @Field(() => [SessionLotCountGraphqlInput], {
    description: 'Lots with vials of several doses. A lot left out stands as it was reported.',
  })
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => SessionLotCountGraphqlInput)
  lots: SessionLotCountGraphqlInput[];
  @Field(() => String, {
    nullable: true,
    description:
      'Why it does not tie out. With it the count is taken as it is, for a second person to decide on.',
  })
  @IsOptional()
  @Length(3, 500)
  discrepancyReason?: string | null;
}

@InputType('DecideCloseOutInput', { description: 'A decision on what a session could not account for.' })
export class DecideCloseOutGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  @IsUUID()
  sessionId: string;
  @Field(() => Boolean, {
    description: 'True: doses that are missing are lost. False: the session is to be counted again.',
  })
  approve: boolean;
}
