import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsOptional, IsUUID, Length } from 'class-validator';
import { ID } from '../../../platform/graphql';

/** Why doses reach the record late (LESSONS L22: what ministries found behind their backlogs). */
export enum LateCause {
  NO_CONNECTION = 'NO_CONNECTION',
  NO_DEVICE = 'NO_DEVICE',
  NO_STAFF = 'NO_STAFF',
  OUTAGE = 'OUTAGE',
  RECORDS_MISSING = 'RECORDS_MISSING',
  PAPER_PROGRAMME = 'PAPER_PROGRAMME',
}
registerEnumType(LateCause, {
  name: 'LateCause',
  description: 'Why doses reach the record late.',
  valuesMap: {
    NO_CONNECTION: { description: 'There is no connection.' },
    NO_DEVICE: { description: 'There is no device to enter them with.' },
    NO_STAFF: { description: 'There is nobody to enter them.' },
    OUTAGE: { description: 'The service or the power was down.' },
    RECORDS_MISSING: { description: 'The papers were found or brought late.' },
    PAPER_PROGRAMME: { description: 'The programme was on paper then.' },
  },
});

const CSV =
  'CSV with a header line: person (id, or the code on the card), product (code), lot (number as printed), given_on (YYYY-MM-DD), and if need be site, route, vaccinator (account). At most 50,000 rows.';

@InputType('RecordDosesBatchInput', { description: 'A register on paper.' })
export class RecordDosesBatchGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key acts once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Where the doses were given.' })
  @IsUUID()
  facilityId: string;
  @Field(() => String, {
    description: 'Which register, e.g. its number and pages: where the paper is found again.',
  })
  @Length(3, 200)
  register: string;
  @Field(() => LateCause, { description: 'Why its doses come late.' })
  @IsEnum(LateCause)
  lateCause: LateCause;
  @Field(() => ID, {
    nullable: true,
    description:
      'Who gave them, where a row does not say. Needed for each dose unless the register is entered twice.',
  })
  @IsOptional()
  @IsUUID()
  vaccinatorId?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Nothing is recorded until somebody else has entered the register too (`enterDosesBatchAgain`).',
  })
  doubleEntry: boolean;
  @Field(() => String, { description: CSV })
  csv: string;
}

@InputType('EnterDosesBatchAgainInput', { description: 'A register, entered by a second person.' })
export class EnterDosesBatchAgainGraphqlInput {
  @Field(() => ID, { description: 'Where.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The register as it was entered first.' })
  @IsUUID()
  batchId: string;
  @Field(() => String, { description: CSV })
  csv: string;
}

@ObjectType('DosesBatch', { description: 'A register on paper, and how far it has come.' })
export class PaperBatch {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'Where.' })
  facilityId: string;
  @Field(() => String, { description: 'Which register.' })
  register: string;
  @Field(() => LateCause, { description: 'Why its doses come late.' })
  lateCause: string;
  @Field(() => Boolean, { description: 'Whether two people enter it.' })
  doubleEntry: boolean;
  @Field(() => Date, { description: 'When it was entered.' })
  enteredAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it was entered the second time.' })
  againAt: Date | null;
  @Field(() => Int, { description: 'Its rows.' })
  rows: number;
  @Field(() => Int, { description: 'Rows that wait: for the second entry, or to be recorded.' })
  entered: number;
  @Field(() => Int, { description: 'Rows that are recorded.' })
  recorded: number;
  @Field(() => Int, { description: 'Rows that are pending: `pendingDoses` says why, line by line.' })
  pending: number;
}
