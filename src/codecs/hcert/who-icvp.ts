import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { shapeOf } from '../../common';
import { mustMatch, type HcertContent } from './hcert-content';
import { CodecFault } from '../verdict';

/** One vaccination on an international certificate (WHO ICVP, logical model ICVPMinVaccineDetails). */
export interface InternationalVaccination {
  resourceType: 'ICVPMinVaccineDetails';
  /** The product, by its id in WHO's catalogue of prequalified vaccines. */
  vp: string;
  /** Day it was given, `YYYY-MM-DD`. */
  dt: string;
  /** Lot (batch). */
  bo: string;
  /** Supervising clinician. */
  cn?: string;
  /** Who issued: the id of the organisation. */
  is?: string;
  /** The certificate's own first and last day, `YYYY-MM-DD` (International Health Regulations, annex 7). */
  vls?: string;
  vle?: string;
}

/** WHO's International Certificate of Vaccination or Prophylaxis: yellow fever, polio (logical model ICVPMin). */
export interface InternationalCertificate {
  resourceType: 'ICVPMin';
  /** Name, as in the passport. */
  n: string;
  /** Birth date, `YYYY-MM-DD`. */
  dob: string;
  /** Sex, HL7 v2 table 0001. */
  s?: string;
  /** Nationality, ISO 3166-1. */
  ntl?: string;
  /** National id or passport number, and what kind it is (HL7 v2 table 0203). */
  nid?: string;
  ndt?: string;
  /** Parent or guardian. */
  gn?: string;
  v: InternationalVaccination[];
}

const text = { type: 'string', minLength: 1, maxLength: 200 };
const day = { type: 'string', format: 'date' };

const vaccination = {
  type: 'object',
  required: ['vp', 'dt', 'bo'],
  properties: {
    resourceType: { const: 'ICVPMinVaccineDetails' },
    vp: text,
    dt: day,
    bo: text,
    cn: text,
    is: text,
    vls: day,
    vle: day,
  },
};

/**
 * As WHO's own JSON schemas, but for two things found in the field: the names of the models may be left out, and one
 * vaccination may stand without its array.
 */
const schema = {
  type: 'object',
  required: ['n', 'dob', 'v'],
  properties: {
    resourceType: { const: 'ICVPMin' },
    n: text,
    dob: day,
    s: text,
    ntl: text,
    nid: text,
    ndt: { anyOf: [text, { type: 'object', required: ['@type', '@id'] }] },
    gn: text,
    v: { anyOf: [{ type: 'array', minItems: 1, maxItems: 20, items: vaccination }, vaccination] },
  },
};
const matches = shapeOf(() =>
  addFormats(new Ajv({ strict: false })).compile<InternationalCertificate>(schema),
);

/** WHO ICVP (claim -260 / -6). Its product ids are checked when the value set `ICVPProductIds` is given. */
export const whoIcvp: HcertContent = {
  claimKey: -6,
  check(content, valueSets) {
    mustMatch(matches, content);
    const { v } = content as { v: { vp: string } | { vp: string }[] };
    const products = valueSets['ICVPProductIds'];
    for (const [at, { vp }] of [v].flat().entries()) {
      if (products && !products.has(vp)) throw new CodecFault('value-set', `/v/${at}/vp ICVPProductIds`);
    }
  },
  usage: () => 'vaccination',
};
