import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsUUID, Length, Matches, Max, Min } from 'class-validator';
import { ID, Refusal } from '../../platform/graphql';
import type { EndingState } from './tenant-endings.store';

export const EndingStateEnum = {
  ASKED: 'ASKED',
  DECLINED: 'DECLINED',
  STOPPED: 'STOPPED',
  APPROVED: 'APPROVED',
  EXPORTED: 'EXPORTED',
  CONFIRMED: 'CONFIRMED',
  ENDING: 'ENDING',
  ENDED: 'ENDED',
} as const satisfies Record<EndingState, EndingState>;
registerEnumType(EndingStateEnum, {
  name: 'TenantEndingState',
  description: 'How far the ending of a country is.',
  valuesMap: {
    ASKED: { description: 'A second operator has not decided.' },
    DECLINED: { description: 'She said no.' },
    STOPPED: { description: 'It was called off, or the country was resumed.' },
    APPROVED: { description: 'The export for the ministry is being made.' },
    EXPORTED: { description: 'The export is there; the ministry has not confirmed that it has it.' },
    CONFIRMED: { description: 'The ministry has it. From `endsAt` on nothing is kept.' },
    ENDING: { description: 'Keys, records and login are being destroyed. Nobody can stop it any more.' },
    ENDED: { description: 'Nothing is left but what is said here.' },
  },
});

/** The licence's twelve months (10.4), in which certificates stay verifiable. */
export const LEAST_WAIT_DAYS = 365;
const MOST_WAIT_DAYS = 3650;

@ObjectType({
  description:
    'That a country’s records and keys be destroyed: one operator asks, another decides. What stays of it.',
})
export class TenantEnding {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'Which tenant.' })
  tenantCode: string;
  @Field(() => EndingStateEnum, { description: 'How far it is.' })
  state: EndingState;
  @Field(() => String, { description: 'Reference of the ministry’s written instruction.' })
  instruction: string;
  @Field(() => String, { description: 'Why.' })
  reason: string;
  @Field(() => Int, { description: 'Days from the ministry’s confirmation until nothing is kept.' })
  waitDays: number;
  @Field(() => ID, { description: 'Account of the operator who asked.' })
  askedBy: string;
  @Field(() => Date, { description: 'When.' })
  askedAt: Date;
  @Field(() => ID, { nullable: true, description: 'Account of the operator who decided.' })
  decidedBy: string | null;
  @Field(() => Date, { nullable: true, description: 'When.' })
  decidedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When the export was complete.' })
  exportedAt: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of its `manifest.json`, which has the hash of every other file; hexadecimal.',
  })
  exportSha256: string | null;
  @Field(() => String, { nullable: true, description: 'Its folder among the worker’s exports.' })
  exportFolder: string | null;
  @Field(() => Date, { nullable: true, description: 'When the ministry confirmed that it has the export.' })
  confirmedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'From when on nothing is kept.' })
  endsAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When the country’s keys were destroyed.' })
  keysGoneAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When its records and its login were gone.' })
  endedAt: Date | null;
}

@InputType('RequestTenantEndingInput', {
  description: 'A country that has left, and what was agreed about it.',
})
export class RequestTenantEndingGraphqlInput {
  @Field(() => ID, { description: 'Which tenant; it must be suspended or archived.' })
  @Length(1, 40)
  code: string;
  @Field(() => String, { description: 'Reference of the ministry’s written instruction.' })
  @Length(1, 200)
  instruction: string;
  @Field(() => String, { description: 'Why, for the second operator and for ever. No names.' })
  @Length(3, 500)
  reason: string;
  @Field(() => String, {
    description:
      'The ministry’s public key as a JWK (RFC 7517) of P-256 or P-384. Its private half alone opens the export.',
  })
  @Length(1, 2000)
  publicKey: string;
  @Field(() => Int, {
    defaultValue: LEAST_WAIT_DAYS,
    description: 'Days from the ministry’s confirmation until nothing is kept; a year at the least.',
  })
  @Min(LEAST_WAIT_DAYS)
  @Max(MOST_WAIT_DAYS)
  waitDays: number;
}

@InputType('DecideTenantEndingInput', { description: 'What a second operator says.' })
export class DecideTenantEndingGraphqlInput {
  @Field(() => ID, { description: 'Which ending.' })
  @IsUUID()
  endingId: string;
  @Field(() => Boolean, { description: 'Whether the country is to be ended.' })
  approved: boolean;
}

@InputType('ConfirmTenantExportInput', { description: 'That the ministry has its export.' })
export class ConfirmTenantExportGraphqlInput {
  @Field(() => ID, { description: 'Which ending.' })
  @IsUUID()
  endingId: string;
  @Field(() => String, {
    description: 'SHA-256 of `manifest.json` as the ministry computed it; hexadecimal.',
  })
  @Matches(/^[0-9a-f]{64}$/)
  sha256: string;
  @Field(() => String, { description: 'Reference of the ministry’s confirmation.' })
  @Length(1, 200)
  confirmation: string;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'Whoever asked does not decide. Another operator does.',
})
export class EndingNeedsSecondPerson implements Refusal {
  message: string;
}

export const DecideTenantEndingResult = createUnionType({
  name: 'DecideTenantEndingResult',
  description: 'The ending as it was decided, or that somebody else has to decide.',
  types: () => [TenantEnding, EndingNeedsSecondPerson] as const,
  resolveType: value => ('askedAt' in value ? TenantEnding : EndingNeedsSecondPerson),
});
