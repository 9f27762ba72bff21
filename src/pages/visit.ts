/// <reference lib="esnext.intl" />
import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RequestContext } from '../identity';
import { CountryWords, negotiate } from '../localisation';
import { CONFIG, type Config } from '../platform/config';
import type { Context } from '../platform/context';
import { SOURCE_LANGUAGE, type TextParams, Texts } from '../platform/i18n';
import { Catalogue, type CatalogueRow } from '../tenancy';

/** Somebody looks at a page: whose page, in which language, at which address. */
export interface Visit {
  ctx: Context;
  /** The country whose page it is; null on the pages of all. */
  tenant: CatalogueRow | null;
  /** BCP 47; the language the page is in. */
  language: string;
  direction: 'ltr' | 'rtl';
  /** The languages it can be read in. */
  offered: readonly string[];
  sandbox: boolean;
  /** Path of the page, without the query. */
  path: string;
  /** What else the address asks for, e.g. `tenant`; the language is not among it. */
  query: Record<string, string>;
  /** True when the caller chose the language by `?lang=`, so that links carry it on. */
  chosen: boolean;
  /** The text `pages.<key>`. */
  say: (key: string, params?: TextParams) => string;
}

/** Makes the {@link Visit} of a request. Nobody signs in to a page: the caller is anonymous. */
@Injectable()
export class Visits {
  constructor(
    private readonly contexts: RequestContext,
    private readonly catalogue: Catalogue,
    private readonly words: CountryWords,
    private readonly texts: Texts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** `code` names the country where the address does not. Throws 404 for one that is not served here. */
  async of(request: FastifyRequest, code?: string): Promise<Visit> {
    const { hostname, host, ip, method, url } = request;
    const tenant = code ? await this.catalogue.byCode(code) : await this.catalogue.byHost(hostname);
    if (code && !tenant) throw new NotFoundException();
    const chosen = languageChosen(request.query);
    const wanted = chosen ?? request.headers['accept-language'];
    const own = tenant ? await this.words.chain(tenant, wanted) : [];
    const offered = [...new Set([...own, ...this.texts.productLanguages()])];
    const chain = [...negotiate(wanted, offered, own[0] ?? SOURCE_LANGUAGE), ...own];
    const headers = tenant ? { 'x-tenant': tenant.code } : {};
    const known = await this.contexts.of({ headers, hostname, host, ip, method, url });
    const ctx = { ...known, languages: [...new Set(chain)] };
    const language = ctx.languages[0]!;
    return {
      ctx,
      tenant,
      language,
      direction: directionOf(language),
      offered,
      sandbox: this.config.sandbox,
      path: request.url.split('?', 1)[0]!,
      query: queryOf(request),
      chosen: chosen !== undefined,
      say: (key, params) => this.texts.say(ctx, `pages.${key}`, params),
    };
  }
}

/** `?lang=` of a page's address, if it is a language tag. */
function languageChosen(query: unknown): string | undefined {
  const { lang } = query as { lang?: unknown };
  return typeof lang === 'string' && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/.test(lang) ? lang : undefined;
}

function queryOf({ query }: FastifyRequest): Record<string, string> {
  const { lang: _, ...rest } = query as Record<string, unknown>;
  return Object.fromEntries(Object.entries(rest).filter(entry => typeof entry[1] === 'string')) as Record<
    string,
    string
  >;
}

/** The way a language is written, by Unicode CLDR. */
export const directionOf = (language: string): 'ltr' | 'rtl' =>
  new Intl.Locale(language).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr';

/** The language's own name for itself. */
export const nameOfLanguage = (language: string): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

/** The address of another page, in the language the visitor chose. */
export function linkTo(visit: Visit, path: string): string {
  return visit.chosen ? `${path}?lang=${visit.language}` : path;
}
