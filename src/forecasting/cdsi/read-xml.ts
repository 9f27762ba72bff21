import { childrenByName, readXmlElements, type XmlElement } from '../../common';

/** An element's content as plain data: text, or its children by name; a name that repeats becomes an array. */
export type XmlValue = string | null | { readonly [name: string]: XmlValue } | readonly XmlValue[];

/**
 * Reads the plain kind of XML that publishers of schedules use: elements and text. Attributes are ignored.
 * @throws SyntaxError for tags that do not match.
 */
export function readXml(xml: string): XmlValue {
  const root = readXmlElements(xml);
  return { [root.name]: valueOf(root) };
}

function valueOf({ text, children }: XmlElement): XmlValue {
  if (children.length === 0) return text === '' ? null : text;
  return Object.fromEntries(
    [...childrenByName(children)].map(([name, same]) => [
      name,
      same.length === 1 ? valueOf(same[0]!) : same.map(valueOf),
    ]),
  );
}
