import { Field, Float, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { CodeChannel } from './sign-in-code-rules';

export const SignInCodeChannel = {
  SMS: 'SMS',
  VOICE: 'VOICE',
} as const satisfies Record<CodeChannel, CodeChannel>;
registerEnumType(SignInCodeChannel, {
  name: 'SignInCodeChannel',
  description: 'By which way a one-time code goes. A country says which it offers.',
  valuesMap: {
    SMS: { description: 'A text message.' },
    VOICE: { description: 'A call that reads it aloud.' },
  },
});

const WINDOW = 'Codes that are sent in a quarter of an hour, to everybody together.';
const DAY = 'What may be spent in a day of the country, in the units of the prices.';
const TEXT = 'What a text message costs, in whole units of the country’s choosing.';
const CALL = 'What a call costs, in the same units.';

@ObjectType({ description: 'What the one-time codes of a country may cost.' })
export class SignInCodeBudget {
  @Field(() => Int, { description: WINDOW })
  perQuarterHour: number;
  @Field(() => Int, { description: DAY })
  dailySpend: number;
  @Field(() => Int, { description: TEXT })
  priceOfText: number;
  @Field(() => Int, { description: CALL })
  priceOfCall: number;
  @Field(() => Float, { description: 'What has been spent today, in the same units.' })
  spentToday: number;
}

@InputType('SetSignInCodeBudgetInput', { description: 'What is to change; the rest stays as it is.' })
export class SetSignInCodeBudgetGraphqlInput {
  @Field(() => Int, { nullable: true, description: `${WINDOW} 1 to 10,000,000.` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000_000)
  perQuarterHour?: number | null;
  @Field(() => Int, { nullable: true, description: `${DAY} 1 to 2,000,000,000.` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  dailySpend?: number | null;
  @Field(() => Int, { nullable: true, description: `${TEXT} 0 to 100,000.` })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100_000)
  priceOfText?: number | null;
  @Field(() => Int, { nullable: true, description: `${CALL} 0 to 100,000.` })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100_000)
  priceOfCall?: number | null;
}
