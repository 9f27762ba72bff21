import { getCountries } from 'libphonenumber-js/max';
import { checkIdentifier, isPostalCode, isSafePattern, maskIdentifier } from '../../../localisation';
import type { PackManifest } from './check-shape';
import type { JsonFile } from '../reading/json-file';
import type { Faults, PackFaultCode } from '../pack-fault';

type Add = (path: string, code: PackFaultCode, params?: Record<string, string | number>) => void;

/** What a JSON Schema cannot see in `pack.json`: names that nothing bears or two things bear, rules that don't hold. */
export function checkManifest(file: JsonFile, manifest: PackManifest, faults: Faults): void {
  const add: Add = (path, code, params) => faults.add(file.name, file.placeOf(path), path, code, params);
  checkCountry(manifest, add);
  checkLanguages(manifest, add);
  checkUnique('/sources', manifest.sources, 'id', add);
  checkUnique('/areaLevels', manifest.areaLevels, 'code', add);
  checkUnique('/identifierTypes', manifest.identifierTypes, 'code', add);
  checkUnique('/sexes', manifest.sexes, 'code', add);
  checkUnique('/consentPurposes', manifest.consentPurposes, 'code', add);
  checkIdentifierTypes(manifest, add);
  checkPostalCode(manifest, add);
}

/** Adds a fault for every item whose key an earlier item bears. */
export function checkUnique<K extends string>(
  path: string,
  items: readonly Readonly<Record<K, string>>[],
  key: K,
  add: Add,
): void {
  const seen = new Set<string>();
  items.forEach((item, i) => {
    if (seen.has(item[key])) add(`${path}/${i}/${key}`, 'duplicate', { [key]: item[key] });
    seen.add(item[key]);
  });
}

function checkCountry(manifest: PackManifest, add: Add): void {
  const { country, alpha3, timeZone, calendar, phone } = manifest;
  const names = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'none' });
  if (names.of(country) === undefined) add('/country', 'country-unknown', { country });
  else if (alpha3[0] !== country[0]) add('/alpha3', 'country-mismatch', { country, alpha3 });
  if (!isTimeZone(timeZone)) add('/timeZone', 'time-zone-unknown', { timeZone });
  if (!Intl.supportedValuesOf('calendar').includes(calendar))
    add('/calendar', 'calendar-unknown', { calendar });
  if (!getCountries().some(region => region === phone.region))
    add('/phone/region', 'phone-region-unknown', { region: phone.region });
}

function isTimeZone(name: string): boolean {
  try {
    return (
      new Intl.DateTimeFormat(undefined, { timeZone: name }).resolvedOptions().timeZone !== '' &&
      !/^[+-]/.test(name)
    );
  } catch {
    return false;
  }
}

function checkLanguages(manifest: PackManifest, add: Add): void {
  const codes = manifest.languages.map(({ code }) => code);
  checkUnique('/languages', manifest.languages, 'code', add);
  if (!codes.includes(manifest.defaultLanguage))
    add('/defaultLanguage', 'default-language', { language: manifest.defaultLanguage });
  manifest.languages.forEach(({ code, fallback, digits }, i) => {
    if (Intl.getCanonicalLocales(code)[0] !== code)
      add(`/languages/${i}/code`, 'language-unknown', { language: code });
    if (!Intl.supportedValuesOf('numberingSystem').includes(digits))
      add(`/languages/${i}/digits`, 'calendar-unknown', { digits });
    fallback.forEach((language, f) => {
      if (!codes.includes(language))
        add(`/languages/${i}/fallback/${f}`, 'language-undeclared', { language });
    });
  });
}

function checkIdentifierTypes(manifest: PackManifest, add: Add): void {
  manifest.identifierTypes.forEach((type, i) => {
    const path = `/identifierTypes/${i}`;
    if (!isSafePattern(type.pattern)) return add(`${path}/pattern`, 'pattern-unsafe');
    const checked = checkIdentifier(type, type.example);
    if (!checked.ok) return add(`${path}/example`, 'example-fails', { why: checked.code });
    const shown = Array.from(maskIdentifier(type, checked.normalised)).filter(
      character => character !== '•',
    ).length;
    if (shown !== type.mask.start + type.mask.end) add(`${path}/mask`, 'mask-reveals');
  });
}

function checkPostalCode(manifest: PackManifest, add: Add): void {
  if (!manifest.postalCode) return;
  if (!isSafePattern(manifest.postalCode.pattern)) return add('/postalCode/pattern', 'pattern-unsafe');
  if (!isPostalCode(manifest, manifest.postalCode.example)) add('/postalCode/example', 'example-fails');
}
