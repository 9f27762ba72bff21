// A country is data. No country, currency, phone prefix, vaccine brand or language is named in src/: not in a
// string, not in an identifier; a country not even in a comment, unless it says why:
//     // names-a-country: <the reason>      on the line itself or the one above
// The words come from the packs in countries/, the folders of locales/, ICU (Intl) and libphonenumber's metadata.
// Tests use made-up countries: ISO 3166 keeps XA to XZ and QM to QZ free, E.164 leaves +999 unassigned.
// They may name languages, since plural rules exist only for real ones.
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const MARKER = /names-a-country:\s*(\S.{9,})/;

/** Kept free by ISO 3166-1 for private use, or groups rather than countries. */
const NOT_A_COUNTRY = /^(AA|Q[M-Z]|X[A-JL-Z]|ZZ|EU|EZ|UN)$/;

/** Currency codes that are also words of our trade or of code. */
const WORDS_TOO = ['ALL', 'TRY', 'TOP', 'CUP', 'PEN', 'GEL', 'SOS', 'STD', 'XXX', 'XTS'];

/** Brands known everywhere, beside those that the packs name. */
const BRANDS =
  'Comirnaty Spikevax Covishield Vaxzevria Covaxin Covovax Nuvaxovid Corbevax Sinopharm CoronaVac Sputnik ' +
  'Jcovden Easyfive Pentavac Infanrix Hexaxim Pediarix Boostrix Rotarix RotaTeq Rotavac Rotasiil Prevenar ' +
  'Prevnar Synflorix Pneumosil Gardasil Cervarix Cecolin Priorix Typbar Stamaril Engerix Recombivax Menactra ' +
  'MenAfriVac Menveo Nimenrix Shanchol Euvichol Dukoral Qdenga Dengvaxia Ixiaro Mosquirix Zostavax Shingrix';

const allPairs = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap((a, _, letters) => letters.map(b => a + b));
const either = words => words.map(word => RegExp.escape(word)).join('|');
const pascal = word => word.replace(/(?:^|[^\p{L}]+)(\p{L}?)/gu, (_, next) => next.toUpperCase());
/** An identifier as the words it is made of: southAfrica and SOUTH_AFRICA are both SouthAfrica. */
const spoken = name => pascal(/^[A-Z\d_]+$/.test(name) ? name.toLowerCase() : name);

/** The words to look for, from the data beside the code. */
export function vocabulary(folder = root) {
  const packs = folders(join(folder, 'countries'));
  const packFiles = globSync('countries/*/**/*.json', { cwd: folder }).map(path =>
    JSON.parse(readFileSync(join(folder, path), 'utf8')),
  );
  const languages = new Set(['en', ...folders(join(folder, 'locales')), ...packFiles.flatMap(languagesOf)]);
  const named = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const regions = allPairs.filter(code => named.of(code) && !NOT_A_COUNTRY.test(code));
  const languageNames = new Intl.DisplayNames('en', { type: 'language' });
  const currencyNames = new Intl.DisplayNames('en', { type: 'currency' });
  const currencies = Intl.supportedValuesOf('currency');
  return {
    packs: new Set(packs),
    regions: new Set(regions),
    regionNames: regions
      .flatMap(code => named.of(code).split(/ \(|\)| - /))
      .filter(name => name.length > 3 && !/^(SAR|Island|Islands)$/.test(name)),
    languages,
    languageNames: [...languages].map(code => languageNames.of(code)).filter(name => name.length > 3),
    currencies: new Set(currencies.filter(code => !WORDS_TOO.includes(code))),
    currencyNames: currencies.map(code => currencyNames.of(code)).filter(name => name.includes(' ')),
    currencySymbols: [
      ...new Set(
        currencies.map(
          code =>
            new Intl.NumberFormat('en', {
              style: 'currency',
              currency: code,
              currencyDisplay: 'narrowSymbol',
            })
              .formatToParts(1)
              .find(part => part.type === 'currency').value,
        ),
      ),
    ].filter(symbol => /^\p{Sc}$/u.test(symbol) && symbol !== '$'),
    callingCodes: new Set(getCountries().map(country => getCountryCallingCode(country))),
    brands: [...BRANDS.split(' '), ...packFiles.flatMap(brandsOf)],
  };
}

function folders(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name);
  } catch {
    return [];
  }
}

/** The values under a key, wherever in a pack it stands. */
function valuesOf(data, key) {
  if (Array.isArray(data)) return data.flatMap(item => valuesOf(item, key));
  if (data === null || typeof data !== 'object') return [];
  return Object.entries(data).flatMap(([name, value]) => (key.test(name) ? [value] : valuesOf(value, key)));
}
const brandsOf = pack =>
  valuesOf(pack, /^(brand|brandName|tradeName)$/)
    .filter(name => typeof name === 'string')
    .filter(name => name.length > 3);
const languagesOf = pack =>
  valuesOf(pack, /^languages?$/)
    .flat()
    .map(language => language?.code ?? language?.tag ?? language)
    .filter(code => typeof code === 'string' && /^[a-z]{2,3}(-[A-Z]{2})?$/.test(code));

