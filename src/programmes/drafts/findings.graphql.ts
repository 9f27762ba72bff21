import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export const LintSeverityEnum = { ERROR: 'error', WARNING: 'warning' } as const;
registerEnumType(LintSeverityEnum, {
  name: 'LintSeverity',
  description: 'How bad a finding is.',
  valuesMap: {
    ERROR: { description: 'Surely wrong: such a pack can be neither proposed nor published.' },
    WARNING: { description: 'Deserves a second look.' },
  },
});

@ObjectType({ description: 'Something that the linter found in the schedule of a pack.' })
export class CountryPackLintFinding {
  @Field(() => String, { description: 'A stable code for the kind of finding.' })
  code: string;
  @Field(() => LintSeverityEnum, { description: 'How bad it is.' })
  severity: 'error' | 'warning';
  @Field(() => String, { nullable: true, description: 'The antigen, where it is about one.' })
  antigen?: string;
  @Field(() => String, { nullable: true, description: 'Name of the series, where it is about one.' })
  series?: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Number of the target dose, from 1, where it is about one.',
  })
  dose?: number;
  @Field(() => String, {
    nullable: true,
    description: 'What of that, list items counted from 1, e.g. `ages/1/maximum`.',
  })
  field?: string;
  @Field(() => String, { description: 'JSON pointer into `schedule.json`.' })
  path: string;
  @Field(() => String, { description: "What is wrong, in the caller's language." })
  reason: string;
}

@ObjectType({ description: 'One thing that the engine answers otherwise than a golden case expects.' })
export class CountryPackGoldenDifference {
  @Field(() => String, { description: 'The vaccine group.' })
  group: string;
  @Field(() => String, { description: 'status, dose, earliest, recommended or pastDue.' })
  property: string;
  @Field(() => String, { description: 'What the case expects.' })
  expected: string;
  @Field(() => String, {
    nullable: true,
    description: 'What the engine answers; absent where it gives none.',
  })
  got: string | null;
}

@ObjectType({ description: 'A golden case of a pack, played through the engine with its schedule.' })
export class CountryPackGoldenCase {
  @Field(() => String, { description: 'Its name.' })
  name: string;
  @Field(() => Boolean, { description: 'Whether everything came out as expected.' })
  passed: boolean;
  @Field(() => [CountryPackGoldenDifference], { description: 'What did not.' })
  differences: CountryPackGoldenDifference[];
}
