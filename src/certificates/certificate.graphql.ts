import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateScalar, ID, Page } from '../platform/graphql';
import type { EndReason } from './certificate-rules';
import { PREPARATION_REASONS, type PreparationReason } from './preparation-rules';
import type { CertificateStatus } from './verifying/verdict-rules';

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
  ISSUED_AGAIN: 'issued-again',
  LOT_RECALLED: 'lot-recalled',
  FRAUD: 'fraud',
  RESULT_VOIDED: 'result-voided',
  DETAIL_TAKEN_BACK: 'detail-taken-back',
} as const satisfies Record<string, EndReason>;
export const END_REASONS_TEXT = {
  NEW_DOSE: { description: 'A later dose is on a later certificate.' },
  DOSE_CORRECTED: { description: 'A dose on it was corrected.' },
  DOSE_VOIDED: { description: 'A dose on it was not given.' },
  PERSON_CORRECTED: { description: 'The name or birth date on it was corrected.' },
  KEY_WITHDRAWN: { description: 'The key that signed it is no longer to be believed.' },
  ISSUED_AGAIN: { description: 'It was issued once more, as its holder asked; it stated nothing wrong.' },
  LOT_RECALLED: { description: 'A lot on it was recalled, and doses of it are certified no more.' },
  FRAUD: { description: 'A dose on it is held to be made up.' },
  RESULT_VOIDED: { description: 'The test that it states, or that it follows from, is not so.' },
  DETAIL_TAKEN_BACK: {
    description:
      'It stated more of its holder than she wants stated: she took that back. It stated nothing wrong.',
  },
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

export const PreparationReasonEnum = Object.fromEntries(
  PREPARATION_REASONS.map(reason => [reason, reason]),
) as { [Reason in PreparationReason]: Reason };
registerEnumType(PreparationReasonEnum, {
  name: 'PreparationReason',
  description: 'Why a certificate is not there, or lacks doses of the record.',
  valuesMap: {
    NO_DOSE: { description: 'No dose is recorded.' },
    BEING_PREPARED: { description: 'The dose was recorded a moment ago.' },
    LATE: { description: 'It should have been there a minute after the dose: the service is behind.' },
    COUNTRY_READ_ONLY: {
      description: 'The country’s service is suspended: what was issued verifies, nothing new is issued.',
    },
    NO_PROGRAMME: { description: 'The country has not published its programme yet.' },
    DOSES_NOT_CERTIFIED: {
      description: 'Doses of the record are certified no more, e.g. of a recalled lot.',
    },
    EXPIRED: { description: 'Its time is over: have it issued again.' },
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
  @Field(() => PreparationReasonEnum, {
    nullable: true,
    description: 'Why it is not there, or lacks doses of the record; absent when it is there with all.',
  })
  reason: PreparationReason | null;
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
export class CertificatePage extends Page {
  @Field(() => [Certificate], { description: 'Newest first.' })
  items: Certificate[];
}
