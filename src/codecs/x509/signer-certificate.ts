import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';
import {
  bitString,
  boolean,
  type Der,
  explicit,
  implicit,
  integer,
  octetString,
  oid,
  printableString,
  sequence,
  set,
  time,
  utf8String,
} from './der';

/** Who a certificate is about: a country and a name in it. */
export interface CertificateName {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** At most 64 characters (RFC 5280, upper bounds). */
  commonName: string;
}

/** A certificate to be made. */
export interface CertificateToMake {
  subject: CertificateName;
  publicKey: KeyObject;
  /** 16 random bytes. */
  serial: Uint8Array;
  notBefore: Date;
  notAfter: Date;
  issuer: {
    name: CertificateName;
    /** On P-256; of the authority. */
    privateKey: KeyObject;
  };
}

const ids = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  countryName: '2.5.4.6',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
};
const algorithm = sequence(oid(ids.ecdsaWithSha256));
/** Bits of keyUsage from the most significant: digitalSignature; keyCertSign and cRLSign (RFC 5280 section 4.2.1.3). */
const mayCertify = bitString(Uint8Array.of(0b0000_0110), 1);
const maySign = bitString(Uint8Array.of(0b1000_0000), 7);

/** The certificate of a country's signing authority, signed by itself (CSCA; RFC 5280, ECDSA with SHA-256). DER. */
export const authorityCertificate = (toMake: Omit<CertificateToMake, 'issuer'>, privateKey: KeyObject): Der =>
  certificate({ ...toMake, issuer: { name: toMake.subject, privateKey } }, [
    extension(ids.basicConstraints, sequence(boolean(true), integer(Uint8Array.of(0))), true),
    extension(ids.keyUsage, mayCertify, true),
  ]);

/** The certificate of a document signer by its country's authority (DSC). DER. */
export const signerCertificate = (toMake: CertificateToMake): Der =>
  certificate(toMake, [extension(ids.keyUsage, maySign, true)]);

function certificate(toMake: CertificateToMake, extensions: Der[]): Der {
  const { subject, publicKey, serial, notBefore, notAfter, issuer } = toMake;
  const toBeSigned = sequence(
    explicit(0, integer(Uint8Array.of(2))), // version 3
    integer(serial),
    algorithm,
    nameOf(issuer.name),
    sequence(time(notBefore), time(notAfter)),
    nameOf(subject),
    spkiOf(publicKey),
    explicit(
      3,
      sequence(
        ...extensions,
        extension(ids.subjectKeyIdentifier, octetString(keyIdentifier(publicKey))),
        extension(
          ids.authorityKeyIdentifier,
          sequence(implicit(0, keyIdentifier(createPublicKey(issuer.privateKey)))),
        ),
      ),
    ),
  );
  return sequence(toBeSigned, algorithm, bitString(sign('sha256', toBeSigned, issuer.privateKey)));
}

function nameOf({ country, commonName }: CertificateName): Der {
  const attribute = (id: string, value: Der): Der => set(sequence(oid(id), value));
  const short = Array.from(commonName).slice(0, 64).join('');
  return sequence(
    attribute(ids.countryName, printableString(country)),
    attribute(ids.commonName, utf8String(short)),
  );
}

const extension = (id: string, value: Der, critical = false): Der =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));

const spkiOf = (key: KeyObject): Uint8Array => key.export({ type: 'spki', format: 'der' });

/** RFC 7093 section 2, method 1: the leftmost 160 bits of SHA-256 of the public key. */
const keyIdentifier = (key: KeyObject): Uint8Array =>
  createHash('sha256').update(spkiOf(key)).digest().subarray(0, 20);
