import { pickText, type TextByLanguage } from '../localisation';
import type { Context } from '../platform/context';

/** A name as the caller reads it: in the first of her languages that has it, else in any, else the code. */
export const nameFor = (ctx: Context, names: TextByLanguage, code: string): string =>
  pickText(names, ctx.languages) ?? Object.values(names)[0] ?? code;
