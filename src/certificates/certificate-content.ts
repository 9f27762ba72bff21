import type { CertifiedDose, NationalCertificate } from '../codecs';
import type { CivilDate } from '../common';

/** The most doses a code can list (see the codec); of more, the latest. */
export const MAX_DOSES = 60;

/** A dose as the register has it, with the words for it. */
export interface DoseToCertify {
  /** Code of the vaccine in the country's schedule. */
  vaccineCode: string;
  /** The vaccine in words, in the country's own language. */
  vaccineName: string;
  /** The product's codes in other systems, e.g. `{"cvx": "19"}`. */
  codes: Readonly<Record<string, string>>;
  givenOn: CivilDate;
  lotNumber: string;
  counted: readonly { doseNumber: number | null }[];
}

/** What a certificate says beside the doses. */
export interface CertificateHead {
  number: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** The authority, in the country's own language. */
  issuer: string;
  /** The person's name as registered. */
  name: string;
  /** `YYYY`, or `YYYY-MM-DD` when that was asked for and proved; see `details/`. */
  birthDate?: string;
}

/**
 * What is signed: the least that lets a stranger check a dose. Neither identifiers, sex, guardian nor the place of a
 * dose are in it; they stand in the register and, as far as the country wants, on the paper. `doses` oldest first.
 */
export function certificateContent(
  head: CertificateHead,
  doses: readonly DoseToCertify[],
): NationalCertificate {
  return {
    ver: '1.0.0',
    ci: head.number,
    co: head.country,
    is: clip(head.issuer, 120),
    n: clip(head.name, 200),
    ...(head.birthDate && { dob: head.birthDate }),
    v: doses.map((dose, index) => certifiedDose(dose, doses.slice(0, index))).slice(-MAX_DOSES),
  };
}

function certifiedDose(dose: DoseToCertify, earlier: readonly DoseToCertify[]): CertifiedDose {
  return {
    vp: codeOf(dose),
    vd: clip(dose.vaccineName, 120),
    bo: clip(dose.lotNumber, 40),
    dt: dose.givenOn,
    dn: doseNumber(dose, earlier),
  };
}

/** As the schedule counted it; a dose that it did not count is numbered among the doses of that vaccine. */
function doseNumber(dose: DoseToCertify, earlier: readonly DoseToCertify[]): number {
  const counted = dose.counted.flatMap(line => line.doseNumber ?? []);
  if (counted.length > 0) return Math.max(...counted);
  return earlier.filter(({ vaccineCode }) => vaccineCode === dose.vaccineCode).length + 1;
}

/** Systems that verifiers abroad know, best first; else the country's own code. */
const SYSTEMS = ['cvx', 'atc', 'sct', 'icd11'];

/** The code of a vaccine as a certificate writes it, `system:code`. */
export function codeOf(vaccine: Pick<DoseToCertify, 'codes' | 'vaccineCode'>): string {
  const system = SYSTEMS.find(known => vaccine.codes[known]);
  return system ? `${system}:${vaccine.codes[system]}` : `nat:${vaccine.vaccineCode}`;
}

/** Cut to what the format allows, between characters. */
const clip = (text: string, length: number): string => Array.from(text).slice(0, length).join('');
