import type { CertificateDetails } from '../../programmes';
import type { Evidence } from '../grievances/grievance';

/** What a certificate states only when it was asked for and proved. */
export const DETAILS = ['birth-date', 'passport'] as const;
export type Detail = (typeof DETAILS)[number];

/** As passports have it; ICAO 9303-4 has nine characters, some have more. */
export const PASSPORT_NUMBER = /^[A-Z0-9]{5,20}$/;

/** What documents that were seen say of a person; null where nothing was asked for. */
export interface ProvedDetails {
  /** `YYYY-MM-DD`. */
  birthDate: string | null;
  passport: string | null;
  /** When the last of them was asked for or taken back; null for none. */
  since: Date | null;
}

/** What certificates of a person state of her beside the name. */
export interface StatedDetails {
  /** `YYYY-MM-DD` if that was asked for and proved, else the year; absent where nothing is known or is to be said. */
  birthDate?: string;
  passport?: string;
}

/** Which documents prove a detail. */
const PROVED_BY: Readonly<Record<Detail, readonly Evidence[]>> = {
  'birth-date': ['IDENTITY_DOCUMENT', 'BIRTH_CERTIFICATE', 'PASSPORT'],
  passport: ['PASSPORT'],
};

/** Whether a document that was seen proves a detail. */
export const proves = (detail: Detail, seen: Evidence): boolean => PROVED_BY[detail].includes(seen);

/** Why a detail cannot be stated, though it was asked for. */
export const DETAIL_OBSTACLES = ['not-proved', 'birth-date-not-whole', 'not-in-this-country'] as const;
export type DetailObstacle = (typeof DETAIL_OBSTACLES)[number];

/** What stands in the way of a detail; null for nothing. `known`: the birth date as registered, as far as it is known. */
export function obstacleTo(
  detail: Detail,
  seen: Evidence,
  known: string,
  allowed: CertificateDetails,
): DetailObstacle | null {
  if (!proves(detail, seen)) return 'not-proved';
  if (allowed[detail === 'passport' ? 'passport' : 'birthDate']) return 'not-in-this-country';
  return detail === 'birth-date' && !isWhole(known) ? 'birth-date-not-whole' : null;
}

/**
 * What certificates state: the year of birth, unless more was asked for and proved and the country allows it. A country's
 * choice only ever takes away. A proof is of what the document said: of a birth date corrected since it proves nothing.
 */
export function statedDetails(
  known: string,
  { birthDate, passport }: Pick<ProvedDetails, 'birthDate' | 'passport'>,
  allowed: CertificateDetails = {},
): StatedDetails {
  const whole = isWhole(known) && known === birthDate && !allowed.birthDate;
  const stated = allowed.birthDate === 'none' ? '' : known.slice(0, whole ? undefined : 'YYYY'.length);
  return { ...(stated && { birthDate: stated }), ...(passport && !allowed.passport && { passport }) };
}

const isWhole = (birthDate: string): boolean => birthDate.length === 'YYYY-MM-DD'.length;
