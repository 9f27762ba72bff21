import { euDcc, qrMatrix, signHcert } from '../../codecs';
import { machineReadable } from './latin-name-rules';
import { hcertProof } from './hcert-proof';
import type { ProofFormat, ProvenDose, ToProve } from './proof-format';

/** COVID-19, SNOMED CT: the only disease that the EU DCC is for (value set disease-agent-targeted). */
export const DCC_DISEASE = '840539006';

/**
 * EU Digital COVID Certificate of one vaccination (schema 1.3.0). Products have the codes `eu-vp`, `eu-mp` and `eu-ma` of
 * the value sets, and `eu-sd`, the doses of the primary series.
 */
export const euDccProof: ProofFormat = {
  name: 'eu-dcc',
  alg: 'ES256',
  perDose: true,
  states: ({ codes }) => Boolean(codes['eu-vp'] && codes['eu-mp'] && codes['eu-ma']),
  qr: qrMatrix,
  async make(toProve, signer) {
    const nam = dccNamesOf(toProve.person);
    if (!nam) return 'name-not-in-latin-letters';
    const [dose] = toProve.doses as [ProvenDose];
    const ci = uvciOf(toProve, dose);
    const { dn, sd } = dccNumbersOf(dose, toProve.series);
    const payload = {
      ver: '1.3.0',
      nam,
      dob: toProve.person.birthDate,
      v: [
        {
          tg: DCC_DISEASE,
          vp: dose.codes['eu-vp'],
          mp: dose.codes['eu-mp'],
          ma: dose.codes['eu-ma'],
          dn,
          sd,
          dt: dose.dt,
          co: toProve.country,
          is: Array.from(toProve.issuer).slice(0, 80).join(''),
          ci,
        },
      ],
    };
    return hcertProof(sign(payload, toProve, signer), ci);
  },
};

const sign = (payload: object, toProve: ToProve, signer: Parameters<ProofFormat['make']>[1]): string =>
  signHcert({
    payload,
    claimKey: euDcc.claimKey,
    issuer: toProve.country,
    issuedAt: toProve.issuedAt,
    expiresAt: toProve.expiresAt,
    signer: { ...signer, alg: 'ES256' },
  });

/**
 * Which dose it is, and of how many. The product of the first dose decides how long the primary series is (`eu-sd`; two
 * where the pack does not say). A booster is 3 of 3 after two doses and 2 of 1 after one, so that it is never taken for the
 * end of a primary series (Implementing Decision (EU) 2021/2301, annex).
 */
export function dccNumbersOf(
  dose: Pick<ProvenDose, 'vaccinationId'>,
  series: readonly Pick<ProvenDose, 'vaccinationId' | 'codes'>[],
): { dn: number; sd: number } {
  const dn = series.findIndex(({ vaccinationId }) => vaccinationId === dose.vaccinationId) + 1;
  const primary = Number(series[0]?.codes['eu-sd'] ?? 2);
  return { dn, sd: primary === 1 ? 1 : Math.max(dn, primary) };
}

/** A vaccination certificate identifier without a meaning, option 3 of its specification: one a dose of a certificate. */
function uvciOf({ number, country }: ToProve, { vaccinationId }: ProvenDose): string {
  const opaque = number.replaceAll('-', '').slice(country.length);
  return `URN:UVCI:01:${country}:${opaque}${vaccinationId.replaceAll('-', '').slice(-8).toUpperCase()}`;
}

/**
 * A holder's names as a DCC has them; undefined for one not in Latin letters. A person of one name has it as the
 * family's.
 */
export function dccNamesOf(person: ToProve['person']): Record<string, string> | undefined {
  const { family, given, middle } = person.nameParts ?? {};
  const first = [given, middle].filter(Boolean).join(' ');
  const last = family || (first ? '' : person.name);
  const parts = [
    ['gn', 'gnt', first],
    ['fn', 'fnt', last],
  ] as const;
  const names: Record<string, string> = {};
  for (const [written, transliterated, name] of parts.filter(([, , name]) => name)) {
    const latin = machineReadable(name);
    if (!latin) return undefined;
    names[written] = Array.from(name).slice(0, 80).join('');
    names[transliterated] = latin;
  }
  return names;
}
