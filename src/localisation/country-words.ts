import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context, TenantRef } from '../platform/context';
import { Database } from '../platform/database';
import { AppError } from '../platform/errors';
import { systemContext } from '../platform/events';
import { Texts } from '../platform/i18n';
import { type CountryProfile, fallbacksOf } from './country-profile';
import { type AddedLanguage, LocalisationStore, type OverrideRow, type Wordings } from './localisation.store';
import { negotiate } from './text-fallback';

/** How old a country's words may be in another process than the one that changed them. */
const FRESH_MS = 2_000;
/** Headers that are remembered with their chains; browsers of one country send a few dozen. */
const MOST_CHAINS = 500;

/** A country's profile, added languages and own wordings, as one request needs them. */
interface Words {
  profile: CountryProfile | null;
  added: AddedLanguage[];
  /** Language chains by the header that asked for them. */
  chains: Map<string, readonly string[]>;
  overrides: ReadonlyMap<string, string>;
}

/** What each country says in its own words: read once for many requests, by tenant. */
@Injectable()
export class CountryWords implements OnModuleInit {
  private readonly known = new Map<string, { words: Promise<Words>; readAt: number }>();
  private readonly overrides = new Map<string, ReadonlyMap<string, string>>();

  constructor(
    private readonly database: Database,
    private readonly store: LocalisationStore,
    private readonly texts: Texts,
  ) {}

  onModuleInit(): void {
    this.texts.overrideWith((tenant, language, key) =>
      this.overrides.get(tenant)?.get(`${language}\n${key}`),
    );
  }

  /** The published profile. Throws STATE_FORBIDS while the country has published no pack. */
  async profile(ctx: Context): Promise<CountryProfile> {
    if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
    const { profile } = await this.of(ctx.tenant);
    if (!profile) throw new AppError('STATE_FORBIDS', { state: ctx.tenant.state });
    return profile;
  }

  /**
   * The language chain for a caller who asks for `acceptLanguage`: the pack's languages, the added ones, their
   * fallbacks.
   */
  async chain(
    tenant: TenantRef & { languages: string[] },
    acceptLanguage: string | undefined,
  ): Promise<readonly string[]> {
    const words = await this.of(tenant);
    const asked = acceptLanguage ?? '';
    const known = words.chains.get(asked);
    if (known) return known;
    const chain = chainOf(words, tenant.languages, acceptLanguage);
    if (words.chains.size < MOST_CHAINS) words.chains.set(asked, chain);
    return chain;
  }

  /** Forgets what was read, after a change in this process. */
  forget(ctx: Context): void {
    if (ctx.tenant) this.known.delete(ctx.tenant.code);
  }

  private of(tenant: TenantRef): Promise<Words> {
    const known = this.known.get(tenant.code);
    if (known && performance.now() - known.readAt < FRESH_MS) return known.words;
    const words = this.read(tenant);
    this.known.set(tenant.code, { words, readAt: performance.now() });
    words.catch(() => this.known.delete(tenant.code));
    return words;
  }

  private async read(tenant: TenantRef): Promise<Words> {
    const words = await this.database.readShared(systemContext(tenant), async work => ({
      profile: await this.store.profile(work),
      added: await this.store.addedLanguages(work),
      chains: new Map(),
      overrides: new Map(
        [
          ...flat(await this.store.packWordings(work)),
          ...(await this.store.overrides(work)), // what was worded since stands above the pack
        ].map(row => [`${row.language}\n${row.key}`, row.text]),
      ),
    }));
    this.overrides.set(tenant.code, words.overrides);
    return words;
  }
}

const flat = (wordings: Wordings): OverrideRow[] =>
  Object.entries(wordings).flatMap(([language, texts]) =>
    Object.entries(texts).map(([key, text]) => ({ language, key, text })),
  );

function chainOf({ profile, added }: Words, own: string[], acceptLanguage: string | undefined): string[] {
  const codes = [
    ...(profile?.languages.map(language => language.code) ?? own),
    ...added.map(language => language.code),
  ];
  const fallbacks = {
    ...(profile ? fallbacksOf(profile) : {}),
    ...Object.fromEntries(added.map(language => [language.code, language.fallback])),
  };
  return negotiate(acceptLanguage, codes, profile?.defaultLanguage ?? own[0]!, fallbacks);
}
