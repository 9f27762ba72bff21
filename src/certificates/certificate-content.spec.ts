import { generateKeyPairSync } from 'node:crypto';
import { nationalCertificate, qrMatrix, signHcert } from '../codecs';
import { addTo } from '../common';
import { certificateContent, codeOf, type DoseToCertify, MAX_DOSES } from './certificate-content';

const head = {
  number: 'XX-AAAA-BBBB-CCCC',
  country: 'XX',
  issuer: 'Ministry',
  name: 'Nia',
  birthDate: '2019',
};
const dose = (facts: Partial<DoseToCertify> = {}): DoseToCertify => ({
  vaccineCode: 'MR',
  vaccineName: 'Measles-rubella vaccine',
  codes: { atc: 'J07BD53', cvx: '04' },
  givenOn: '2020-01-31',
  lotNumber: 'L1',
  counted: [{ doseNumber: 1 }],
  ...facts,
});

describe('what a certificate says', () => {
  it('is the person, the issuer and each dose, and nothing more', () => {
    expect(certificateContent(head, [dose()])).toEqual({
      ver: '1.0.0',
      ci: 'XX-AAAA-BBBB-CCCC',
      co: 'XX',
      is: 'Ministry',
      n: 'Nia',
      dob: '2019',
      v: [{ vp: 'cvx:04', vd: 'Measles-rubella vaccine', bo: 'L1', dt: '2020-01-31', dn: 1 }],
    });
  });

  it('names a vaccine by the code most verifiers know, else by the country’s own', () => {
    expect(codeOf(dose())).toBe('cvx:04');
    expect(codeOf(dose({ codes: { atc: 'J07BD53' } }))).toBe('atc:J07BD53');
    expect(codeOf(dose({ codes: {} }))).toBe('nat:MR');
  });

  it('numbers a dose as the schedule counted it, for the group that is furthest', () => {
    const content = certificateContent(head, [dose({ counted: [{ doseNumber: 1 }, { doseNumber: 3 }] })]);

    expect(content.v[0]!.dn).toBe(3);
  });

  it('numbers a dose that the schedule did not count among the doses of that vaccine', () => {
    const uncounted = dose({ counted: [{ doseNumber: null }] });

    const content = certificateContent(head, [uncounted, dose({ vaccineCode: 'YF' }), uncounted]);

    expect(content.v.map(({ dn }) => dn)).toEqual([1, 1, 2]);
  });

  it('is cut where the format has no room, never refused', () => {
    const long = { ...head, issuer: 'é'.repeat(500), name: '𝒩'.repeat(500) };
    const { publicKey: _, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

    const payload = certificateContent(long, [
      dose({ lotNumber: 'L'.repeat(99), vaccineName: 'v'.repeat(999) }),
    ]);

    expect(signed(payload, privateKey)).toMatch(/^HC1:/);
  });

  it('fits a code with the most doses there can be, each of another vaccine, lot and day', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const doses = Array.from({ length: MAX_DOSES + 5 }, (_, index) =>
      dose({
        codes: {},
        vaccineCode: `VACCINE_${index % 20}`,
        vaccineName: `Some vaccine against the disease ${index % 20}`,
        givenOn: addTo('2000-01-01', `${index * 97} days`),
        lotNumber: `LOT${(index * 7_919) % 100_003}`,
        counted: [{ doseNumber: (index % 5) + 1 }],
      }),
    );

    const payload = certificateContent(head, doses);

    expect(payload.v).toHaveLength(MAX_DOSES);
    expect(payload.v.at(-1)!.dt).toBe(doses.at(-1)!.givenOn);
    expect(() => qrMatrix(signed(payload, privateKey))).not.toThrow();
  });
});

function signed(payload: object, privateKey: ReturnType<typeof generateKeyPairSync>['privateKey']): string {
  return signHcert({
    payload,
    claimKey: nationalCertificate.claimKey,
    issuer: 'XX',
    issuedAt: new Date('2026-01-01'),
    expiresAt: new Date('2036-01-01'),
    signer: { kid: 'AAAAAAAAAAA=', alg: 'ES256', privateKey },
  });
}
