import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { TextByLanguage } from './text-fallback';

/** A text of a country's own, and where it stands, e.g. `areas/BD-A/name`. */
export interface ContentText {
  path: string;
  texts: TextByLanguage;
}

/** Gives the texts that a module keeps in a country's languages. */
export type ContentSource = (ctx: Context) => Promise<ContentText[]>;

/** What a country has translated of its own. Modules add themselves at start; this one does not know them. */
@Injectable()
export class TranslatedContent {
  private readonly sources: ContentSource[] = [];

  add(source: ContentSource): void {
    this.sources.push(source);
  }

  async all(ctx: Context): Promise<ContentText[]> {
    const found: ContentText[] = [];
    for (const source of this.sources) found.push(...(await source(ctx)));
    return found;
  }
}

/** Properties that hold a text by language wherever they hold an object. */
const TEXT_PROPERTIES = ['name', 'title', 'text'];

/** Every text by language inside a value, each under the codes (or positions) that lead to it. */
export function textsIn(value: unknown, path: string): ContentText[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (TEXT_PROPERTIES.includes(key) && typeof inner === 'object' && inner !== null) {
      return [{ path: `${path}/${key}`, texts: inner as TextByLanguage }];
    }
    const code = (inner as { code?: unknown } | null)?.code;
    return textsIn(inner, `${path}/${typeof code === 'string' ? code : key}`);
  });
}
