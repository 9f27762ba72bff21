import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

const PEOPLE = 'How many persons one citizen’s account may act for.';
const LOOKS = 'How many different persons one member of staff is shown in a day without more ado.';
const LOOKS_AFTER =
  'How many, when she has proved her second factor once more (`stepUp`); nothing helps above it.';

@ObjectType({ description: 'The country’s own limits of its registry.' })
export class RegistryLimits {
  @Field(() => Int, { description: PEOPLE })
  peoplePerAccount: number;
  @Field(() => Int, { description: LOOKS })
  looksPerDay: number;
  @Field(() => Int, { description: LOOKS_AFTER })
  looksPerDayAfterStepUp: number;
}

@InputType('SetRegistryLimitsInput', { description: 'What is to change; the rest stays as it is.' })
export class SetRegistryLimitsGraphqlInput {
  @Field(() => Int, { nullable: true, description: `${PEOPLE} 1 to 100.` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  peoplePerAccount?: number | null;
  @Field(() => Int, { nullable: true, description: `${LOOKS} 1 to 300.` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(300)
  looksPerDay?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: `${LOOKS_AFTER} 1 to 1,000, and not below \`looksPerDay\`.`,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  looksPerDayAfterStepUp?: number | null;
}
