import { Injectable } from '@nestjs/common';
import { IntlMessageFormat } from 'intl-messageformat';
import { I18nService } from 'nestjs-i18n';
import type { Context } from '../context';

/** The language that product texts are written in first and that has every one of them. */
export const SOURCE_LANGUAGE = 'en'; // names-a-country: the product's own language, not a country's

export type TextParams = Record<string, string | number | Date>;

/** A tenant's own wording of a text, or nothing. */
export type Override = (tenantCode: string, language: string, key: string) => string | undefined;

/** Says a text in the caller's language: the tenant's own wording first, then the product's, along the chain. */
@Injectable()
export class Texts {
  private readonly formats = new Map<string, IntlMessageFormat>();
  private override: Override = () => undefined;

  constructor(private readonly i18n: I18nService) {}

  /** Set once by `localisation`, which keeps the tenants' wordings. */
  overrideWith(override: Override): void {
    this.override = override;
  }

  /**
   * The text of `key` (`<module>.<name>`), its ICU placeholders filled from `params`. A key that no language of the
   * chain has comes back as itself: visible to testers, harmless to others.
   */
  say(ctx: Pick<Context, 'languages' | 'tenant'>, key: string, params: TextParams = {}): string {
    for (const language of [...ctx.languages, SOURCE_LANGUAGE]) {
      const text =
        (ctx.tenant && this.override(ctx.tenant.code, language, key)) ?? this.productText(language, key);
      if (text !== undefined) return this.format(language, text, params);
    }
    return key;
  }

  /** The product's own text, unformatted, or nothing when the language lacks it. */
  productText(language: string, key: string): string | undefined {
    const found = key
      .split('.')
      .reduce<unknown>(
        (node, part) => (node as Record<string, unknown> | undefined)?.[part],
        this.all()[language],
      );
    return typeof found === 'string' ? found : undefined;
  }

  /** Every key of the product's texts, as the source language has them. */
  keys(): string[] {
    return leaves(this.all()[SOURCE_LANGUAGE] ?? {}, '');
  }

  /** The languages that the product speaks. */
  productLanguages(): string[] {
    return Object.keys(this.all()).sort();
  }

  private all(): Record<string, unknown> {
    return this.i18n.getTranslations();
  }

  private format(language: string, text: string, params: TextParams): string {
    const key = `${language}\n${text}`;
    const format = this.formats.get(key) ?? new IntlMessageFormat(text, language);
    if (this.formats.size < 10_000) this.formats.set(key, format);
    return String(format.format(oneLine(params)));
  }
}

/** A parameter's longest text, in characters: a name, a place, a list of a few of them. */
const LONGEST = 1_000;
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;

/**
 * What is filled in is part of a sentence: it breaks no line, ends no text and crowds nothing out (OWASP ASVS 5.0
 * 1.3.3).
 */
function oneLine(params: TextParams): TextParams {
  const tidied = (value: TextParams[string]): TextParams[string] =>
    typeof value === 'string'
      ? Array.from(value.replaceAll(CONTROLS, ' ')).slice(0, LONGEST).join('')
      : value;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, tidied(value)]));
}

function leaves(node: object, prefix: string): string[] {
  return Object.entries(node).flatMap(([name, value]) =>
    value && typeof value === 'object' ? leaves(value, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
}
