import { IntlMessageFormat } from 'intl-messageformat';

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/**
 * The names of the placeholders of an ICU message, sorted, those inside plural and select branches too; null when it
 * is not one. Read as {@link Texts.say} will read it, so what passes here can be said.
 */
export function placeholdersOf(message: string): string[] | null {
  try {
    return [...new Set(namesIn(new IntlMessageFormat(message).getAst()))].sort();
  } catch {
    return null;
  }
}

/** Literal text has a value that names nothing; in the parser's list of types it is 0, and `#` has no value. */
const LITERAL = 0;

function namesIn(elements: Elements): string[] {
  return elements.flatMap(element => {
    if (Number(element.type) === LITERAL || !('value' in element)) return [];
    const branches = 'options' in element ? Object.values(element.options) : [];
    const inside = 'children' in element ? namesIn(element.children) : [];
    const own = 'children' in element ? [] : [element.value];
    return [...own, ...inside, ...branches.flatMap(branch => namesIn(branch.value))];
  });
}
