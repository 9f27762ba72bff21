import type { PackEdit } from '../pack-edits';
import type { CountryPackEditInput, ProductCodeInput } from './edit.graphql';

/**
 * Edits as the API takes them are those of the draft but for two shapes that GraphQL has no type for: a text by
 * language, and codes by system, come as lists of pairs.
 */
export const editsOf = (inputs: readonly CountryPackEditInput[]): PackEdit[] =>
  inputs.map(input => {
    const edit = plain(input) as Record<string, { codes?: unknown }>;
    const codes = input.setProduct?.codes;
    if (codes) edit['setProduct'] = { ...edit['setProduct'], codes: bySystem(codes) };
    return edit as unknown as PackEdit;
  });

const bySystem = (codes: readonly ProductCodeInput[]): Record<string, string> =>
  Object.fromEntries(codes.map(({ system, code }) => [system, code]));

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return isText(value) ? byLanguage(value) : value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, plain(inner)]),
  );
}

interface Localised {
  readonly language: string;
  readonly text: string;
}

const isText = (list: readonly unknown[]): list is Localised[] =>
  list.length > 0 && list.every(item => typeof item === 'object' && item !== null && 'language' in item);

const byLanguage = (texts: readonly Localised[]): Record<string, string> =>
  Object.fromEntries(texts.map(({ language, text }) => [language, text]));
