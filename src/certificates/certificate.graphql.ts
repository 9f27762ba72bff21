import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateScalar } from '../platform/graphql';
import type { EndReason } from './certificate-rules';
import type { CertificateStatus, Outcome, VerdictReason } from './verifying/verdict-rules';

export const CertificateStatusEnum = {
  VALID: 'VALID',
  SUPERSEDED: 'SUPERSEDED',
  REVOKED: 'REVOKED',
  EXPIRED: 'EXPIRED',
} as const satisfies Record<CertificateStatus, CertificateStatus>;
registerEnumType(CertificateStatusEnum, {
  name: 'CertificateStatus',
  description: 'What has become of an issued certificate.',
  valuesMap: {
    VALID: { description: 'It is the one that stands.' },
    SUPERSEDED: { description: 'What it says is true; a later one says more.' },
    REVOKED: { description: 'Something on it was not so; it is not to be believed.' },
    EXPIRED: { description: 'Its time is over.' },
  },
});

export const EndReasonEnum = {
  NEW_DOSE: 'new-dose',
  DOSE_CORRECTED: 'dose-corrected',
  DOSE_VOIDED: 'dose-voided',
  PERSON_CORRECTED: 'person-corrected',
  KEY_WITHDRAWN: 'key-withdrawn',
} as const satisfies Record<string, EndReason>;
const END_REASONS_TEXT = {
  NEW_DOSE: { description: 'A later dose is on a later certificate.' },
  DOSE_CORRECTED: { description: 'A dose on it was corrected.' },
  DOSE_VOIDED: { description: 'A dose on it was not given.' },
  PERSON_CORRECTED: { description: 'The name or birth date on it was corrected.' },
  KEY_WITHDRAWN: { description: 'The key that signed it is no longer to be believed.' },
};
registerEnumType(EndReasonEnum, {
  name: 'CertificateEndReason',
  description: 'Why a certificate ended: a class, never the story.',
  valuesMap: END_REASONS_TEXT,
});

export enum PreparationStatus {
  NONE = 'NONE',
  PENDING = 'PENDING',
  READY = 'READY',
}
registerEnumType(PreparationStatus, {
  name: 'CertificatePreparation',
  description: 'Whether a certificate with every dose that stands has been issued.',
  valuesMap: {
    NONE: { description: 'No dose is recorded, so there is nothing to certify.' },
    PENDING: { description: 'It is being prepared; as a rule that takes a second.' },
    READY: { description: 'It is there.' },
  },
});

export const OutcomeEnum = {
  VALID: 'VALID',
  SUPERSEDED: 'SUPERSEDED',
  REVOKED: 'REVOKED',
  EXPIRED: 'EXPIRED',
  NOT_YET_VALID: 'NOT_YET_VALID',
  NOT_GENUINE: 'NOT_GENUINE',
  UNREADABLE: 'UNREADABLE',
  UNKNOWN_ISSUER: 'UNKNOWN_ISSUER',
} as const satisfies Record<Outcome, Outcome>;
registerEnumType(OutcomeEnum, {
  name: 'VerdictOutcome',
  description: 'What is to be thought of a code.',
  valuesMap: {
    VALID: { description: 'Genuine, in force, and the person’s newest.' },
    SUPERSEDED: { description: 'Genuine, and what it says is true; there is a later one.' },
    REVOKED: { description: 'Genuine once; the issuer no longer stands by it.' },
    EXPIRED: { description: 'Genuine, but its time is over.' },
    NOT_YET_VALID: { description: 'Its time has not come.' },
    NOT_GENUINE: { description: 'Forged, changed, or not in the register of whoever it names.' },
    UNREADABLE: { description: 'Not a certificate that can be read here.' },
    UNKNOWN_ISSUER: { description: 'Signed by somebody not known here.' },
  },
});

