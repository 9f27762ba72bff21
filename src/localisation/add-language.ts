import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { invalid } from '../platform/errors';
import { type CountryLanguage, languagesOf } from './country-languages';
import { CountryWords } from './country-words';
import { type AddedLanguage, LocalisationStore } from './localisation.store';

/** A country adds a language while the service runs, or renames one that it added. Texts follow one by one. */
@Injectable()
export class AddLanguage {
  constructor(
    private readonly database: Database,
    private readonly store: LocalisationStore,
    private readonly words: CountryWords,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws INVALID_INPUT for what is no BCP 47 tag, a language of the pack, and a fallback that the country does not
   * have.
   */
  async run(ctx: Context, input: AddedLanguage): Promise<CountryLanguage> {
    may(ctx, 'language.add');
    if (canonical(input.code) !== input.code) throw invalid('code', 'localisation.invalid.language');
    const added = await this.database.write(ctx, async work => {
      const known = languagesOf(await this.store.profile(work), await this.store.addedLanguages(work));
      if (known.some(({ code, source }) => code === input.code && source === 'pack'))
        throw invalid('code', 'localisation.invalid.languageOfPack');
      const isKnown = (code: string): boolean =>
        code !== input.code && known.some(language => language.code === code);
      if (!input.fallback.every(isKnown)) throw invalid('fallback', 'localisation.invalid.languageUnknown');
      await this.store.addLanguage(ctx, work, input);
      this.audit.record(ctx, work, {
        action: 'language.add',
        resource: { type: 'language', id: input.code },
        detail: { fallback: input.fallback },
      });
      return { ...input, source: 'added' as const, isDefault: false };
    });
    this.words.forget(ctx);
    return added;
  }
}

/** The tag in its canonical form (RFC 5646 section 4.5); null when it is none. */
function canonical(code: string): string | null {
  try {
    return Intl.getCanonicalLocales(code)[0] ?? null;
  } catch {
    return null;
  }
}
