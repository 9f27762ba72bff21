import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, type UnitOfWork } from '../platform/database';
import { invalid } from '../platform/errors';
import { SOURCE_LANGUAGE, Texts } from '../platform/i18n';
import { languagesOf } from './country-languages';
import { CountryWords } from './country-words';
import { placeholdersOf } from './icu-message';
import { LocalisationStore } from './localisation.store';

/** A country words a text of the product in its own way, or goes back to the product's. */
@Injectable()
export class OverrideText {
  constructor(
    private readonly database: Database,
    private readonly store: LocalisationStore,
    private readonly words: CountryWords,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws INVALID_INPUT for a language the country does not have, a key the product does not have, a text that is no
   * ICU message, and placeholders other than those of the product's text: what is promised to a reader must be said.
   */
  async set(ctx: Context, input: { language: string; key: string; text: string }): Promise<boolean> {
    may(ctx, 'text.change');
    const product = this.productText(input.key);
    const placeholders = placeholdersOf(input.text);
    if (!placeholders || input.text.trim() === '') throw invalid('text', 'localisation.invalid.syntax');
    const expected = placeholdersOf(product) ?? [];
    if (String(placeholders) !== String(expected)) {
      const names = expected.map(name => `{${name}}`).join(' ') || '–';
      throw invalid('text', 'localisation.invalid.placeholders', { expected: names });
    }
    return this.change(ctx, input, work => this.store.override(ctx, work, input));
  }

  /** Throws INVALID_INPUT for a language or key that there is not. */
  async reset(ctx: Context, input: { language: string; key: string }): Promise<boolean> {
    may(ctx, 'text.change');
    this.productText(input.key);
    return this.change(ctx, input, work => this.store.dropOverride(work, input.language, input.key));
  }

  private productText(key: string): string {
    const text = this.texts.productText(SOURCE_LANGUAGE, key);
    if (text === undefined) throw invalid('key', 'localisation.invalid.key');
    return text;
  }

  private async change(
    ctx: Context,
    { language, key }: { language: string; key: string },
    effect: (work: UnitOfWork) => Promise<void>,
  ): Promise<boolean> {
    await this.database.write(ctx, async work => {
      const languages = languagesOf(await this.store.profile(work), await this.store.addedLanguages(work));
      if (!languages.some(({ code }) => code === language))
        throw invalid('language', 'localisation.invalid.languageUnknown');
      await effect(work);
      this.audit.record(ctx, work, {
        action: 'text.change',
        resource: { type: 'text', id: key },
        detail: { language },
      });
    });
    this.words.forget(ctx);
    return true;
  }
}