export const VerdictReasonEnum = {
  ...EndReasonEnum,
  SIZE: 'size',
  PREFIX: 'prefix',
  BASE45: 'base45',
  ZLIB: 'zlib',
  CBOR: 'cbor',
  COSE: 'cose',
  CWT: 'cwt',
  KEY_UNKNOWN: 'key-unknown',
  SIGNATURE: 'signature',
  KEY_USAGE: 'key-usage',
  NOT_YET_VALID: 'not-yet-valid',
  EXPIRED: 'expired',
  CONTENT_UNKNOWN: 'content-unknown',
  SCHEMA: 'schema',
  VALUE_SET: 'value-set',
  NOT_REGISTERED: 'not-registered',
} as const satisfies Record<string, VerdictReason>;
registerEnumType(VerdictReasonEnum, {
  name: 'VerdictReason',
  description: 'What a verdict rests on, for engineers and statistics; people are told the message.',
  valuesMap: {
    ...END_REASONS_TEXT,
    SIZE: { description: 'Longer than any QR code.' },
    PREFIX: { description: 'It does not begin with HC1:.' },
    BASE45: { description: 'Not Base45 (RFC 9285).' },
    ZLIB: { description: 'It does not inflate, or to more than a certificate can be.' },
    CBOR: { description: 'Not CBOR (RFC 8949).' },
    COSE: { description: 'Not a COSE_Sign1 message (RFC 9052).' },
    CWT: { description: 'Its claims are not those of a health certificate (RFC 8392, HCERT 3.3).' },
    KEY_UNKNOWN: { description: 'Its key is in no directory here.' },
    SIGNATURE: { description: 'The signature does not fit.' },
    KEY_USAGE: { description: 'The key may not sign this.' },
    NOT_YET_VALID: { description: 'Before its time.' },
    EXPIRED: { description: 'After its time.' },
    CONTENT_UNKNOWN: { description: 'Rightly signed, but of no kind known here.' },
    SCHEMA: { description: 'Rightly signed, but its content is malformed.' },
    VALUE_SET: { description: 'Rightly signed, but with a code that is not in force.' },
    NOT_REGISTERED: { description: 'Rightly signed, but its issuer’s register does not have it.' },
  },
});

@ObjectType({ description: 'A dose as a certificate states it.' })
export class CertificateDose {
  @Field(() => String, {
    description: "The vaccine in the reader's language where the issuer has it, else in its own.",
  })
  vaccine: string;
  @Field(() => DateScalar, { description: 'The day it was given.' })
  date: string;
  @Field(() => Int, { description: 'Which dose of its series, from 1.' })
  doseNumber: number;
  @Field(() => String, { nullable: true, description: 'The lot; absent when the record names none.' })
  lot: string | null;
}

@ObjectType({ description: 'Proof of the doses that a person has been given, signed by the country.' })
export class Certificate {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'Whose it is.' })
  personId: string;
  @Field(() => String, {
    description: 'Its number, for people. It names the certificate and proves nothing.',
  })
  number: string;
  @Field(() => CertificateStatusEnum, { description: 'What has become of it.' })
  status: CertificateStatus;
  @Field(() => EndReasonEnum, { nullable: true, description: 'Why it was superseded or revoked.' })
  reason: EndReason | null;
  @Field(() => String, { nullable: true, description: 'The number of the one that took its place.' })
  successor: string | null;
  @Field(() => Date, { description: 'When it was signed.' })
  issuedAt: Date;
  @Field(() => Date, { description: 'The last second of its time.' })
  expiresAt: Date;
  @Field(() => [CertificateDose], {
    complexity: 20,
    description: 'The doses it states, oldest first; at most 60.',
  })
  doses: CertificateDose[];
}

@ObjectType({ description: 'How far a person’s certificate is.' })
export class LatestCertificate {
  @Field(() => PreparationStatus, { description: 'Whether it is there.' })
  status: PreparationStatus;
  @Field(() => Date, {
    nullable: true,
    description: 'While it is being prepared: since when, as far as a new dose tells.',
  })
  since: Date | null;
  @Field(() => String, { description: "The same in the caller's language." })
  message: string;
  @Field(() => Certificate, {
    nullable: true,
    description: 'The newest one issued; while another is being prepared, the one before it.',
  })
  certificate: Certificate | null;
}

@ObjectType({ description: 'A page of the certificates a person was issued.' })
export class CertificatePage {
  @Field(() => [Certificate], { description: 'Newest first.' })
  items: Certificate[];
  @Field(() => String, {
    nullable: true,
    description: 'Give it as `after` for the next page; absent on the last.',
  })
  endCursor: string | null;
}

@ObjectType({
  description: 'What is to be thought of a code. Facts of a person only where the code proved genuine.',
})
export class CertificateVerdict {
  @Field(() => OutcomeEnum, { description: 'The verdict.' })
  outcome: Outcome;
  @Field(() => VerdictReasonEnum, { nullable: true, description: 'What it rests on; absent when valid.' })
  reason: VerdictReason | null;
  @Field(() => String, { description: "The verdict in the caller's language." })
  message: string;
  @Field(() => String, { nullable: true, description: 'The authority whose key signed it.' })
  issuer: string | null;
  @Field(() => Date, { nullable: true, description: 'When it was signed.' })
  issuedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'The last second of its time.' })
  expiresAt: Date | null;
  @Field(() => String, { nullable: true, description: "The holder's name as registered." })
  holderName: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The birth date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD.',
  })
  birthDate: string | null;
  @Field(() => [CertificateDose], { complexity: 20, description: 'The doses, oldest first; at most 60.' })
  doses: CertificateDose[];
}