/** A checker for one vocabulary: `(path, text) => faults`, each a line to act on. */
export function checker(words) {
  const names = new RegExp(`(?<!\\p{L})(${either([...words.regionNames].sort(longerFirst))})(?!\\p{L})`, 'u');
  const others = new RegExp(
    `(?<!\\p{L})(${either([...words.currencyNames, ...words.brands].sort(longerFirst))})(?!\\p{L})|[${words.currencySymbols.join('')}]`,
    'u',
  );
  const languageNames = new RegExp(`(?<![\\p{L}])(${either(words.languageNames)})(?!\\p{L})`, 'u');
  const called = list => new RegExp(`(${either(list.map(pascal))})(?!\\p{Ll})`, 'u');
  const inIdentifier = called([...words.regionNames, ...words.brands]);
  const languageInIdentifier = called(words.languageNames);
  const isLanguage = text => {
    const [, language, region] = /^([a-z]{2,3})(?:-([A-Z]{2}))?$/.exec(text) ?? [];
    return region ? words.regions.has(region) : words.languages.has(language);
  };

  /** What is wrong with a literal, or nothing. `line` is the source line it stands on. */
  function inLiteral(text, line, spec) {
    const country =
      names.exec(text) ?? (/countr|nation|tenant|region|territor/i.test(line) && codeAlone(text));
    if (country) return `the country ${country[0]}`;
    if (words.packs.has(text) && !words.languages.has(text)) return `the country ${text}`;
    if (words.currencies.has(text)) return `the currency ${text}`;
    const word = others.exec(text);
    if (word) return `the currency or brand ${word[0]}`;
    const prefix = phonePrefix(text);
    if (prefix) return `the phone prefix ${prefix}`;
    if (spec) return undefined;
    const language = isLanguage(text) ? text : languageNames.exec(text)?.[0];
    return language && `the language ${language}`;
  }
  function inName(name, spec) {
    const said = spoken(name);
    return (
      (inIdentifier.test(said) || (!spec && languageInIdentifier.test(said))) &&
      `it in the identifier ${name}`
    );
  }
  const codeAlone = text => /^[A-Z]{2}$/.test(text) && words.regions.has(text) && [text];

  /** "+880", or "+1" with a whole number behind it; not "+05:30" and not an addition. */
  function phonePrefix(text) {
    for (const [found, digits] of text.matchAll(/(?<![\w.)\]}])\\?\+([1-9]\d{0,14})(?![\d:.])/g)) {
      const code = [digits.slice(0, 3), digits.slice(0, 2), digits.slice(0, 1)].find(start =>
        words.callingCodes.has(start),
      );
      if (code && (code.length > 1 ? digits.length !== code.length + 1 : digits.length > 7)) return found;
    }
    return undefined;
  }

  return function faultsIn(path, text) {
    const spec = path.endsWith('.spec.ts');
    const lines = text.split('\n');
    const found = (path.endsWith('.ts') ? tokens(path, text) : plainLines(lines)).flatMap(
      ({ kind, value, at }) => {
        let fault;
        if (kind === 'comment') fault = names.test(value) && `the country ${names.exec(value)[0]}`;
        else if (kind === 'identifier') fault = inName(value, spec);
        else fault = inLiteral(value, lines[at], spec);
        return fault ? [{ at, fault }] : [];
      },
    );
    const excuses = lines.flatMap((line, at) => (MARKER.test(line) ? [at] : []));
    const excused = at => excuses.includes(at) || excuses.includes(at - 1);
    const idle = excuses.filter(at => !found.some(fault => fault.at === at || fault.at === at + 1));
    return [
      ...found.filter(({ at }) => !excused(at)).map(({ at, fault }) => `${path}:${at + 1} names ${fault}`),
      ...idle.map(at => `${path}:${at + 1} excuses a country that is not named here`),
    ];
  };
}

const longerFirst = (a, b) => b.length - a.length;
const plainLines = lines => lines.map((value, at) => ({ kind: 'comment', value, at }));

/** Literals, identifiers and comments of a TypeScript file, with their line (from 0). */
function tokens(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = position => file.getLineAndCharacterOfPosition(position).line;
  const found = [];
  const comments = new Set();
  const visit = node => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      node.text.split('\n').forEach((value, row) => {
        if (!isImport(node)) found.push({ kind: 'literal', value, at: lineOf(node.getStart()) + row });
      });
    else if (ts.isRegularExpressionLiteral(node))
      found.push({ kind: 'literal', value: node.text, at: lineOf(node.getStart()) });
    else if (ts.isIdentifier(node))
      found.push({ kind: 'identifier', value: node.text, at: lineOf(node.getStart()) });
    for (const range of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
      comments.add(range.pos + ':' + range.end);
    for (const range of ts.getTrailingCommentRanges(text, node.end) ?? [])
      comments.add(range.pos + ':' + range.end);
    node.getChildren().forEach(visit);
  };
  visit(file);
  for (const range of comments) {
    const [from, to] = range.split(':').map(Number);
    text
      .slice(from, to)
      .split('\n')
      .forEach((value, row) => found.push({ kind: 'comment', value, at: lineOf(from) + row }));
  }
  return found;
}

const isImport = node => ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);

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
