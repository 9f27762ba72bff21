import { alphanumericCheck, notInSet82, numericCheck } from './check-digits';
import { type Check, type CheckCode, digits, type Finding, finding, first, only, whole } from './check-texts';
import { countryCodes, countryNumbers, currencyNumbers, packageTypes } from './code-lists';
import { couponCode, couponPositiveOffer } from './coupon-checks';
import { hour, hourMinute, minute, second, yymmd0, yymmdd, yyyymmd0, yyyymmdd } from './date-checks';

/** A register of company prefixes: whether the digits that begin a key were issued. Without one, every prefix is. */
export type PrefixRegister = (key: string) => boolean;

const listed = (list: readonly string[], code: CheckCode) => {
  const known = new Set(list);
  return whole(text => known.has(text), code);
};

const oneOf = (characters: string, code: CheckCode) =>
  whole(text => text.length === 1 && characters.includes(text), code);

const companyPrefix =
  (from: number) =>
  (text: string, register?: PrefixRegister): Finding | null => {
    const start = text.length > from ? from : 0;
    const key = text.slice(from);
    if (key.length < 4) return finding('prefix-short', start, text.length - start);
    const at = key.slice(0, 4).search(/[^0-9]/);
    if (at >= 0) return finding('prefix-invalid', from + at, 1);
    return register && !register(key) ? finding('prefix-invalid', from, key.length) : null;
  };

/** Base64url (RFC 4648 section 5), padded or not. */
const set64: Check = text => {
  const at = text.search(/[^0-9A-Za-z_-]/);
  if (at < 0) return null;
  const pads = text.length - at;
  if (/[^=]/.test(text.slice(at))) return finding('not-in-set-64', at, 1);
  return pads <= 2 && text.length % 3 === 0 ? null : finding('set-64-padding', at, pads);
};

const coordinate = (most: number, length: CheckCode, range: CheckCode): Check => {
  return text =>
    first(
      text,
      whole(one => one.length === 10, length),
      digits,
      whole(one => Number(one) <= most, range),
    );
};

/** ISO 13616-1: country, two check characters, account; the whole is 1 modulo 97 with the first four moved to the end. */
const iban: Check = text => {
  if (text.length < 4) return finding('iban-short', 0, text.length);
  if (!countryCodes.includes(text.slice(0, 2))) return finding('iban-country', 0, 2);
  if (text.length > 34) return finding('iban-long', 0, text.length);
  if (text.length <= 10) return finding('iban-short', 0, text.length);
  const wrong = only(/[^0-9A-Z]/, 'iban-character')(text.slice(4)) ?? null;
  if (wrong) return { ...wrong, at: wrong.at + 4 };
  const wrongPair = only(/[^0-9A-Z]/, 'iban-character')(text.slice(0, 4));
  if (wrongPair) return wrongPair;
  const rest = [...text.slice(4), ...text.slice(0, 4)].reduce((sum, one) => {
    const value = parseInt(one, 36);
    return (sum * (value > 9 ? 100 : 10) + value) % 97;
  }, 0);
  return rest === 1 ? null : finding('iban-checksum', 2, 2);
};

const pieceOfTotal: Check = text => {
  const half = text.length / 2;
  if (text.length === 0 || text.length % 2) return finding('pieces-length', 0, text.length);
  const wrong = digits(text);
  if (wrong) return wrong;
  const [piece, total] = [text.slice(0, half), text.slice(half)];
  if (/^0+$/.test(piece)) return finding('piece-zero', 0, half);
  if (/^0+$/.test(total)) return finding('total-zero', half, half);
  return piece > total ? finding('piece-exceeds-total', 0, text.length) : null;
};

/** `<position>/<end>`, of any length. */
const positionInSequence: Check = text => {
  const parts = /^([0-9]+)\/([0-9]+)$/.exec(text);
  if (!parts) return finding('position-malformed', 0, text.length);
  const [, position = '', end = ''] = parts;
  if (position.startsWith('0')) return finding('zero-prefix', 0, position.length);
  if (end.startsWith('0')) return finding('zero-prefix', position.length + 1, end.length);
  const exceeds = position.length > end.length || (position.length === end.length && position > end);
  return exceeds ? finding('position-exceeds-end', 0, text.length) : null;
};

const percentEncoded: Check = text => {
  const at = text.search(/%(?![0-9A-Fa-f]{2})/);
  return at < 0 ? null : finding('percent-encoding', at, Math.min(3, text.length - at));
};

const importerIndex: Check = text =>
  first(
    text,
    whole(one => one.length === 1, 'importer-length'),
    whole(one => /^[-0-9A-Z_a-z]$/.test(one), 'importer-character'),
  );

const twoDigits = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at).padStart(2, '0'));

/** The checks of content that GS1's dictionary names (GS1 Barcode Syntax Tests), and those of its four character sets. */
const checks = {
  csetnumeric: digits,
  cset82: notInSet82,
  cset39: only(/[^#\-/0-9A-Z]/, 'not-in-set-39'),
  cset64: set64,
  csum: numericCheck,
  csumalpha: alphanumericCheck,
  gcppos1: companyPrefix(0),
  gcppos2: companyPrefix(1),
  hasnondigit: whole(text => /[^0-9]/.test(text), 'all-digits'),
  hh: hour,
  hhmi: hourMinute,
  mi: minute,
  ss: second,
  yymmdd,
  yymmd0,
  yyyymmdd,
  yyyymmd0,
  hyphen: only(/[^-]/, 'not-hyphens'),
  importeridx: importerIndex,
  nonzero: (text: string) =>
    first(
      text,
      digits,
      whole(one => /[^0]/.test(one), 'zero'),
    ),
  zero: whole(text => /^0+$/.test(text), 'not-zero'),
  nozeroprefix: (text: string) =>
    first(text, digits, one => (/^0./.test(one) ? finding('zero-prefix', 0, 1) : null)),
  iban,
  iso3166: listed(countryNumbers, 'not-a-country'),
  iso3166999: listed([...countryNumbers, '999'], 'not-a-country-or-999'),
  iso3166alpha2: listed(countryCodes, 'not-a-country-alpha2'),
  iso4217: listed(currencyNumbers, 'not-a-currency'),
  iso5218: oneOf('0129', 'not-a-sex'),
  latitude: coordinate(1_800_000_000, 'latitude-length', 'latitude-range'),
  longitude: coordinate(3_600_000_000, 'longitude-length', 'longitude-range'),
  mediatype: listed([...twoDigits(1, 10), ...twoDigits(80, 99)], 'not-a-media-type'),
  packagetype: listed(packageTypes, 'not-a-package-type'),
  pcenc: percentEncoded,
  pieceoftotal: pieceOfTotal,
  posinseqslash: positionInSequence,
  winding: oneOf('019', 'not-a-winding'),
  yesno: oneOf('01', 'not-yes-or-no'),
  couponcode: couponCode,
  couponposoffer: couponPositiveOffer,
} satisfies Record<string, Check | ((text: string, register?: PrefixRegister) => Finding | null)>;

/** The name of a check in GS1's dictionary. */
export type CheckName = keyof typeof checks;

export const isCheckName = (name: string): name is CheckName => Object.hasOwn(checks, name);

/** Runs a check by its name; `register` is asked only by the two that look at a company prefix. */
export function runCheck(name: CheckName, text: string, register?: PrefixRegister): Finding | null {
  const check: (text: string, register?: PrefixRegister) => Finding | null = checks[name];
  return check(text, register);
}
