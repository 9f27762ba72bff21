import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, Public } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { PageArgs } from '../platform/graphql';
import { AddLanguage } from './add-language';
import type { CountryLanguage } from './country-languages';
import {
  AddLanguageInput,
  Language,
  MissingTextsPage,
  SetTextInput,
  TextInUseView,
} from './localisation.graphql';
import { OverrideText } from './override-text';
import { ReadTexts, type TextInUse } from './read-texts';

@Resolver()
export class LocalisationResolver {
  constructor(
    private readonly read: ReadTexts,
    private readonly override: OverrideText,
    private readonly adding: AddLanguage,
  ) {}

  @Public()
  @Query(() => [Language], { description: 'The languages of the country, for everybody.' })
  languages(@Ctx() ctx: Context): Promise<CountryLanguage[]> {
    return this.read.languages(ctx);
  }

  @Allow('text.change')
  @Query(() => [TextInUseView], {
    complexity: 200,
    description: 'The texts of one module as they are said in one language.',
  })
  texts(
    @Ctx() ctx: Context,
    @Args('module', { type: () => String, description: 'Module: the first part of the keys.' })
    module: string,
    @Args('language', { type: () => String, description: 'Language (BCP 47).' }) language: string,
  ): Promise<TextInUse[]> {
    return this.read.ofModule(ctx, { module, language });
  }

  @Allow('text.change')
  @Query(() => MissingTextsPage, {
    complexity: ({ args, childComplexity }) => (args as PageArgs).first * childComplexity,
    description:
      'What one language lacks: texts of the product and of the country pack, and what is said instead.',
  })
  missingTexts(
    @Ctx() ctx: Context,
    @Args('language', { type: () => String, description: 'Language (BCP 47).' }) language: string,
    @Args() page: PageArgs,
  ): Promise<MissingTextsPage> {
    return this.read.missing(ctx, language, page);
  }

  @Allow('text.change')
  @Mutation(() => Boolean, { description: 'Says a text of the product in the country’s own words, at once.' })
  setText(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The text.' }) input: SetTextInput,
  ): Promise<boolean> {
    return this.override.set(ctx, input);
  }

  @Allow('text.change')
  @Mutation(() => Boolean, { description: 'Goes back to the product’s own text.' })
  resetText(
    @Ctx() ctx: Context,
    @Args('language', { type: () => String, description: 'Language (BCP 47).' }) language: string,
    @Args('key', { type: () => String, description: 'Key of the text.' }) key: string,
  ): Promise<boolean> {
    return this.override.reset(ctx, { language, key });
  }

  @Allow('language.add')
  @Mutation(() => Language, {
    description: 'Adds a language while the service runs, or renames an added one.',
  })
  addLanguage(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The language.' }) input: AddLanguageInput,
  ): Promise<CountryLanguage> {
    return this.adding.run(ctx, input);
  }
}
