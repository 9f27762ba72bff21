import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { keyOfCertificate } from '../trust';
import { authorityCertificate, signerCertificate } from './signer-certificate';

const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const time = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2051-06-30T23:59:59Z') };
const name = { country: 'XX', commonName: 'স্বাস্থ্য মন্ত্রণালয় CSCA 1' };
const ca = authorityCertificate(
  { subject: name, publicKey: authority.publicKey, serial: randomBytes(16), ...time },
  authority.privateKey,
);

describe('the certificate of a signing authority', () => {
  test('is read by others as what it is, signed by itself', () => {
    const read = new X509Certificate(ca);

    expect(read.ca).toBe(true);
    expect(read.verify(authority.publicKey)).toBe(true);
    expect(read.checkIssued(read)).toBe(true);
    expect(read.subject).toContain('C=XX');
    expect(read.validFromDate).toEqual(time.notBefore);
    expect(read.validToDate).toEqual(time.notAfter);
  });
});

describe('the certificate of a document signer', () => {
  test('is by its authority, of its key, and no authority itself, whatever its serial number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), serial => {
        const der = signerCertificate({
          subject: { country: 'XX', commonName: 'DSC' },
          publicKey: signer.publicKey,
          serial,
          ...time,
          issuer: { name, privateKey: authority.privateKey },
        });
        const read = new X509Certificate(der);

        expect(read.checkIssued(new X509Certificate(ca))).toBe(true);
        expect(read.verify(authority.publicKey)).toBe(true);
        expect(read.ca).toBe(false);
        expect(read.publicKey.equals(signer.publicKey)).toBe(true);
        expect(keyOfCertificate(der).usages).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('has a name of at most 64 characters, as the standard wants it', () => {
    const der = signerCertificate({
      subject: { country: 'XX', commonName: 'é'.repeat(100) },
      publicKey: signer.publicKey,
      serial: randomBytes(16),
      ...time,
      issuer: { name, privateKey: authority.privateKey },
    });

    expect(new X509Certificate(der).subject.length).toBeLessThan(200);
  });
});
