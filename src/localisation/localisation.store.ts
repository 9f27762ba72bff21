import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { CountryProfile } from './country-profile';

/** A language that a country added at run time, beside those of its pack. */
export interface AddedLanguage {
  code: string;
  name: string;
  direction: 'ltr' | 'rtl';
  fallback: string[];
}

/** Language -> key of a product text -> the words. */
export type Wordings = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface OverrideRow {
  language: string;
  key: string;
  text: string;
}

@Injectable()
export class LocalisationStore {
  async profile(work: UnitOfWork): Promise<CountryProfile | null> {
    const [row] = await work.query<{ profile: CountryProfile }>(`SELECT profile FROM country_profile`);
    return row?.profile ?? null;
  }

  /** How the published pack words texts of the product, by language, then by the product's key. */
  async packWordings(work: UnitOfWork): Promise<Wordings> {
    const [row] = await work.query<{ wordings: Wordings }>(`SELECT wordings FROM country_profile`);
    return row?.wordings ?? {};
  }

  async saveProfile(
    ctx: Context,
    work: UnitOfWork,
    profile: CountryProfile,
    wordings: Wordings,
  ): Promise<void> {
    await work.query(
      `INSERT INTO country_profile (id, profile, wordings, changed_at) VALUES ('published', $1, $2, $3)
       ON CONFLICT (id) DO UPDATE SET profile = excluded.profile, wordings = excluded.wordings,
         changed_at = excluded.changed_at`,
      [JSON.stringify(profile), JSON.stringify(wordings), ctx.now()],
    );
  }

  addedLanguages(work: UnitOfWork): Promise<AddedLanguage[]> {
    return work.query(`SELECT code, name, direction, fallback FROM tenant_language ORDER BY added_at, code`);
  }

  async addLanguage(ctx: Context, work: UnitOfWork, language: AddedLanguage): Promise<void> {
    await work.query(
      `INSERT INTO tenant_language (code, name, direction, fallback, added_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (code) DO UPDATE SET name = excluded.name, direction = excluded.direction, fallback = excluded.fallback`,
      [language.code, language.name, language.direction, language.fallback, ctx.now()],
    );
  }

  overrides(work: UnitOfWork): Promise<OverrideRow[]> {
    return work.query(`SELECT language, key, text FROM text_override ORDER BY language, key`);
  }

  async override(ctx: Context, work: UnitOfWork, row: OverrideRow): Promise<void> {
    await work.query(
      `INSERT INTO text_override (language, key, text, changed_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (language, key) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at`,
      [row.language, row.key, row.text, ctx.now()],
    );
  }

  /** Back to the product's own text. */
  async dropOverride(work: UnitOfWork, language: string, key: string): Promise<void> {
    await work.query(`DELETE FROM text_override WHERE language = $1 AND key = $2`, [language, key]);
  }
}
