import { createUnionType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsOptional, IsUUID } from 'class-validator';
import { ID, Refusal } from '../../platform/graphql';
import type { ProofFormatName, ProofObstacle } from './proof-format';

export const ProofFormatEnum = {
  EU_DCC: 'eu-dcc',
  WHO_ICVP: 'who-icvp',
  SMART_HEALTH_CARD: 'smart-health-card',
  W3C_CREDENTIAL: 'w3c-credential',
  SD_JWT_VC: 'sd-jwt-vc',
} as const satisfies Record<string, ProofFormatName>;
registerEnumType(ProofFormatEnum, {
  name: 'ProofFormat',
  description: 'A format that borders and services abroad take a certificate in.',
  valuesMap: {
    EU_DCC: { description: 'EU Digital COVID Certificate of one vaccination.' },
    WHO_ICVP: {
      description:
        'WHO’s International Certificate of Vaccination or Prophylaxis, of one vaccination; only with the whole birth date.',
    },
    SMART_HEALTH_CARD: { description: 'SMART Health Card of all doses that one code holds.' },
    W3C_CREDENTIAL: {
      description: 'W3C Verifiable Credential 2.0 of all doses (eddsa-rdfc-2022), a file for a wallet.',
    },
    SD_JWT_VC: {
      description:
        'SD-JWT VC of all doses, a file for a wallet: its holder shows of it what she likes, and always the name.',
    },
  },
});

export const ProofObstacleEnum = {
  NAME_NOT_IN_LATIN_LETTERS: 'name-not-in-latin-letters',
  BIRTH_DATE_NOT_WHOLE: 'birth-date-not-whole',
  TOO_LONG: 'too-long',
} as const satisfies Record<string, ProofObstacle>;
registerEnumType(ProofObstacleEnum, {
  name: 'ProofObstacle',
  description: 'What stands in the way of a format.',
  valuesMap: {
    NAME_NOT_IN_LATIN_LETTERS: {
      description: 'It wants the name as in a passport; register it in Latin letters.',
    },
    BIRTH_DATE_NOT_WHOLE: {
      description:
        'It wants the whole birth date, which certificates state only when it was asked for and proved: `stateCertificateDetails`, or a case ADD_BIRTH_DATE.',
    },
    TOO_LONG: { description: 'One QR code does not hold even one dose.' },
  },
});

@ObjectType({ description: 'A certificate in a format for travel.' })
export class CertificateProof {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ProofFormatEnum, { description: 'The format.' })
  format: ProofFormatName;
  @Field(() => ID, { nullable: true, description: 'The one dose it states; absent where it states many.' })
  vaccinationId: string | null;
  @Field(() => String, {
    description: 'What its QR code or file holds: HC1:…, shc:/…, JSON, or a token with tildes.',
  })
  text: string;
  @Field(() => Date, { description: 'The last instant of its time.' })
  expiresAt: Date;
}

@ObjectType({ description: 'A format that a certificate can be had in.' })
export class OfferedProof {
  @Field(() => ProofFormatEnum, { description: 'The format.' })
  format: ProofFormatName;
  @Field(() => ID, {
    nullable: true,
    description: 'The one dose it would state; absent where it states many.',
  })
  vaccinationId: string | null;
  @Field(() => CertificateProof, {
    nullable: true,
    description: 'It, once it was made (`makeCertificateProof`).',
  })
  proof: CertificateProof | null;
}

@InputType({ description: 'In which format a person wants her certificate.' })
export class MakeCertificateProofInput {
  @Field(() => ID, { description: 'Whose.' })
  @IsUUID()
  personId: string;
  @Field(() => ProofFormatEnum, { description: 'The format.' })
  @IsEnum(ProofFormatEnum)
  format: ProofFormatName;
  @Field(() => ID, { nullable: true, description: 'Which dose, for a format that states one.' })
  @IsOptional()
  @IsUUID()
  vaccinationId?: string | null;
}

@ObjectType({
  implements: () => Refusal,
  description: 'The certificate that stands can’t be had so: `certificate.offeredProofs` says what can.',
})
export class ProofNotOffered implements Refusal {
  message: string;
}

@ObjectType({ implements: () => Refusal, description: 'The register lacks what the format wants.' })
export class ProofHindered implements Refusal {
  message: string;
  @Field(() => ProofObstacleEnum, { description: 'What.' })
  obstacle: ProofObstacle;
}

export const MakeCertificateProofResult = createUnionType({
  name: 'MakeCertificateProofResult',
  description: 'The certificate in the format, or why not.',
  types: () => [CertificateProof, ProofNotOffered, ProofHindered] as const,
  resolveType: value => {
    if (value instanceof ProofNotOffered) return ProofNotOffered;
    return value instanceof ProofHindered ? ProofHindered : CertificateProof;
  },
});
