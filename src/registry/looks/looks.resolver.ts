import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { BreakGlass } from './break-glass';
import {
  AnswerObjectionGraphqlInput,
  AnswerObjectionResult,
  BreakGlassGraphqlInput,
  BrokenGlass,
  BrokenGlassPage,
  LookObjection,
  LookObjectionPage,
  ObjectToLookGraphqlInput,
  ReviewBreakGlassGraphqlInput,
  ReviewBreakGlassResult,
} from './looks.graphql';
import { ObjectToLook } from './object-to-look';

const perPage = ({ args, childComplexity }: { args: object; childComplexity: number }): number =>
  (args as PageArgs).first * childComplexity;

@Resolver()
export class LooksResolver {
  constructor(
    private readonly glass: BreakGlass,
    private readonly objection: ObjectToLook,
  ) {}

  @Allow('look.break-glass')
  @Mutation(() => BrokenGlass, {
    description:
      'More records than a day allows, for a while and with a reason. The data protection officer is told at once and ' +
      'somebody else reviews it. Needs a purpose (X-Purpose).',
  })
  breakGlass(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Where, and why.' }) input: BreakGlassGraphqlInput,
  ): Promise<BrokenGlass> {
    return this.glass.run(ctx, input);
  }

  @Allow('look.review')
  @Query(() => BrokenGlassPage, { complexity: perPage, description: 'Broken glasses, newest first.' })
  brokenGlasses(
    @Ctx() ctx: Context,
    @Args('reviewed', { type: () => Boolean, description: 'Those that were reviewed, or those to be.' })
    reviewed: boolean,
    @Args() page: PageArgs,
  ): Promise<BrokenGlassPage> {
    return this.glass.page(ctx, reviewed, page);
  }

  @Allow('look.review')
  @Mutation(() => ReviewBreakGlassResult, {
    description: 'Says whether there was a reason to break the glass. Nobody reviews her own.',
  })
  reviewBreakGlass(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and what was found.' }) input: ReviewBreakGlassGraphqlInput,
  ): ReturnType<BreakGlass['review']> {
    return this.glass.review(ctx, input);
  }

  @Allow('look.object')
  @Mutation(() => LookObjection, {
    description: 'Objects to an entry of the access log of one of the caller’s people. The officer answers.',
  })
  objectToLook(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and why.' }) input: ObjectToLookGraphqlInput,
  ): Promise<LookObjection> {
    return this.objection.run(ctx, input);
  }

  @Allow('look.object')
  @Query(() => [LookObjection], {
    complexity: 50,
    description: 'Objections for one of the caller’s people, newest first, with what was answered.',
  })
  myLookObjections(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'Whose record.' }) personId: string,
  ): Promise<LookObjection[]> {
    return this.objection.mine(ctx, personId);
  }

  @Allow('look.review')
  @Query(() => LookObjectionPage, { complexity: perPage, description: 'Objections to looks, newest first.' })
  lookObjections(
    @Ctx() ctx: Context,
    @Args('answered', { type: () => Boolean, description: 'Those that were answered, or those to be.' })
    answered: boolean,
    @Args() page: PageArgs,
  ): Promise<LookObjectionPage> {
    return this.objection.page(ctx, answered, page);
  }

  @Allow('look.review')
  @Mutation(() => AnswerObjectionResult, {
    description: 'Answers an objection. Whoever looked does not answer.',
  })
  answerObjection(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and what was found.' }) input: AnswerObjectionGraphqlInput,
  ): ReturnType<ObjectToLook['answer']> {
    return this.objection.answer(ctx, input);
  }
}
