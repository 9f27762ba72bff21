import { qrMatrix, signHcert, whoIcvp } from '../../codecs';
import { hcertProof } from './hcert-proof';
import { machineReadable } from './latin-name-rules';
import type { ProofFormat, ProvenDose } from './proof-format';

/**
 * WHO's International Certificate of Vaccination or Prophylaxis of one vaccination (International Health Regulations,
 * annex 6). Products have the code `who-pq`: their id in WHO's catalogue of prequalified vaccines.
 * Its schema wants the whole birth date (`dob`, format `date`), so it is made only for whoever had that stated.
 */
export const whoIcvpProof: ProofFormat = {
  name: 'who-icvp',
  alg: 'ES256',
  perDose: true,
  states: ({ codes, bo }) => Boolean(codes['who-pq'] && bo),
  qr: qrMatrix,
  async make({ person, doses, country, issuedAt, expiresAt }, signer) {
    if (person.birthDate.length !== 'YYYY-MM-DD'.length) return 'birth-date-not-whole';
    if (!machineReadable(person.name)) return 'name-not-in-latin-letters';
    const [dose] = doses as [ProvenDose];
    const payload = {
      resourceType: 'ICVPMin',
      n: Array.from(person.name).slice(0, 200).join(''),
      dob: person.birthDate,
      // HL7 v2 table 0203: passport number
      ...(person.passport && { nid: person.passport, ndt: 'PPN' }),
      v: [{ resourceType: 'ICVPMinVaccineDetails', vp: dose.codes['who-pq'], dt: dose.dt, bo: dose.bo }],
    };
    const text = signHcert({
      payload,
      claimKey: whoIcvp.claimKey,
      issuer: country,
      issuedAt,
      expiresAt,
      signer: { ...signer, alg: 'ES256' },
    });
    return hcertProof(text, null);
  },
};
