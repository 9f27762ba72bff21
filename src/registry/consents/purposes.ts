import { Injectable } from '@nestjs/common';
import { CountryWords, pickText } from '../../localisation';
import type { Context } from '../../platform/context';
import { type ConsentPurpose, Programmes } from '../../programmes';
import type { ConsentPurposeText } from './consent.graphql';

/** What somebody agrees to: a purpose, and the version of its text that she was shown. */
export interface ConsentTo {
  purpose: string;
  version: string;
}

/** The purposes for which the country asks consent, in the exact words in force. */
@Injectable()
export class Purposes {
  constructor(
    private readonly programmes: Programmes,
    private readonly words: CountryWords,
  ) {}

  async all(ctx: Context): Promise<ConsentPurposeText[]> {
    const { defaultLanguage } = await this.words.profile(ctx);
    const chain = [...ctx.languages, defaultLanguage];
    return (await this.programmes.consentPurposes(ctx)).map(purpose => inWords(purpose, chain));
  }
}

function inWords(purpose: ConsentPurpose, chain: readonly string[]): ConsentPurposeText {
  const language = chain.find(code => purpose.text[code]) ?? chain[0]!;
  return {
    code: purpose.code,
    version: purpose.version,
    required: purpose.required,
    title: pickText(purpose.title, chain) ?? purpose.code,
    text: purpose.text[language] ?? '',
    language,
  };
}
