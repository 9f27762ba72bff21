import { type CountryProfile, isPostalCode, normalisePhone, type TextByLanguage } from '../../localisation';

export const FACILITY_CATEGORIES = ['PUBLIC', 'PRIVATE', 'NON_PROFIT', 'OTHER'] as const;
export type FacilityCategory = (typeof FACILITY_CATEGORIES)[number];

export const FACILITY_KINDS = ['FIXED', 'MOBILE', 'OUTREACH', 'TEMPORARY'] as const;
export type FacilityKind = (typeof FACILITY_KINDS)[number];

/** What signs, registers and files call a facility. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/;
/** A service, e.g. `routine` or `travel-clinic`; the country chooses its own. */
const SERVICE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const LENGTHS = { name: 200, address: 300, openingHours: 200, services: 20, service: 40 };

/** A facility as somebody entered it, before it is checked. What was not said is null. */
export interface EnteredFacility {
  code: string;
  names: TextByLanguage;
  category: FacilityCategory;
  kind: FacilityKind;
  address: string | null;
  postalCode: string | null;
  latitude: number | null;
  longitude: number | null;
  phone: string | null;
  openingHours: string | null;
  services: readonly string[];
  active: boolean;
}

/** A facility in the form it is stored: phone in E.164, postal code in upper case. */
export type CheckedFacility = Omit<EnteredFacility, 'services'> & { services: string[] };

/** One thing wrong with an entered facility. `key` is a text of `facilities.fault`. */
export interface FacilityFault {
  field: string;
  key: string;
  params?: Record<string, string | number>;
}

/**
 * Checks what was entered by form or by file against the country's own forms, and puts it in the form it is stored
 * in. Every fault is told at once; a facility with a fault is not to be stored.
 */
export function checkFacility(
  profile: CountryProfile,
  entered: EnteredFacility,
): { facility: CheckedFacility; faults: FacilityFault[] } {
  const postalCode = entered.postalCode?.trim().toUpperCase() ?? null;
  const phone = entered.phone === null ? null : normalisePhone(profile.phone, entered.phone);
  const faults = [
    ...(CODE.test(entered.code) ? [] : [{ field: 'code', key: 'code' }]),
    ...nameFaults(profile, entered.names),
    ...(postalCode === null || isPostalCode(profile, postalCode) ? [] : [postalCodeFault(profile)]),
    ...(phone === null || phone.ok ? [] : [{ field: 'phone', key: 'phone' }]),
    ...pointFaults(entered),
    ...tooLong('address', entered.address, LENGTHS.address),
    ...tooLong('openingHours', entered.openingHours, LENGTHS.openingHours),
    ...serviceFaults(entered.services),
  ];
  const facility = {
    ...entered,
    postalCode,
    phone: phone?.ok ? phone.e164 : null,
    services: [...new Set(entered.services)].sort(),
  };
  return { facility, faults };
}

function nameFaults(profile: CountryProfile, names: TextByLanguage): FacilityFault[] {
  const languages = profile.languages.map(({ code }) => code);
  const missing = names[profile.defaultLanguage]?.trim() ? [] : [profile.defaultLanguage];
  return [
    ...missing.map(language => ({ field: `name:${language}`, key: 'missing' })),
    ...Object.entries(names).flatMap(([language, text]) => [
      ...(languages.includes(language)
        ? []
        : [{ field: `name:${language}`, key: 'language', params: { languages: languages.join(', ') } }]),
      ...tooLong(`name:${language}`, text, LENGTHS.name),
    ]),
  ];
}

const postalCodeFault = (profile: CountryProfile): FacilityFault =>
  profile.postalCode
    ? { field: 'postalCode', key: 'postalCode', params: { example: profile.postalCode.example } }
    : { field: 'postalCode', key: 'noPostalCodes' };

/** WGS 84 degrees, both or neither. */
function pointFaults({ latitude, longitude }: EnteredFacility): FacilityFault[] {
  if ((latitude === null) !== (longitude === null))
    return [{ field: latitude === null ? 'latitude' : 'longitude', key: 'halfPoint' }];
  const outside = (value: number | null, most: number): boolean =>
    value !== null && !(Math.abs(value) <= most);
  return [
    ...(outside(latitude, 90) ? [{ field: 'latitude', key: 'degrees', params: { most: 90 } }] : []),
    ...(outside(longitude, 180) ? [{ field: 'longitude', key: 'degrees', params: { most: 180 } }] : []),
  ];
}

function serviceFaults(services: readonly string[]): FacilityFault[] {
  if (services.length > LENGTHS.services)
    return [{ field: 'services', key: 'tooMany', params: { most: LENGTHS.services } }];
  const wrong = services.find(service => !SERVICE.test(service) || service.length > LENGTHS.service);
  return wrong === undefined ? [] : [{ field: 'services', key: 'service' }];
}

const tooLong = (field: string, text: string | null, most: number): FacilityFault[] =>
  text !== null && text.length > most ? [{ field, key: 'tooLong', params: { most } }] : [];
