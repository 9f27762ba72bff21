import { checkDigit } from '../gs1/check-digits';

const CANONICAL = 'https://id.gs1.org';

/** The keys of a Digital Link, by AI and by the name that version 1.0 allowed, and the qualifiers that make each finer. */
const keys: Record<string, { ai: string; qualifiers: readonly string[] }> = Object.fromEntries(
  (
    [
      ['00', 'sscc', ''],
      ['01', 'gtin', '21 235 10'],
      ['253', 'gdti', ''],
      ['255', 'gcn', ''],
      ['401', 'ginc', ''],
      ['402', 'gsin', ''],
      ['414', 'gln', '254'],
      ['417', 'party', ''],
      ['8003', 'grai', ''],
      ['8004', 'giai', ''],
      ['8006', 'itip', '21 10'],
      ['8010', 'cpid', '8011'],
      ['8017', 'gsrnp', ''],
      ['8018', 'gsrn', ''],
    ] as const
  ).flatMap(([ai, name, finer]) => {
    const key = { ai, qualifiers: finer.split(' ').filter(Boolean) };
    return [
      [ai, key],
      [name, key],
    ];
  }),
);

const qualifierNames: Record<string, string> = { ser: '21', lot: '10', cpv: '22' };

/** How an EPC URN of each scheme is a Digital Link path. `p` is the company prefix, `r` the reference, `s` what follows. */
const schemes: Record<string, (p: string, r: string, s: readonly string[]) => string> = {
  sgtin: (p, r, [serial]) => `/01/${itemNumber(p, r)}${serial === '*' ? '' : `/21/${encoded(serial)}`}`,
  lgtin: (p, r, [lot]) => `/01/${itemNumber(p, r)}/10/${encoded(lot)}`,
  upui: (p, r, [serial]) => `/01/${itemNumber(p, r)}${serial === '*' ? '' : `/235/${encoded(serial)}`}`,
  itip: (p, r, [piece, total, serial]) =>
    piece === '*'
      ? `/01/${itemNumber(p, r)}`
      : `/8006/${itemNumber(p, r)}${piece}${total}${serial === '*' ? '' : `/21/${encoded(serial)}`}`,
  sscc: (p, r) => `/00/${itemNumber(p, r)}`,
  sgln: (p, r, [extension]) =>
    `/414/${checked(p + r)}${extension === '0' || !extension ? '' : `/254/${encoded(extension)}`}`,
  pgln: (p, r) => `/417/${checked(p + r)}`,
  grai: (p, r, [serial]) => `/8003/0${checked(p + r)}${serial === '*' ? '' : encoded(serial)}`,
  giai: (p, r, rest) => `/8004/${p}${encoded([r, ...rest].join('.'))}`,
  gsrn: (p, r) => `/8018/${checked(p + r)}`,
  gsrnp: (p, r) => `/8017/${checked(p + r)}`,
  gdti: (p, r, [serial]) => `/253/${checked(p + r)}${serial === '*' ? '' : encoded(serial)}`,
  cpi: (p, r, [serial]) => `/8010/${p}${encoded(r)}${serial === '*' ? '' : `/8011/${serial}`}`,
  sgcn: (p, r, [serial]) => `/255/${checked(p + r)}${serial === '*' ? '' : serial}`,
  ginc: (p, r, rest) => `/401/${p}${encoded([r, ...rest].join('.'))}`,
  gsin: (p, r) => `/402/${checked(p + r)}`,
};

/**
 * One spelling for each GS1 identifier, as CBV 2.0 section 8.9 hashes them: EPC URNs (Tag Data Standard 1.13) and Digital
 * Links of any domain become canonical Digital Links of the finest level, without query. Any other text is left as it is.
 */
export function canonicalId(text: string): string {
  const urn = /^urn:epc:(?:id|class|idpat):([a-z]+):(\d{6,12})\./.exec(text);
  if (urn) {
    const [head, scheme = '', prefix = ''] = urn;
    const [reference = '', ...rest] = text.slice(head.length).split('.');
    const make = Object.hasOwn(schemes, scheme) && schemes[scheme];
    return make ? CANONICAL + make(prefix, reference, rest) : text;
  }
  return /^https?:\/\//.test(text) ? canonicalLink(text) : text;
}

function canonicalLink(uri: string): string {
  const segments = (uri.split(/[?#]/)[0] ?? '').split('/');
  const at = segments.findIndex(
    (one, index) => index > 2 && Object.hasOwn(keys, one) && /^\d{4}./.test(segments[index + 1] ?? ''),
  );
  const key = keys[segments[at] ?? ''];
  if (!key) return uri;
  const value = segments[at + 1] ?? '';
  const rest = segments.slice(at + 2).filter(Boolean);
  if (rest.length % 2) return uri;
  const given = new Map<string, string>();
  for (let index = 0; index < rest.length; index += 2)
    given.set(qualifierNames[rest[index]!] ?? rest[index]!, rest[index + 1]!);
  const foreign = [...given.keys()].some(ai => ai !== '22' && !key.qualifiers.includes(ai));
  if (foreign) return uri;
  const finest = key.qualifiers.find(ai => given.has(ai));
  const id = key.ai === '01' ? value.padStart(14, '0') : value;
  return `${CANONICAL}/${key.ai}/${id}${finest ? `/${finest}/${given.get(finest)}` : ''}`;
}

/** The number of an item: its first digit (indicator or extension) moves before the company prefix. */
const itemNumber = (prefix: string, reference: string) =>
  checked(reference.slice(0, 1) + prefix + reference.slice(1));

const checked = (digits: string) => digits + (/^\d+$/.test(digits) ? checkDigit(digits) : '');

/** What EPC URNs leave plain and Digital Links escape (GS1 Digital Link: URI Syntax, section 4). */
const encoded = (text = '') =>
  text.replace(/[!()*+,:]/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
