/** An element's content as plain data: text, or its children by name; a name that repeats becomes an array. */
export type XmlValue = string | null | { readonly [name: string]: XmlValue } | readonly XmlValue[];

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!DOCTYPE[^>]*>|<(\/?)([\w.:-]+)[^>]*?(\/?)>|([^<]+)/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

interface Open {
  readonly name: string;
  text: string;
  readonly children: Map<string, XmlValue[]>;
}

/**
 * Reads the plain kind of XML that publishers of schedules use: elements and text. Attributes are ignored; entities
 * are the five of XML and numeric ones only, so that a document cannot reach outside itself.
 * @throws SyntaxError for tags that do not match.
 */
export function readXml(xml: string): XmlValue {
  const root: Open = { name: '', text: '', children: new Map() };
  const path: Open[] = [root];
  for (const [, cdata, closing, name, selfClosing, text] of xml.matchAll(TOKEN)) {
    const parent = path.at(-1)!;
    if (cdata !== undefined) parent.text += cdata;
    else if (text !== undefined) parent.text += unescape(text);
    else if (name === undefined) continue;
    else if (closing) close(path, name);
    else if (selfClosing) add(parent, name, null);
    else path.push({ name, text: '', children: new Map() });
  }
  if (path.length > 1) throw new SyntaxError(`XML element never closed: ${path.at(-1)!.name}`);
  return valueOf(root);
}

function close(path: Open[], name: string): void {
  const open = path.pop();
  if (!open || open.name !== name || path.length === 0)
    throw new SyntaxError(`XML end tag without its start: ${name}`);
  add(path.at(-1)!, name, valueOf(open));
}

function add(parent: Open, name: string, value: XmlValue): void {
  const same = parent.children.get(name);
  if (same) same.push(value);
  else parent.children.set(name, [value]);
}

function valueOf({ text, children }: Open): XmlValue {
  if (children.size === 0) return text.trim() === '' ? null : text.trim();
  return Object.fromEntries(
    [...children].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}

function unescape(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
      return decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name ?? ''] ?? whole);
    },
  );
}
