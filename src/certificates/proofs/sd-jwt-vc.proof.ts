import { signVaccinationSdJwt } from '../../codecs/sd-jwt';
import type { ProofFormat } from './proof-format';

/**
 * SD-JWT VC of every dose of a certificate, for wallets: its holder shows of it what she likes. It is revoked by its place
 * on a token status list. Larger than a QR code, so it has none.
 */
export const sdJwtVcProof: ProofFormat = {
  name: 'sd-jwt-vc',
  alg: 'ES256',
  perDose: false,
  statusList: 'token',
  states: () => true,
  async make({ person, doses, issuedAt, expiresAt, place }, signer, { issuer, vaccinationType }) {
    if (!place) throw new Error('An SD-JWT VC needs a place on a status list');
    const text = signVaccinationSdJwt({
      issuer,
      type: vaccinationType,
      facts: {
        holderName: person.name,
        ...(person.birthDate && { birthDate: person.birthDate }),
        doses: doses.map(({ vp, vd, dt, dn, bo }) => ({
          vaccine: vp,
          words: vd,
          date: dt,
          doseNumber: dn,
          ...(bo && { lot: bo }),
        })),
      },
      issuedAt,
      expiresAt,
      status: place,
      signer: { kid: signer.thumbprint, privateKey: signer.privateKey },
    });
    const [spelling] = text.split('~') as [string];
    return { text, spelling, reference: `${place.list}#${place.index}`, signature: null };
  },
};
