import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { DateScalar, ID, Page } from '../../platform/graphql';
import { ExtractDecided, ExtractNeedsSecondPerson } from './extract.refusals';
import type { ExtractState } from './extracts.store';

export const ExtractStateEnum = {
  ASKED: 'ASKED',
  DECLINED: 'DECLINED',
  MAKING: 'MAKING',
  READY: 'READY',
} as const satisfies Record<ExtractState, ExtractState>;
registerEnumType(ExtractStateEnum, {
  name: 'DoseExtractState',
  description: 'Where an extract stands.',
  valuesMap: {
    ASKED: { description: 'The data protection officer has not decided.' },
    DECLINED: { description: 'It is not made.' },
    MAKING: { description: 'It is being counted.' },
    READY: { description: 'Its figures can be read.' },
  },
});

@ObjectType({ description: 'Figures of doses about nobody in particular, for research.' })
export class DoseExtract {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => DateScalar, { description: 'First day of its first month.' })
  fromMonth: string;
  @Field(() => DateScalar, { description: 'First day of its last month.' })
  untilMonth: string;
  @Field(() => String, { description: 'What for.' })
  purpose: string;
  @Field(() => ExtractStateEnum, { description: 'Where it stands.' })
  state: ExtractState;
  @Field(() => Date, { description: 'When it was asked for.' })
  askedAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it was decided.' })
  decidedAt: Date | null;
  @Field(() => Int, { nullable: true, description: 'A figure about fewer persons than this was left out.' })
  fewest: number | null;
  @Field(() => Int, { nullable: true, description: 'How many figures were left out.' })
  suppressed: number | null;
}

@ObjectType({ description: 'How many people had one or more doses of a vaccine in a month.' })
export class DoseExtractCell {
  @Field(() => DateScalar, { description: 'First day of the month.' })
  month: string;
  @Field(() => ID, { description: 'The largest area they live in; the nil id when it is not known.' })
  areaId: string;
  @Field(() => String, { description: 'Completed years of age at the dose, e.g. `1-4`, `65+`.' })
  ageBand: string;
  @Field(() => String, { description: 'Code of the sex, as the country records it.' })
  sex: string;
  @Field(() => String, { description: 'Code of the vaccine, as the country’s programme names it.' })
  vaccine: string;
  @Field(() => Int, { description: 'How many people; never fewer than `fewest`.' })
  persons: number;
}

@ObjectType({ description: 'A page of figures.' })
export class DoseExtractCellPage extends Page {
  @Field(() => [DoseExtractCell], { description: 'The figures; none until the extract is ready.' })
  items: DoseExtractCell[];
}

@InputType('RequestDoseExtractInput', { description: 'Figures that are asked for.' })
export class RequestDoseExtractGraphqlInput {
  @Field(() => DateScalar, { description: 'First day of the first month.' })
  fromMonth: string;
  @Field(() => DateScalar, {
    description: 'First day of the last month, which is over; 24 months at the most.',
  })
  untilMonth: string;
  @Field(() => String, { description: 'What for.' })
  @Length(10, 500)
  purpose: string;
  @Field(() => String, { description: 'The same key again is the same request.' })
  idempotencyKey: string;
}

@InputType('DecideDoseExtractInput', { description: 'What becomes of a request.' })
export class DecideDoseExtractGraphqlInput {
  @Field(() => ID, { description: 'The extract.' })
  extractId: string;
  @Field(() => Boolean, { description: 'True: it is made.' })
  approve: boolean;
}

export const DecideDoseExtractResult = createUnionType({
  name: 'DecideDoseExtractResult',
  description: 'The extract as it was decided, or why it cannot be.',
  types: () => [DoseExtract, ExtractNeedsSecondPerson, ExtractDecided] as const,
  resolveType: value => ('purpose' in value ? DoseExtract : (value.constructor as typeof ExtractDecided)),
});
