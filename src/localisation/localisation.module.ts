import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { AddLanguage } from './add-language';
import { CountryWords } from './country-words';
import { LocalisationResolver } from './localisation.resolver';
import { LocalisationStore } from './localisation.store';
import { OverrideText } from './override-text';
import { ReadTexts } from './read-texts';
import { textsIn, TranslatedContent } from './translated-content';

@Global()
@Module({
  providers: [
    AddLanguage,
    CountryWords,
    LocalisationResolver,
    LocalisationStore,
    OverrideText,
    ReadTexts,
    TranslatedContent,
  ],
  exports: [CountryWords, LocalisationStore, TranslatedContent],
})
export class LocalisationModule implements OnModuleInit {
  constructor(
    private readonly content: TranslatedContent,
    private readonly words: CountryWords,
  ) {}

  /** The names of the country's own forms: its levels of areas, kinds of identifiers, sexes. */
  onModuleInit(): void {
    this.content.add(async ctx => textsIn(await this.words.profile(ctx), 'profile'));
  }
}
