import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { FormatName } from '../codecs/formats';
import { DateScalar } from '../platform/graphql';
import { CertificateDose, END_REASONS_TEXT, EndReasonEnum } from './certificate.graphql';
import type { Outcome, VerdictReason } from './verifying/verdict-rules';

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
  NUMERIC: 'numeric',
  ZLIB: 'zlib',
  CBOR: 'cbor',
  COSE: 'cose',
  CWT: 'cwt',
  JSON: 'json',
  JWS: 'jws',
  JSON_LD: 'json-ld',
  KEY_UNKNOWN: 'key-unknown',
  CHAIN: 'chain',
  SIGNATURE: 'signature',
  UNSIGNED: 'unsigned',
  KEY_USAGE: 'key-usage',
  NOT_YET_VALID: 'not-yet-valid',
  EXPIRED: 'expired',
  REVOKED: 'revoked',
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
    PREFIX: { description: 'It does not begin like any certificate known here.' },
    BASE45: { description: 'Not Base45 (RFC 9285).' },
    NUMERIC: { description: 'Not the digits of a SMART Health Card.' },
    ZLIB: { description: 'It does not inflate, or to more than a certificate can be.' },
    CBOR: { description: 'Not CBOR (RFC 8949).' },
    COSE: { description: 'Not a COSE_Sign1 message (RFC 9052).' },
    CWT: { description: 'Its claims are not those of a health certificate (RFC 8392, HCERT 3.3).' },
    JSON: { description: 'Not JSON, or not what its format holds.' },
    JWS: { description: 'Not a signature in JSON (RFC 7515) of its format.' },
    JSON_LD: { description: 'A context that is not known here, or a graph that no certificate has.' },
    KEY_UNKNOWN: { description: 'Its key is in no directory and on no trust list here.' },
    CHAIN: {
      description: 'Its signer’s own certificate is not by an authority of its country, or out of its time.',
    },
    SIGNATURE: { description: 'The signature does not fit.' },
    UNSIGNED: { description: 'It holds a field that its signature does not cover.' },
    KEY_USAGE: { description: 'The key may not sign this.' },
    NOT_YET_VALID: { description: 'Before its time.' },
    EXPIRED: { description: 'After its time.' },
    REVOKED: { description: 'Its issuer has revoked it.' },
    CONTENT_UNKNOWN: { description: 'Rightly signed, but of no kind known here.' },
    SCHEMA: { description: 'Rightly signed, but its content is malformed.' },
    VALUE_SET: { description: 'Rightly signed, but with a code that is not in force.' },
    NOT_REGISTERED: { description: 'Rightly signed, but its issuer’s register does not have it.' },
  },
});

export const CertificateFormatEnum = {
  HCERT: 'hcert',
  SMART_HEALTH_CARD: 'smart-health-card',
  W3C_CREDENTIAL: 'w3c-credential',
  SD_JWT_VC: 'sd-jwt-vc',
  DIVOC: 'divoc',
  VDS_NC: 'vds-nc',
} as const satisfies Record<string, FormatName>;
registerEnumType(CertificateFormatEnum, {
  name: 'CertificateFormat',
  description: 'A family of certificates that can be checked here.',
  valuesMap: {
    HCERT: { description: 'HC1: national certificates, EU DCC, WHO ICVP.' },
    SMART_HEALTH_CARD: { description: 'SMART Health Card, shc:/' },
    W3C_CREDENTIAL: { description: 'W3C Verifiable Credential 2.0.' },
    SD_JWT_VC: { description: 'SD-JWT VC, with what its holder discloses.' },
    DIVOC: { description: 'DIVOC and CoWIN, signed JSON-LD.' },
    VDS_NC: { description: 'Visible digital seal of ICAO.' },
  },
});

export const ResultKindEnum = { TEST: 'test', RECOVERY: 'recovery' } as const;
registerEnumType(ResultKindEnum, {
  name: 'CertifiedResultKind',
  description: 'What is certified and is no dose.',
  valuesMap: {
    TEST: { description: 'The result of a test.' },
    RECOVERY: { description: 'A recovery.' },
  },
});

@ObjectType({ description: 'Something certified that is no dose.' })
export class CertifiedResult {
  @Field(() => ResultKindEnum, { description: 'What it is.' })
  kind: 'test' | 'recovery';
  @Field(() => String, { description: 'The disease or agent, or the test, as it was coded.' })
  target: string;
  @Field(() => DateScalar, { description: 'The day of the sample, or of the first positive result.' })
  date: string;
  @Field(() => String, { nullable: true, description: 'Of a test: its result as it was coded.' })
  result: string | null;
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
  @Field(() => CertificateFormatEnum, {
    nullable: true,
    description: 'The format it is in; absent where none was recognised.',
  })
  format: FormatName | null;
  @Field(() => String, { nullable: true, description: 'The authority whose key signed it, or the country.' })
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
  @Field(() => [CertifiedResult], {
    description: 'What it certifies beside doses; certificates of other countries may.',
  })
  results: CertifiedResult[];
}
