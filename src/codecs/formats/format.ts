import type { CertificateFacts } from '../facts';
import type { Contexts } from '../json-ld';
import type { HealthCardTrust } from '../smart-health-card';
import type { Trust } from '../trust';
import type { Fault } from '../verdict';
import type { CredentialTrust } from '../verifiable-credentials';
import type { AuthorityLookup } from '../vds-nc';

/** The formats that are told apart and checked here. */
export type FormatName = 'hcert' | 'smart-health-card' | 'w3c-credential' | 'sd-jwt-vc' | 'divoc' | 'vds-nc';

/** All that a verifier of every format believes in; what is left out is simply not known. */
export interface CertificateTrust extends Trust {
  revocations?: HealthCardTrust['revocations'];
  /** Lists of statuses by address, for W3C credentials and SD-JWT VCs. */
  statusLists?: CredentialTrust['statusLists'];
  /** JSON-LD contexts by address, for DIVOC and W3C credentials. */
  contexts?: Contexts;
  /** Signing authorities of countries, for VDS-NC. */
  authorities?: AuthorityLookup;
}

/** What a certificate says of itself, believed by nobody: to look for its keys with. */
export interface Claimed {
  kid?: string;
  /** A country's code or an address, as the format has it. */
  issuer?: string;
  expiresAt?: Date;
}

/** A certificate that was checked and is good. */
export interface Checked {
  outcome: 'valid';
  /** The kid, or the country whose authority vouches for the signer. */
  signer: string;
  content: unknown;
  /** Undefined where the content is of a kind whose facts are not known here. */
  facts: CertificateFacts | undefined;
  issuer?: string;
  issuedAt?: Date;
  expiresAt?: Date;
  /** The one spelling of it: the same for every text that is this certificate. A register finds it by this. */
  spelling: string;
}

/** A format: one file here and one entry in the registry. */
export interface Format {
  name: FormatName;
  /** Told by how it begins: what follows is the verifier's to judge. Bounded in time for any text. */
  is: (text: string) => boolean;
  /** Throws a `CodecFault` for what cannot be read. */
  claimed(text: string): Claimed;
  /** Never throws. */
  verify(text: string, trust: CertificateTrust, at: Date): Promise<Checked | Fault>;
}
