// A country is data. No country, currency, time zone, phone prefix, vaccine brand or language is named in src/:
// no country or brand in an identifier, no country even in a comment, none of them in a string, unless it says why:
//     // names-a-country: <the reason>      on the line itself or the one above
// The words come from the packs in countries/, the folders of locales/, ICU (Intl) and libphonenumber's metadata.
// Tests use made-up countries: ISO 3166 keeps XA to XZ and QM to QZ free, E.164 leaves +999 unassigned.
// They may name languages and time zones, since there are rules for real ones only; a test that needs real numbering
// plans says
//     // names-a-country-throughout: <the reason>
import { parse } from 'csv-parse/sync';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const EXCUSE = /names-a-country:\s*\S.{9,}/;
const EXCUSED_TEST = /names-a-country-throughout:\s*\S.{9,}/;

/** Kept free by ISO 3166-1 for private use, or groups rather than countries. */
const NOT_A_COUNTRY = /^(AA|Q[M-Z]|X[A-JL-Z]|ZZ|EU|EZ|UN)$/;

/** Currency codes that are also words of our trade or of code. */
const WORDS_TOO = ['ALL', 'TRY', 'TOP', 'CUP', 'PEN', 'GEL', 'SOS', 'STD', 'XXX', 'XTS'];

/**
 * Folders of packs that are also terms of formats: elliptic curves and their keys (JOSE), members of EU DCC and WHO's
 * ICVP, HTML's break, JavaScript's `in`.
 */
const TERMS_TOO = ['ec', 'EC', 'co', 'bo', 'br', 'in'];

/** Where a line speaks of countries, a code of two letters is one. */
const OF_COUNTRIES = /countr|nation|tenant|region|territor/i;

/** Brands known everywhere, beside those that the packs name. */
const BRANDS =
  'Comirnaty Spikevax Covishield Vaxzevria Covaxin Covovax Nuvaxovid Corbevax Sinopharm CoronaVac Sputnik ' +
  'Jcovden Easyfive Pentavac Infanrix Hexaxim Pediarix Boostrix Rotarix RotaTeq Rotavac Rotasiil Prevenar ' +
  'Prevnar Synflorix Pneumosil Gardasil Cervarix Cecolin Priorix Typbar Stamaril Engerix Recombivax Menactra ' +
  'MenAfriVac Menveo Nimenrix Shanchol Euvichol Dukoral Qdenga Dengvaxia Ixiaro Mosquirix Zostavax Shingrix';

/** The words to look for, from the data beside the code. */
export function vocabulary(folder = root) {
  const read = path => readFileSync(join(folder, path), 'utf8');
  const packs = globSync('countries/*/pack.json', { cwd: folder }).map(path => ({
    folder: basename(dirname(path)),
    ...JSON.parse(read(path)),
  }));
  const products = globSync('countries/*/products.csv', { cwd: folder }).flatMap(path =>
    parse(read(path), { columns: true, relax_column_count: true }),
  );
  const languages = [
    ...globSync('locales/*', { cwd: folder }).map(path => basename(path)),
    ...packs.flatMap(pack => pack.languages ?? []).map(({ code }) => code),
  ];
  return {
    ...worldWide(languages),
    languages: new Set(languages),
    packCodes: new Set(packs.flatMap(pack => [pack.folder, pack.country, pack.alpha3])),
    packNames: packs.flatMap(pack => Object.values(pack.name ?? {})),
    brands: [...BRANDS.split(' '), ...products.flatMap(({ brand }) => brand || [])],
  };
}

/** What ICU and libphonenumber know of every country, with names in English. */
function worldWide(languages) {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const named = type => new Intl.DisplayNames('en', { type, fallback: 'none' });
  const [regionName, languageName, currencyName] = ['region', 'language', 'currency'].map(named);
  const regions = letters
    .flatMap(first => letters.map(second => first + second))
    .filter(code => regionName.of(code) && !NOT_A_COUNTRY.test(code));
  const currencies = Intl.supportedValuesOf('currency');
  return {
    regions: new Set(regions),
    regionNames: regions
      .flatMap(code => regionName.of(code).split(/ \(|\)| - /))
      .filter(name => name.length > 3),
    languageNames: languages.map(code => languageName.of(code)).filter(name => name?.length > 3),
    currencies: new Set(currencies.filter(code => !WORDS_TOO.includes(code))),
    currencyNames: currencies.map(code => currencyName.of(code)).filter(name => name?.includes(' ')),
    currencySymbols: currencies.map(currencySymbol).filter(symbol => /^(?!\$)\p{Sc}$/u.test(symbol)),
    timeZones: new Set(
      Intl.supportedValuesOf('timeZone').filter(zone => zone.includes('/') && !zone.startsWith('Etc/')),
    ),
    callingCodes: new Set(getCountries().map(country => getCountryCallingCode(country))),
  };
}

const currencySymbol = currency =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(1)
    .find(part => part.type === 'currency').value;

const either = words =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(word => RegExp.escape(word))
    .join('|');
const wholeWord = words => new RegExp(`(?<![\\p{L}\\p{M}])(${either(words)})(?![\\p{L}\\p{M}])`, 'u');
const pascal = word => word.replace(/(?:^|[^\p{L}]+)(\p{L}?)/gu, (_, next) => next.toUpperCase());
/** An identifier as the words it is made of: southAfrica and SOUTH_AFRICA are both SouthAfrica. */
const spoken = name => pascal(/^[A-Z\d_]+$/.test(name) ? name.toLowerCase() : name);

