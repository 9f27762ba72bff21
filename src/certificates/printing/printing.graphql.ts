import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsEnum, IsOptional, IsUUID, Length } from 'class-validator';
import { ID, Refusal } from '../../platform/graphql';
import { PreparationStatus } from '../certificate.graphql';

/** People in one run: some ten minutes of a printer. */
export const MOST_PERSONS = 500;

const LANGUAGE = "A language of the country (BCP 47); the country's own when left out or not there.";

/** How staff made sure that whoever stands at the desk may have the paper. */
export enum DeskProof {
  IDENTITY_DOCUMENT = 'IDENTITY_DOCUMENT',
  PERSON_CARD = 'PERSON_CARD',
  KNOWN_TO_STAFF = 'KNOWN_TO_STAFF',
  CARER_PRESENT = 'CARER_PRESENT',
}
registerEnumType(DeskProof, {
  name: 'DeskProof',
  description: 'How staff made sure that whoever stands at the desk may have the paper.',
  valuesMap: {
    IDENTITY_DOCUMENT: { description: 'The person showed an identity document.' },
    PERSON_CARD: { description: 'The person showed the card with her code.' },
    KNOWN_TO_STAFF: { description: 'Staff know the person.' },
    CARER_PRESENT: { description: 'A parent, guardian or carer who is registered as such came for her.' },
  },
});

@InputType('PrintCertificateInput', { description: 'A certificate to be handed over at a desk.' })
export class PrintCertificateGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key acts once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'The desk.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'Whose certificate.' })
  @IsUUID()
  personId: string;
  @Field(() => DeskProof, { description: 'How it is known that it may be handed over.' })
  @IsEnum(DeskProof)
  proof: DeskProof;
  @Field(() => String, { nullable: true, description: LANGUAGE })
  @IsOptional()
  @Length(2, 35)
  language?: string | null;
}

@ObjectType({ description: 'A certificate on paper.' })
export class PrintedCertificate {
  @Field(() => ID, { description: 'The certificate.' })
  certificateId: string;
  @Field(() => String, { description: 'Its number, for people.' })
  number: string;
  @Field(() => String, { description: 'The pages: PDF (A4, PDF/UA-1) in base64.' })
  pdf: string;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'There is no certificate that stands: none yet, or it is being prepared.',
})
export class NoCertificateToPrint implements Refusal {
  message: string;
  @Field(() => PreparationStatus, {
    description: 'NONE: no dose is recorded. PENDING: ask again in a moment.',
  })
  status: PreparationStatus;
}

export const PrintCertificateResult = createUnionType({
  name: 'PrintCertificateResult',
  description: 'The certificate on paper, or why there is none.',
  types: () => [PrintedCertificate, NoCertificateToPrint] as const,
  resolveType: value => ('pdf' in value ? PrintedCertificate : NoCertificateToPrint),
});

@InputType('PrintCertificatesInput', { description: 'Certificates to be printed together and handed out.' })
export class PrintCertificatesGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key acts once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Where they are printed.' })
  @IsUUID()
  facilityId: string;
  @Field(() => [ID], { description: `Whose, in the order they are to come; at most ${MOST_PERSONS}.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_PERSONS)
  @IsUUID(undefined, { each: true })
  personIds: string[];
  @Field(() => String, { nullable: true, description: LANGUAGE })
  @IsOptional()
  @Length(2, 35)
  language?: string | null;
}

@ObjectType({ description: 'A part of a print run.' })
export class PrintSheet {
  @Field(() => Int, { description: 'Its place in the run, from 1.' })
  number: number;
  @Field(() => Int, { description: 'The certificates in it.' })
  printed: number;
  @Field(() => [ID], { description: 'People of this part who have no certificate that stands.' })
  without: string[];
  /** The run it is of. */
  run: Pick<PrintRun, 'facilityId' | 'id'>;
}

@ObjectType({ description: 'Certificates printed together. `job` of the same id says how far it is.' })
export class PrintRun {
  @Field(() => ID, { description: 'Its id, and that of its job.' })
  id: string;
  @Field(() => ID, { description: 'Where.' })
  facilityId: string;
  @Field(() => Date, { description: 'When it was asked for. Its sheets are deleted a day later.' })
  requestedAt: Date;
  @Field(() => Int, { description: 'How many people were asked for.' })
  persons: number;
  @Field(() => Int, { description: 'For how many of them it is done.' })
  done: number;
  @Field(() => Boolean, { description: 'Whether it has ended, all of it done or not.' })
  ended: boolean;
  @Field(() => [PrintSheet], {
    complexity: 20,
    description: 'The sheets that are done and still kept, in order.',
  })
  sheets: PrintSheet[];
}

@ObjectType({
  description: 'How certificates of a pack look. It proves nothing: its code is no certificate.',
})
export class CertificatePreview {
  @Field(() => String, { complexity: 500, description: 'A page with invented facts: PDF (A4) in base64.' })
  pdf: string;
  @Field(() => String, { complexity: 500, description: 'The picture for a telephone, as SVG.' })
  walletImage: string;
}
