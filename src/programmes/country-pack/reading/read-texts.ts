import { IntlMessageFormat } from 'intl-messageformat';
import type { JsonFile } from './json-file';
import type { Faults } from '../pack-fault';
import { PACK_TEXTS, type PackTextKey } from '../pack-texts';

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/**
 * Checks the texts of one language: every text of {@link PACK_TEXTS} and no other, each an ICU message with its
 * arguments.
 */
export function checkTexts(
  file: JsonFile,
  texts: Readonly<Record<string, string>>,
  language: string,
  faults: Faults,
): void {
  for (const key of Object.keys(PACK_TEXTS)) {
    if (!Object.hasOwn(texts, key))
      faults.add(file.name, file.placeOf(''), `/${key}`, 'text-missing', { text: key });
  }
  for (const [key, text] of Object.entries(texts)) {
    const place = file.placeOf('', key);
    const fault = (code: Parameters<Faults['add']>[3], params: Record<string, string>): void =>
      faults.add(file.name, place, `/${key}`, code, params);
    if (!isTextKey(key)) {
      fault('text-unknown', { text: key });
      continue;
    }
    const used = argumentsOf(text, language);
    if (used === undefined) {
      fault('message-syntax', { text: key });
      continue;
    }
    const wanted: readonly string[] = PACK_TEXTS[key];
    for (const argument of used) if (!wanted.includes(argument)) fault('argument-unknown', { argument });
    for (const argument of wanted) if (!used.has(argument)) fault('argument-missing', { argument });
  }
}

const isTextKey = (key: string): key is PackTextKey => Object.hasOwn(PACK_TEXTS, key);

function argumentsOf(text: string, language: string): Set<string> | undefined {
  const names = new Set<string>();
  const walk = (ast: Ast): void => {
    for (const element of ast) {
      // Literals and the # of a plural name no argument.
      if (!('options' in element) && ['0', '7'].includes(String(element.type))) continue;
      if ('value' in element) names.add(String(element.value));
      if ('options' in element) Object.values(element.options).forEach(option => walk(option.value));
    }
  };
  try {
    walk(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst());
    return names;
  } catch {
    return undefined;
  }
}
