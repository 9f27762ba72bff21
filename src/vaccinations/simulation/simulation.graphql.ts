import { ArgsType, Field, Float, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsUUID, Max, Min } from 'class-validator';
import { DateScalar, ID } from '../../platform/graphql';
import { DueStatusEnum, ProductToGive } from '../forecast/forecast.graphql';

@InputType({ description: 'What to try out on the registry.' })
export class SimulateProgrammeInput {
  @Field(() => ID, { description: 'The configuration, drafted or published: its `id` in `countryPacks`.' })
  @IsUUID()
  packId: string;
  @Field(() => DateScalar, { description: 'As of this day: today, or at the most a year ahead.' })
  from: string;
  @Field(() => Int, { description: 'How many months to look ahead, 1 to 24.' })
  @Min(1)
  @Max(24)
  months: number;
}

@ArgsType()
export class SimulatedAreaArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'In this area and below. Left out: in the whole country.',
  })
  @IsOptional()
  @IsUUID()
  areaId?: string | null;
}

@ObjectType({ description: 'How many people stand so.' })
export class SimulatedStanding {
  @Field(() => DueStatusEnum, { description: 'Where they stand on the first day.' })
  status: (typeof DueStatusEnum)[keyof typeof DueStatusEnum];
  @Field(() => Float, {
    nullable: true,
    description: 'By the programme in force; absent when too few to be shown.',
  })
  inForce: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'By the programme tried out; absent when too few to be shown.',
  })
  simulated: number | null;
}

@ObjectType({ description: 'What a programme would change for one vaccine group on the first day.' })
export class SimulatedGroup {
  @Field(() => ID, { description: 'Code of the vaccine group.' })
  vaccineGroup: string;
  @Field(() => String, { description: "What the group is called in the caller's language." })
  vaccineGroupName: string;
  @Field(() => Float, {
    nullable: true,
    description: 'People who would become due; absent when too few to be shown.',
  })
  becomeDue: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'People who would become overdue; absent when too few to be shown.',
  })
  becomeOverdue: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'People for whom it would be complete; absent when too few to be shown.',
  })
  becomeComplete: number | null;
  @Field(() => [SimulatedStanding], { complexity: 3, description: 'By where they stand.' })
  standings: SimulatedStanding[];
}

@ObjectType({ description: 'Doses of a vaccine that would be needed in a month.' })
export class SimulatedNeed {
  @Field(() => DateScalar, { description: 'The first day of the month.' })
  month: string;
  @Field(() => ID, { description: 'Code of the vaccine in the schedule.' })
  vaccine: string;
  @Field(() => [ProductToGive], { description: 'Products that the programme tried out has of it.' })
  products: ProductToGive[];
  @Field(() => Float, {
    nullable: true,
    description: 'By the programme in force; absent when too few to be shown.',
  })
  inForce: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'By the programme tried out; absent when too few to be shown.',
  })
  simulated: number | null;
}

@ObjectType({ description: 'Doses that would be needed in a part of an area.' })
export class SimulatedAreaNeed extends SimulatedNeed {
  @Field(() => ID, {
    nullable: true,
    description: 'The part; absent for people of whom nobody knows where they live.',
  })
  areaId: string | null;
  @Field(() => String, { nullable: true, description: "What it is called in the caller's language." })
  areaName: string | null;
}

@ObjectType({
  description:
    'What a configuration would do on the registry: counts of the people registered, no names. Children still to be born are not in it. Its lists are empty until it is finished.',
})
export class ProgrammeSimulation {
  @Field(() => ID, { description: 'Its id, and that of the job that makes it: `job` says how far it is.' })
  id: string;
  @Field(() => ID, { description: 'The configuration tried out.' })
  packId: string;
  @Field(() => ID, { description: 'The configuration in force, to compare with.' })
  basePackId: string;
  @Field(() => DateScalar, { description: 'The first day.' })
  from: string;
  @Field(() => Int, { description: 'Months looked ahead.' })
  months: number;
  @Field(() => Boolean, { description: 'Whether everybody is counted.' })
  finished: boolean;
  @Field(() => Int, { description: 'Counts of fewer people than this, or of fewer doses, are not shown.' })
  fewestShown: number;
}
