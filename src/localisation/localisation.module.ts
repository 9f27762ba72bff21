import { Global, Module } from '@nestjs/common';
import { CountryWords } from './country-words';
import { LocalisationStore } from './localisation.store';

@Global()
@Module({ providers: [CountryWords, LocalisationStore], exports: [CountryWords, LocalisationStore] })
export class LocalisationModule {}
