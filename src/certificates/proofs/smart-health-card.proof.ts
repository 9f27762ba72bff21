import { healthCardQr } from '../../codecs';
import { signHealthCard, toNumeric } from '../../codecs/smart-health-card';
import type { ProofFormat, ProvenDose, ToProve } from './proof-format';

/** The longest JWS that one QR code holds; cards in several codes were withdrawn from the specification. */
const MAX_JWS = 1195;
/** Systems by their FHIR address, best first. */
const SYSTEMS: readonly (readonly [string, string])[] = [
  ['cvx', 'http://hl7.org/fhir/sid/cvx'],
  ['atc', 'http://www.whocc.no/atc'],
  ['sct', 'http://snomed.info/sct'],
  ['icd11', 'http://id.who.int/icd11/mms'],
];

/**
 * SMART Health Card of all doses of a certificate that have a code others know; of more than one QR code holds, the
 * latest. Revoked by its `rid`, which is the certificate's number: it tells nobody who the person is.
 */
export const smartHealthCardProof: ProofFormat = {
  name: 'smart-health-card',
  alg: 'ES256',
  perDose: false,
  states: dose => codingOf(dose) !== undefined,
  qr: healthCardQr,
  async make(toProve, { thumbprint, privateKey }, { issuer }) {
    const rid = toProve.number.replaceAll('-', '');
    for (let doses = toProve.doses; doses.length > 0; doses = doses.slice(1)) {
      const jws = signHealthCard({
        bundle: bundleOf(toProve, doses),
        issuer,
        issuedAt: toProve.issuedAt,
        expiresAt: toProve.expiresAt,
        rid,
        signer: { kid: thumbprint, privateKey },
      });
      if (jws.length <= MAX_JWS)
        return { text: toNumeric(jws), spelling: jws, reference: rid, signature: null };
    }
    return 'too-long';
  },
};

function codingOf({ codes }: ProvenDose): { system: string; code: string } | undefined {
  const known = SYSTEMS.find(([system]) => codes[system]);
  return known && { system: known[1], code: codes[known[0]]! };
}

/** As small as a card's must be (framework, "Health Cards are Small"): no ids, no texts, no displays. */
function bundleOf({ person }: ToProve, doses: readonly ProvenDose[]): Record<string, unknown> {
  const immunizations = doses.map(dose => ({
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: { coding: [codingOf(dose)] },
    patient: { reference: 'resource:0' },
    occurrenceDateTime: dose.dt,
    ...(dose.bo && { lotNumber: dose.bo }),
  }));
  const patient = {
    resourceType: 'Patient',
    name: [nameOf(person)],
    ...(person.birthDate && { birthDate: person.birthDate }),
  };
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [patient, ...immunizations].map((resource, at) => ({ fullUrl: `resource:${at}`, resource })),
  };
}

/** A person of one name has it as the family's. */
function nameOf({ name, nameParts }: ToProve['person']) {
  const given = [nameParts?.given, nameParts?.middle].filter(Boolean);
  const family = nameParts?.family || (given.length > 0 ? undefined : name);
  return { ...(family && { family }), ...(given.length > 0 && { given }) };
}
