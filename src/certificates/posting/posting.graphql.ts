import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsUUID } from 'class-validator';
import { Tracking } from '../../delivery';
import { ID } from '../../platform/graphql';

/** People in one call: what one transaction sends within a second or two. */
const MOST = 100;

export enum PostingFault {
  NO_CERTIFICATE = 'NO_CERTIFICATE',
  NO_AREA = 'NO_AREA',
  NO_HUB_HERE = 'NO_HUB_HERE',
  NO_HUB_THERE = 'NO_HUB_THERE',
  NO_ROUTE = 'NO_ROUTE',
}
registerEnumType(PostingFault, {
  name: 'PostingFault',
  description: 'Why a certificate was not sent.',
  valuesMap: {
    NO_CERTIFICATE: { description: 'She has none that stands.' },
    NO_AREA: { description: 'It is not recorded in which area she lives.' },
    NO_HUB_HERE: { description: 'No hub serves the place that printed it.' },
    NO_HUB_THERE: { description: 'No hub delivers where she lives.' },
    NO_ROUTE: { description: 'No departures lead from here to there.' },
  },
});

@InputType('PostPrintRunInput', {
  description:
    'Printed certificates to be sent to those whose they are: of a run each once, however often it is asked for.',
})
export class PostPrintRunGraphqlInput {
  @Field(() => ID, { description: 'Where they were printed.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The print run.' })
  @IsUUID()
  runId: string;
  @Field(() => [ID], { description: `People of the run, at most ${MOST}.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  @IsUUID(undefined, { each: true })
  personIds: string[];
}

@ObjectType({ description: 'A certificate that was sent to its holder.' })
export class PostedCertificate {
  @Field(() => ID, { description: 'Whose.' })
  personId: string;
  @Field(() => ID, { description: 'Which.' })
  certificateId: string;
  @Field(() => String, {
    description: 'The code of its unit: print its label, put it on the envelope, and scan it.',
  })
  unit: string;
  @Field(() => Date, { description: 'When.' })
  postedAt: Date;
}

@ObjectType({ description: 'A certificate that was not sent.' })
export class UnpostedCertificate {
  @Field(() => ID, { description: 'Whose.' })
  personId: string;
  @Field(() => PostingFault, { description: 'Why.' })
  fault: PostingFault;
}

@ObjectType({ description: 'What became of printed certificates that were to be sent.' })
export class PostedPrintRun {
  @Field(() => [PostedCertificate], { complexity: 20, description: 'Those that are sent.' })
  posted: PostedCertificate[];
  @Field(() => [UnpostedCertificate], { complexity: 10, description: 'Those that are not.' })
  notPosted: UnpostedCertificate[];
}

@ObjectType({ description: 'A printed certificate on its way to its holder.' })
export class CertificatePost {
  @Field(() => Date, { description: 'When it was sent.' })
  postedAt: Date;
  @Field(() => String, { description: 'The code by which its way can be followed without signing in.' })
  trackingCode: string;
  @Field(() => String, {
    nullable: true,
    description: 'What the holder says at the door, to nobody else; only she is told.',
  })
  handoverCode: string | null;
  @Field(() => Tracking, { description: 'Its way.' })
  tracking: Tracking;
}
