import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../platform/config';

/** Who plays in a country's story: invented people and a place, from `sandbox/<code>.json`. */
export interface Cast {
  /** Folder of the country's pack in `countries/`. */
  pack: string;
  country: string;
  timeZone: string;
  /** The languages the ministry works in. */
  languages: string[];
  /** The languages in which the story is told; one that the country's pack lacks is added at run time. */
  journeyLanguages: string[];
  ministry: Record<string, string>;
  agreementRef: string;
  signatory: { name: string; title: string };
  staff: Record<
    | 'admin'
    | 'userAdmin'
    | 'programmeAdmin'
    | 'manager'
    | 'registrar'
    | 'vaccinator'
    | 'storeKeeper'
    | 'auditor',
    string
  >;
  facility: {
    code: string;
    area: string;
    names: Record<string, string>;
    latitude: number;
    longitude: number;
    postalCode: string | null;
    phone: string;
  };
  phone: string;
  family: {
    guardian: { name: string; sex: string; birthDate: string };
    child: { name: string; sex: string };
  };
}

const FOLDER = join(PROJECT_ROOT, 'sandbox');

/** The codes of the countries that have a story. */
export const castCodes = (): string[] =>
  readdirSync(FOLDER)
    .filter(file => file.endsWith('.json'))
    .map(file => file.slice(0, -5))
    .sort();

export const castOf = (code: string): Cast =>
  JSON.parse(readFileSync(join(FOLDER, `${code}.json`), 'utf8')) as Cast;
