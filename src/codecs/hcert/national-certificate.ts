import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { shapeOf } from '../../common';
import { mustMatch, type HcertContent } from './hcert-content';

/**
 * One dose on a national certificate. Codes are written `system:code` in lower-case systems: `cvx`, `atc`, `sct`
 * (SNOMED CT GPS), `icd11`, or `nat` for the country's own list.
 */
export interface CertifiedDose {
  /** Vaccine code, `system:code`. */
  vp: string;
  /** The vaccine in words, so that a verifier needs no catalogue. */
  vd: string;
  /** Diseases or agents targeted, each `system:code`. */
  tg?: string[];
  /** Product or brand. */
  mp?: string;
  /** Manufacturer or holder of the marketing authorisation. */
  ma?: string;
  /** Lot (batch); absent for a dose taken over from paper that did not name it. */
  bo?: string;
  /** Day it was given, `YYYY-MM-DD`. */
  dt: string;
  /** Which dose of its series, from 1. */
  dn: number;
  /** How many the series has; absent when it has no end (yearly doses). */
  sd?: number;
  /** Where: the facility's name. */
  ce?: string;
  /** Country where it was given, when not the issuing one; ISO 3166-1 alpha-2. */
  co?: string;
}

/**
 * What a country certifies of a person: the elements of WHO's DDCC:VS core data set, under the short keys that WHO's
 * DVC and the EU DCC already gave them. See docs/decisions/0010-national-certificate-payload.md.
 */
export interface NationalCertificate {
  /** Version of this structure. */
  ver: '1.0.0';
  /** Certificate id: what is looked up when it is asked whether it was revoked. */
  ci: string;
  /** Issuing country, ISO 3166-1 alpha-2. */
  co: string;
  /** Issuing authority, as printed. */
  is: string;
  /** The person's name as printed: any script, one name or many. */
  n: string;
  /** Birth date with its precision: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; absent when unknown. */
  dob?: string;
  /** Sex, HL7 v2 table 0001 as in WHO's DVC: F, M, O (other), U (unknown). */
  s?: 'F' | 'M' | 'O' | 'U';
  /** Identifier of the person, whole or masked as the country decides. */
  nid?: string;
  /** Parent or guardian. */
  gn?: string;
  /** Doses, oldest first. */
  v: CertifiedDose[];
}

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const coded = { type: 'string', pattern: '^[a-z][a-z0-9]*:\\S+$', maxLength: 80 };
const country = { type: 'string', pattern: '^[A-Z]{2}$' };
const doseNumber = { type: 'integer', minimum: 1, maximum: 99 };

/** JSON Schema of {@link NationalCertificate}; unknown fields are refused, since no verifier would show them. */
export const nationalCertificateSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['ver', 'ci', 'co', 'is', 'n', 'v'],
  properties: {
    ver: { const: '1.0.0' },
    ci: text(80),
    co: country,
    is: text(120),
    n: text(200),
    dob: { type: 'string', pattern: '^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$' },
    s: { enum: ['F', 'M', 'O', 'U'] },
    nid: text(80),
    gn: text(200),
    v: {
      type: 'array',
      minItems: 1,
      maxItems: 60,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['vp', 'vd', 'dt', 'dn'],
        properties: {
          vp: coded,
          vd: text(120),
          tg: { type: 'array', minItems: 1, maxItems: 10, items: coded },
          mp: text(120),
          ma: text(120),
          bo: text(40),
          dt: { type: 'string', format: 'date' },
          dn: doseNumber,
          sd: doseNumber,
          ce: text(120),
          co: country,
        },
      },
    },
  },
};
const matches = shapeOf(() => addFormats(new Ajv()).compile<NationalCertificate>(nationalCertificateSchema));

/** A country's own certificate of any vaccines (claim -260 / -84, a number WHO leaves free). */
export const nationalCertificate: HcertContent = {
  claimKey: -84,
  check: content => mustMatch(matches, content),
  usage: () => 'vaccination',
};
