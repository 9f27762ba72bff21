import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeholdersOf } from '../../../src/localisation/icu-message';
import { PROJECT_ROOT } from '../../../src/platform/config';
import { SOURCE_LANGUAGE } from '../../../src/platform/i18n';

const FOLDER = join(PROJECT_ROOT, 'locales');
const LANGUAGES = ['ar', 'bn', 'en', 'es', 'fr', 'hi', 'pt'];

/** Every text of a file by its key, nested names joined with dots. */
function textsOf(language: string, file: string): Map<string, string> {
  const leaves = (node: object, above: string): [string, string][] =>
    Object.entries(node).flatMap(([name, value]) =>
      typeof value === 'string' ? [[`${above}${name}`, value]] : leaves(value as object, `${above}${name}.`),
    );
  return new Map(leaves(JSON.parse(readFileSync(join(FOLDER, language, file), 'utf8')) as object, ''));
}

const filesOf = (language: string): string[] => readdirSync(join(FOLDER, language)).sort();
const files = filesOf(SOURCE_LANGUAGE);

test('the product speaks its seven languages', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(LANGUAGES);
});

describe.each(LANGUAGES)('the texts of %s', language => {
  test('are in the same files as the source language’s', () => {
    expect(filesOf(language)).toEqual(files);
  });

  test.each(files)('%s has every key of the source language and no other', file => {
    expect([...textsOf(language, file).keys()].sort()).toEqual(
      [...textsOf(SOURCE_LANGUAGE, file).keys()].sort(),
    );
  });

  test.each(files)('%s has no empty text, and each is an ICU message with the same placeholders', file => {
    const source = textsOf(SOURCE_LANGUAGE, file);
    const faults = [...textsOf(language, file)].filter(
      ([key, text]) =>
        text.trim() === '' ||
        placeholdersOf(text) === null ||
        String(placeholdersOf(text)) !== String(placeholdersOf(source.get(key) ?? '')),
    );
    expect(faults).toEqual([]);
  });
});
