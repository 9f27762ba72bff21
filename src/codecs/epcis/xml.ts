import { childrenByName, readXmlElements, type XmlElement } from '../../common';

/** The context that every document of EPCIS 2.0 in JSON has. */
export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** A JSON object as it is written. */
type Json = Record<string, unknown>;

/**
 * EPCIS in XML as the same document in JSON (EPCIS 2.0 sections 9 and 10), to be validated as any; undefined for what is
 * no such document. What stands in `extension` and `baseExtension`, version 1's way of growing, stands beside it; numbers
 * and truth values of sensors are such. Prefixes go into contexts, those of an element inside an event into its value, as
 * `@xmlns:…`. Never throws.
 */
export function readXmlDocument(text: string): Json | undefined {
  if (text.includes('__proto__')) return undefined; // as JSON of strangers is read: no name that objects know
  try {
    return documentOf(readXmlElements(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function documentOf(root: XmlElement): Json | undefined {
  const results = pathIn(root, ['EPCISBody', 'QueryResults']) ?? root;
  const captured = pathIn(root, ['EPCISBody', 'EventList']);
  const list = captured ?? pathIn(results, ['resultsBody', 'EventList']);
  if (!/^EPCIS(?:Query)?Document$/.test(localName(root)) || !list) return undefined;
  const eventList = list.children.flatMap(unfolded).map(eventOf);
  const queryName = childOf(results, 'queryName')?.text;
  return {
    '@context': [EPCIS_CONTEXT, prefixesOf(root)],
    type: captured ? 'EPCISDocument' : 'EPCISQueryDocument',
    ...namesIgnored(root),
    schemaVersion: root.attributes.get('schemaVersion'),
    creationDate: root.attributes.get('creationDate'),
    epcisBody: captured ? { eventList } : { queryResults: { queryName, resultsBody: { eventList } } },
  };
}

/** `…:ignoreFields`: extensions that a repository added and that no hash covers, by their names. */
function namesIgnored(root: XmlElement): Json {
  const lists = root.children.filter(({ name }) => name.endsWith(':ignoreFields'));
  return Object.fromEntries(lists.map(({ name, children }) => [name, children.map(one => one.name)]));
}

function eventOf(element: XmlElement): Json {
  const prefixes = prefixesOf(element);
  const own = Object.keys(prefixes).length > 0 ? { '@context': [prefixes] } : {};
  return { type: element.name, ...own, ...childrenOf(element, readingOf) };
}

type Reading = (element: XmlElement) => unknown;

const texts: Reading = ({ children }) => children.map(({ text }) => text);
const quantities: Reading = ({ children }) =>
  children.map(one => childrenOf(one, name => (name === 'quantity' ? asNumber : textOf)));
const typed: Reading = ({ children }) =>
  children.map(one => ({ type: word(one.attributes.get('type')), [one.name]: one.text }));
const said: Reading = ({ text }) => word(text);
const sets: Reading = element =>
  Object.fromEntries([...childrenByName(element.children)].map(([name, same]) => [name, same.map(said)]));

/** How the fields of an event are read; the others are as their elements are. */
const readings: Readonly<Record<string, Reading>> = {
  ...Object.fromEntries(
    ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList', 'correctiveEventIDs'].map(name => [
      name,
      texts,
    ]),
  ),
  ...Object.fromEntries(
    ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'].map(name => [
      name,
      quantities,
    ]),
  ),
  ...Object.fromEntries(['bizTransactionList', 'sourceList', 'destinationList'].map(name => [name, typed])),
  ...Object.fromEntries(['bizStep', 'disposition', 'reason'].map(name => [name, said])),
  persistentDisposition: sets,
  errorDeclaration: element => childrenOf(element, readingOf),
  sensorElementList: ({ children }) => children.map(sensorOf),
};
const readingOf = (name: string): Reading => (Object.hasOwn(readings, name) ? readings[name]! : valueOf);

/** The addresses and prefixes under which GS1's vocabularies stand; JSON has their words alone. */
const standard =
  /^(?:urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er):|(?:cbv:|https:\/\/ref\.gs1\.org\/cbv\/)(?:BizStep|Disp|BTT|SDT|ER|Comp)-|gs1:|https:\/\/gs1\.org\/voc\/)(\w+)$/;
const word = (text = ''): string => standard.exec(text)?.[1] ?? text;

const measured = /^(?:value|minValue|maxValue|meanValue|sDev|percRank|percValue)$/;

function sensorOf(element: XmlElement): Json {
  const { sensorReport, ...others } = childrenOf(element, name =>
    name === 'sensorReport' ? reportOf : valueOf,
  );
  return { ...others, ...(sensorReport !== undefined && { sensorReport: [sensorReport].flat() }) };
}

function reportOf(element: XmlElement): unknown {
  const value = valueOf(element);
  if (typeof value !== 'object') return value;
  const read = Object.entries(value as Json).map(([name, one]) => [name, measuredValue(name, String(one))]);
  return Object.fromEntries(read);
}

function measuredValue(name: string, text: string): unknown {
  if (measured.test(name)) return numberIn(text);
  if (/^(?:type|exception|component)$/.test(name)) return word(text);
  return name === 'booleanValue' && /^(?:true|false|0|1)$/.test(text) ? /^(?:true|1)$/.test(text) : text;
}

/** The fields in an element, each read in its way; a name that repeats is a list. */
function childrenOf({ children }: XmlElement, readingFor: (name: string) => Reading): Json {
  const named = childrenByName(children.flatMap(unfolded));
  return Object.fromEntries(
    [...named].map(([name, same]) => {
      const read = same.map(readingFor(name));
      return [name, read.length === 1 ? read[0] : read];
    }),
  );
}

/** An element that is text alone is a text; any other, its attributes and what is in it. */
function valueOf(element: XmlElement): unknown {
  const { attributes, children, text } = element;
  const named = [...attributes].map(([name, value]) => [name.replace(/^xmlns(?=:)/, '@xmlns'), value]);
  if (named.length === 0 && children.length === 0) return text;
  const own = text === '' ? {} : { '#text': text };
  return { ...Object.fromEntries(named), ...own, ...childrenOf(element, () => valueOf) };
}

const unfolded = (element: XmlElement): readonly XmlElement[] =>
  /^(?:extension|baseExtension)$/.test(element.name) ? element.children.flatMap(unfolded) : [element];

const textOf: Reading = ({ text }) => text;
const asNumber: Reading = ({ text }) => numberIn(text);
/** What is no number stays a text, for the validation to name. */
const numberIn = (text: string): unknown =>
  /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : text;

const localName = ({ name }: XmlElement): string => name.slice(name.indexOf(':') + 1);
const childOf = ({ children }: XmlElement, name: string): XmlElement | undefined =>
  children.find(one => localName(one) === name);
const pathIn = (root: XmlElement, path: readonly string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((at, name) => at && childOf(at, name), root);

const prefixesOf = ({ attributes }: XmlElement): Json =>
  Object.fromEntries(
    [...attributes]
      .filter(([name]) => name.startsWith('xmlns:'))
      .map(([name, namespace]) => [name.slice('xmlns:'.length), namespace]),
  );
