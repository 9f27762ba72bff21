/** An element of XML: its name and attributes with their prefixes as written, its children, and its own text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text directly in it, trimmed. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** A comment or instruction, CDATA, a document type without declarations, a tag, or text. */
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!DOCTYPE[^>[]*>|<(\/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** Deeper than any document of ours; shallow enough that whoever walks it may recurse. */
const MAX_DEPTH = 40;

/**
 * Reads XML as strangers send it: elements, attributes, text. Entities are the five of XML and numeric ones, and a
 * document type may declare none, so that a document can neither grow nor reach outside itself. Names of Unicode
 * beyond `\w` are not read.
 * @throws SyntaxError for whatever is not one well-formed element, or nests deeper than 40.
 */
export function readXmlElements(xml: string): XmlElement {
  const top = open('', '');
  const path: Open[] = [top];
  for (let at = xml.startsWith('\uFEFF') ? 1 : 0; at < xml.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(xml);
    if (!found) throw new SyntaxError(`Not XML at character ${at}`);
    take(found, path);
  }
  const [root, ...more] = top.children;
  if (path.length > 1 || !root || more.length > 0 || top.text.trim() !== '')
    throw new SyntaxError('XML is not one element');
  return root;
}

/** The children of an element by their names, those of one name in their order. */
export function childrenByName(children: readonly XmlElement[]): ReadonlyMap<string, readonly XmlElement[]> {
  const named = new Map<string, XmlElement[]>();
  for (const child of children) {
    const same = named.get(child.name);
    if (same) same.push(child);
    else named.set(child.name, [child]);
  }
  return named;
}

function take([, cdata, closing, name, attributes, selfClosing, text]: RegExpExecArray, path: Open[]): void {
  const inside = path.at(-1)!;
  inside.text += cdata ?? unescaped(text ?? '');
  if (name === undefined) return; // text, a comment, an instruction
  if (closing) close(path, name);
  else if (selfClosing) inside.children.push(open(name, attributes));
  else if (path.push(open(name, attributes)) > MAX_DEPTH) throw new SyntaxError('XML nests too deep');
}

function open(name: string, attributes = ''): Open {
  const given = [...attributes.matchAll(ATTRIBUTE)];
  const read = new Map(given.map(([, key, quoted, single]) => [key!, unescaped(quoted ?? single ?? '')]));
  if (read.size < given.length) throw new SyntaxError(`XML attribute twice: ${name}`);
  return { name, attributes: read, children: [], text: '' };
}

function close(path: Open[], name: string): void {
  const done = path.pop()!;
  if (path.length === 0 || done.name !== name)
    throw new SyntaxError(`XML end tag without its start: ${name}`);
  path.at(-1)!.children.push({ ...done, text: done.text.trim() });
}

/** XML 1.0 section 2.2: neither a control character nor half of a pair. */
const isCharacter = (code: number): boolean =>
  (code >= 0x20 || code === 9 || code === 10 || code === 13) &&
  (code < 0xd800 || (code > 0xdfff && code <= 0x10ffff));

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      if (!isCharacter(code)) throw new SyntaxError('XML character reference');
      return String.fromCodePoint(code);
    },
  );
}
