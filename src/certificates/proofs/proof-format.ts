import type { CertifiedDose, QrMatrix } from '../../codecs';
import type { StatusPlace } from '../../codecs/verifiable-credentials';
import type { Addresses, StatusListKind } from '../publishing/addresses';
import type { Signer } from '../signing/signing-keys';
import type { SigningAlgorithm } from '../signing/signing-keys.store';

export type ProofFormatName = 'eu-dcc' | 'who-icvp' | 'smart-health-card' | 'w3c-credential' | 'sd-jwt-vc';

/** A dose on a certificate, with what the country's pack says of its product. */
export interface ProvenDose extends CertifiedDose {
  vaccinationId: string;
  /** The product's codes in other systems, by the system's short name. */
  codes: Readonly<Record<string, string>>;
}

/** A certificate that is to be put in another format: nothing is proved that it does not say. */
export interface ToProve {
  number: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** The authority, in the country's own language. */
  issuer: string;
  person: {
    name: string;
    nameParts: { given?: string | null; middle?: string | null; family?: string | null } | null;
    /** `YYYY`, or `YYYY-MM-DD` when that was asked for and proved (`details/`); empty where nothing is to be said. */
    birthDate: string;
    /** Number of the passport, likewise; formats that can name one do. */
    passport?: string;
  };
  /** Those that the format can state, oldest first; just one where it states one. */
  doses: readonly ProvenDose[];
  /** All of them that the format could state, oldest first, for one that states a dose by its place among them. */
  series: readonly ProvenDose[];
  issuedAt: Date;
  expiresAt: Date;
  /** For a format that is revoked by a status list; no other has one. */
  place: StatusPlace | null;
}

/** Why a format cannot be made of a certificate that it could state: what the holder has to have mended first. */
export type ProofObstacle = 'name-not-in-latin-letters' | 'birth-date-not-whole' | 'too-long';

/** A certificate in a format, signed. */
export interface MadeProof {
  /** What its QR code or file holds. */
  text: string;
  /** The one spelling that the register knows it by; see `codecs/formats`. */
  spelling: string;
  /** By what the format's list revokes it. */
  reference: string | null;
  /** Of an HCERT. */
  signature: Uint8Array | null;
}

/** A format that certificates are given out in: one file and one entry in `proof-formats.ts`. */
export interface ProofFormat {
  name: ProofFormatName;
  alg: SigningAlgorithm;
  /** True: one proof states one dose. */
  perDose: boolean;
  /** Each proof gets a place of its own on a status list of this kind; absent for a format that is revoked otherwise. */
  statusList?: StatusListKind;
  /** Whether it can state such a dose; by the codes that the country's pack gives the product. */
  states: (dose: ProvenDose) => boolean;
  /** The QR code of what it made; absent for a format that no QR code holds. */
  qr?(text: string): QrMatrix;
  /** Signs, or says what stands in the way. */
  make(toProve: ToProve, signer: Signer, addresses: Addresses): Promise<MadeProof | ProofObstacle>;
}
