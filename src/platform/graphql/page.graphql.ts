import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { Max, Min } from 'class-validator';
import { MAX_PAGE, type PageRequest } from '../../common';

@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, { defaultValue: 25, description: `How many rows to give, 1 to ${MAX_PAGE}.` })
  @Min(1)
  @Max(MAX_PAGE)
  first: number;

  @Field(() => String, {
    nullable: true,
    description: 'The `endCursor` of the page before; absent for the first page.',
  })
  after?: string | null;
}

/** What every page of a list has beside its items. */
@ObjectType({ isAbstract: true })
export abstract class Page {
  @Field(() => String, {
    nullable: true,
    description: 'Give it as `after` for the next page; absent on the last.',
  })
  endCursor: string | null;
}
