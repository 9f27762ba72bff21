import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import {
  DecideDoseExtractGraphqlInput,
  DecideDoseExtractResult,
  DoseExtract,
  DoseExtractCellPage,
  RequestDoseExtractGraphqlInput,
} from './extract.graphql';
import { RequestExtract } from './request-extract';

@Resolver()
export class ExtractsResolver {
  constructor(private readonly extracts: RequestExtract) {}

  @Allow('extract.request')
  @Mutation(() => DoseExtract, {
    description:
      'Asks for figures of doses, by month, area, age, sex and vaccine, about nobody in particular.',
  })
  requestDoseExtract(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and what for.' }) input: RequestDoseExtractGraphqlInput,
  ): Promise<DoseExtract> {
    return this.extracts.run(ctx, input);
  }

  @Allow('extract.decide')
  @Mutation(() => DecideDoseExtractResult, {
    description: 'Has the figures made, or declines to. Whoever asked does not decide.',
  })
  decideDoseExtract(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and what becomes of it.' }) input: DecideDoseExtractGraphqlInput,
  ): ReturnType<RequestExtract['decide']> {
    return this.extracts.decide(ctx, input);
  }

  @Allow('extract.read')
  @Query(() => DoseExtract, { description: 'An extract, and where it stands.' })
  doseExtract(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<DoseExtract> {
    return this.extracts.one(ctx, id);
  }

  @Allow('extract.read')
  @Query(() => DoseExtractCellPage, {
    complexity: ({ args, childComplexity }) => (args as PageArgs).first * childComplexity,
    description: 'The figures of an extract, small ones left out.',
  })
  doseExtractCells(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
    @Args() page: PageArgs,
  ): Promise<DoseExtractCellPage> {
    return this.extracts.cells(ctx, id, page);
  }
}
