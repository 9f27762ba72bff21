import { Injectable } from '@nestjs/common';
import { decodeCursor, type Page, type PageRequest, pageOf } from '../common';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { invalid } from '../platform/errors';
import { SOURCE_LANGUAGE, Texts } from '../platform/i18n';
import { type CountryLanguage, fallbacksFor, languagesOf } from './country-languages';
import { placeholdersOf } from './icu-message';
import { LocalisationStore } from './localisation.store';
import { TranslatedContent } from './translated-content';

/** One text as it is said in a language, and where it comes from. */
export interface TextInUse {
  key: string;
  text: string;
  /** The language it is said in: another one when it falls back. */
  language: string;
  source: 'own' | 'product' | 'fallback';
  placeholders: string[];
}

/** A text that a language lacks: a `product` text by its key, or a text of the country's `content` by its path. */
export interface MissingText {
  kind: 'product' | 'content';
  key: string;
  /** The language it is said in meanwhile. */
  fallback: string | null;
  text: string;
}

/** What is said in each of a country's languages, and what is still missing there. */
@Injectable()
export class ReadTexts {
  constructor(
    private readonly database: Database,
    private readonly store: LocalisationStore,
    private readonly texts: Texts,
    private readonly content: TranslatedContent,
  ) {}

  /** Public: how else would a sign-in page offer them. */
  languages(ctx: Context): Promise<CountryLanguage[]> {
    return this.database.read(ctx, async work =>
      languagesOf(await this.store.profile(work), await this.store.addedLanguages(work)),
    );
  }

  /** The texts of one module in one language. Throws INVALID_INPUT for a language that the country does not have. */
  async ofModule(ctx: Context, input: { module: string; language: string }): Promise<TextInUse[]> {
    may(ctx, 'text.change');
    const { own, fallbacks } = await this.inLanguage(ctx, input.language);
    return this.texts
      .keys()
      .filter(key => key.startsWith(`${input.module}.`))
      .map(key => this.inUse(key, input.language, fallbacks, own));
  }

  /** What one language lacks, the product's texts first. Throws INVALID_INPUT for a language the country does not have. */
  async missing(
    ctx: Context,
    language: string,
    page: PageRequest,
  ): Promise<Page<MissingText> & { total: number }> {
    may(ctx, 'text.change');
    const { own, fallbacks } = await this.inLanguage(ctx, language);
    const ofProduct = this.texts
      .keys()
      .map(key => this.inUse(key, language, fallbacks, own))
      .filter(({ source }) => source === 'fallback')
      .map(({ key, text, language: fallback }) => ({ kind: 'product' as const, key, fallback, text }));
    const ofContent = (await this.content.all(ctx))
      .filter(({ texts }) => !texts[language])
      .map(({ path, texts }) => {
        const fallback = fallbacks.find(code => texts[code]) ?? null;
        return { kind: 'content' as const, key: path, fallback, text: (fallback && texts[fallback]) ?? '' };
      });
    const missing = [...ofProduct, ...ofContent];
    const start = page.after ? Number(decodeCursor(page.after)) || 0 : 0;
    const numbered = missing
      .slice(start, start + page.first + 1)
      .map((text, i) => ({ text, at: start + i + 1 }));
    const { items, endCursor } = pageOf(numbered, page.first, row => String(row.at));
    return { items: items.map(row => row.text), endCursor, total: missing.length };
  }

  private async inLanguage(
    ctx: Context,
    language: string,
  ): Promise<{ own: ReadonlyMap<string, string>; fallbacks: string[] }> {
    return this.database.read(ctx, async work => {
      const languages = languagesOf(await this.store.profile(work), await this.store.addedLanguages(work));
      if (!languages.some(({ code }) => code === language))
        throw invalid('language', 'localisation.invalid.languageUnknown');
      const overrides = await this.store.overrides(work);
      const own = new Map(overrides.map(row => [`${row.language}\n${row.key}`, row.text]));
      return { own, fallbacks: [...fallbacksFor(languages, language), SOURCE_LANGUAGE] };
    });
  }

  /** The text as {@link Texts.say} would find it. */
  private inUse(
    key: string,
    language: string,
    fallbacks: readonly string[],
    own: ReadonlyMap<string, string>,
  ): TextInUse {
    const placeholders = placeholdersOf(this.texts.productText(SOURCE_LANGUAGE, key) ?? '') ?? [];
    for (const code of [language, ...fallbacks]) {
      const overridden = own.get(`${code}\n${key}`);
      const text = overridden ?? this.texts.productText(code, key);
      if (text === undefined) continue;
      const here = overridden === undefined ? ('product' as const) : ('own' as const);
      return { key, text, language: code, source: code === language ? here : 'fallback', placeholders };
    }
    return { key, text: key, language: SOURCE_LANGUAGE, source: 'fallback', placeholders };
  }
}