/** A checker for one vocabulary: `(path, text) => faults`, each a line to act on. */
export function checker(words) {
  const countryNames = [...words.regionNames, ...words.packNames];
  const patterns = {
    country: wholeWord(countryNames),
    money: new RegExp(`${wholeWord(words.currencyNames).source}|[${words.currencySymbols.join('')}]`, 'u'),
    brand: wholeWord(words.brands),
    language: wholeWord(words.languageNames),
    inIdentifier: new RegExp(`(${either([...countryNames, ...words.brands].map(pascal))})(?!\\p{Ll})`, 'u'),
  };
  const faultOf = {
    comment: ({ value }) => quoted('country', patterns.country.exec(value)),
    identifier: ({ value }) => patterns.inIdentifier.test(spoken(value)) && `a country or brand: ${value}`,
    literal: ({ value }, line, spec) => inLiteral({ ...words, ...patterns }, value, { line, spec }),
  };

  return function faultsIn(path, text) {
    const spec = path.endsWith('.spec.ts');
    if (spec && EXCUSED_TEST.test(text)) return [];
    const lines = text.split('\n');
    const found = (path.endsWith('.ts') ? tokens(path, text) : plain(lines)).flatMap(token => {
      const fault = faultOf[token.kind](token, lines[token.at], spec);
      return fault ? [{ at: token.at, fault }] : [];
    });
    const excuses = lines.flatMap((line, at) => (EXCUSE.test(line) ? [at] : []));
    const idle = excuses.filter(at => !found.some(fault => fault.at === at || fault.at === at + 1));
    return [
      ...found
        .filter(({ at }) => !excuses.includes(at) && !excuses.includes(at - 1))
        .map(({ at, fault }) => `${path}:${at + 1} names ${fault}`),
      ...idle.map(at => `${path}:${at + 1} excuses a country that is not named here`),
    ];
  };
}

const quoted = (kind, match) => match && `the ${kind} ${match[0]}`;

/** What a literal names, if anything. A code of two letters is a country only where its line speaks of countries. */
function inLiteral(words, text, { line, spec }) {
  const lone = /^\S{2,3}$/.test(text);
  const isCountry =
    (words.packCodes.has(text) && !words.languages.has(text) && !TERMS_TOO.includes(text)) ||
    ((words.regions.has(text) || TERMS_TOO.includes(text)) && OF_COUNTRIES.test(line));
  return (
    quoted('country', words.country.exec(text)) ??
    (lone && isCountry ? `the country ${text}` : null) ??
    (lone && words.currencies.has(text) ? `the currency ${text}` : null) ??
    quoted('currency', words.money.exec(text)) ??
    quoted('brand', words.brand.exec(text)) ??
    quoted('phone prefix', phonePrefix(words.callingCodes, text)) ??
    (spec ? null : (timeZoneIn(words, text) ?? languageIn(words, text)))
  );
}

const timeZoneIn = ({ timeZones }, text) => (timeZones.has(text) ? `the time zone ${text}` : null);

function languageIn(words, text) {
  const [, language, region] = /^([a-z]{2,3})(?:-([A-Z]{2}))?$/.exec(text) ?? [];
  if (region ? words.regions.has(region) : words.languages.has(language)) return `the language ${text}`;
  return quoted('language', words.language.exec(text));
}

/** "+880", or "+1" with a whole number behind it; not "+05:30" and not an addition. */
function phonePrefix(callingCodes, text) {
  return [...text.matchAll(/(?<![\w.)\]}])\\?\+([1-9]\d{0,14})(?![\d:.])/g)].find(([, digits]) => {
    const code = [3, 2, 1].map(length => digits.slice(0, length)).find(start => callingCodes.has(start));
    return code && (code.length > 1 || digits.length > 7);
  });
}

const plain = lines => lines.map((value, at) => ({ kind: 'comment', value, at }));

/** Literals, identifiers and comments of a TypeScript file, line by line (counted from 0). */
function tokens(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const comments = new Map();
  const found = [];
  const add = (kind, value, position) => {
    const { line } = file.getLineAndCharacterOfPosition(position);
    value.split('\n').forEach((part, row) => found.push({ kind, value: part, at: line + row }));
  };
  const visit = node => {
    if (ts.isIdentifier(node)) add('identifier', node.text, node.getStart());
    else if (isLiteral(node) && !isSpecifier(node)) add('literal', node.text, node.getStart());
    for (const range of [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ])
      comments.set(range.pos, range.end);
    node.getChildren().forEach(visit);
  };
  visit(file);
  for (const [from, to] of comments) add('comment', text.slice(from, to), from);
  return found;
}

const isLiteral = node =>
  ts.isStringLiteralLike(node) ||
  ts.isRegularExpressionLiteral(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddleOrTemplateTail(node);
const isSpecifier = node => ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);

if (import.meta.main) {
  const faultsIn = checker(vocabulary());
  const files = globSync('src/**/*.{ts,json,html,css,typ,sql}', { cwd: root }).sort();
  const faults = files.flatMap(path => faultsIn(path, readFileSync(join(root, path), 'utf8')));
  if (faults.length) {
    console.log(faults.join('\n'));
    console.log(
      'A country is data: move it to countries/<code>/ or locales/, or say why it must stand here with',
    );
    console.log('  // names-a-country: <the reason>');
  }
  process.exitCode = faults.length ? 1 : 0;
}
