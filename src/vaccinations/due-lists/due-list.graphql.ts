import { ArgsType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { DateScalar, ID, Page, PageArgs } from '../../platform/graphql';
import { ListedPerson } from '../../registry';
import { ProductToGive } from '../forecast/forecast.graphql';

export enum ListedStatus {
  DUE = 'DUE',
  OVERDUE = 'OVERDUE',
}
registerEnumType(ListedStatus, {
  name: 'ListedStatus',
  description: 'How urgent a dose is on the last day of the period, if it is not given before.',
  valuesMap: {
    DUE: { description: 'It is recommended by then.' },
    OVERDUE: { description: 'It should have been given before then.' },
  },
});

@ArgsType()
export class DueListArgs extends PageArgs {
  @Field(() => ID, {
    nullable: true,
    description:
      'The area, with everything below it: for staff of a facility the area it lies in, or one below. Left out: the whole country, people included of whom nobody knows where they live; only for staff of the whole country.',
  })
  @IsOptional()
  @IsUUID()
  areaId?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Doses recommended from this day on. Left out: however long they have been.',
  })
  from?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Doses recommended up to this day, at the most a year ahead. Left out: today.',
  })
  to?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only this vaccine group.' })
  @IsOptional()
  @MaxLength(60)
  vaccineGroup?: string | null;

  @Field(() => ListedStatus, { nullable: true, description: 'Only doses that stand so on the last day.' })
  @IsOptional()
  @IsIn(Object.values(ListedStatus))
  status?: ListedStatus | null;
}

@ObjectType({ description: 'A dose that somebody is to have.' })
export class DueDose {
  @Field(() => ListedPerson, { description: 'Who.' })
  person: ListedPerson;
  @Field(() => ID, { nullable: true, description: 'The area she lives in, else was registered in.' })
  areaId: string | null;
  @Field(() => String, { nullable: true, description: "What the area is called in the caller's language." })
  areaName: string | null;
  @Field(() => ID, { description: 'Code of the vaccine group.' })
  vaccineGroup: string;
  @Field(() => String, { description: "What the group is called in the caller's language." })
  vaccineGroupName: string;
  @Field(() => Int, { nullable: true, description: 'Number of the dose.' })
  doseNumber: number | null;
  @Field(() => ListedStatus, { description: 'How urgent it is on the last day of the period.' })
  status: ListedStatus;
  @Field(() => DateScalar, { description: 'From this day on it is recommended.' })
  recommended: string;
  @Field(() => DateScalar, { nullable: true, description: 'After this day it is overdue.' })
  pastDue: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'The last day on which it may be given.' })
  latest: string | null;
  @Field(() => [ProductToGive], { complexity: 2, description: 'Products in use that count for it.' })
  products: ProductToGive[];
}

@ObjectType({ description: 'How many doses of a product the people on a list may be given.' })
export class ProductTotal extends ProductToGive {
  @Field(() => Int, { description: 'Doses for which it counts; several products may count for one dose.' })
  doses: number;
}

@ObjectType({ description: 'How many are on a list for one vaccine group.' })
export class DueTotal {
  @Field(() => ID, { description: 'Code of the vaccine group.' })
  vaccineGroup: string;
  @Field(() => String, { description: "What the group is called in the caller's language." })
  vaccineGroupName: string;
  @Field(() => Int, { description: 'Doses that are due on the last day of the period.' })
  due: number;
  @Field(() => Int, { description: 'Doses that are overdue on the last day of the period.' })
  overdue: number;
  @Field(() => [ProductTotal], { complexity: 2, description: 'By product in use.' })
  products: ProductTotal[];
}

@ObjectType({
  description:
    'Whom to look for in an area: doses that are recommended and not given, ordered by area, then by how long they have been.',
})
export class DueList extends Page {
  @Field(() => DateScalar, { description: 'The last day of the period.' })
  to: string;
  @Field(() => [DueDose], { description: 'The doses of this page.' })
  items: DueDose[];
  @Field(() => [DueTotal], {
    complexity: 10,
    description: 'Of the whole list, all pages: how many by vaccine group. Counted only when asked for.',
  })
  totals: DueTotal[];
}
