import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { DateScalar, ID, Page, PageArgs } from '../../platform/graphql';
import { ProductToGive } from '../forecast/forecast.graphql';

@ArgsType()
export class SessionPackArgs extends PageArgs {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;

  @Field(() => ID, { description: 'The session: today’s, or one of the next seven days.' })
  @IsUUID()
  sessionId: string;
}

@ObjectType({ description: 'A dose that an expected person has had.' })
export class PackedDose {
  @Field(() => String, { description: 'Code of the vaccine in the schedule.' })
  vaccineCode: string;
  @Field(() => DateScalar, { description: 'When it was given.' })
  givenOn: string;
}

@ObjectType({
  description: 'Somebody who has a place in the session: no more of her than vaccinating her takes.',
})
export class ExpectedPerson {
  @Field(() => ID, { description: 'Her id, for `syncDoses`.' })
  personId: string;
  @Field(() => String, { description: 'Name.' })
  name: string;
  @Field(() => DateScalar, { description: 'Birth date: the earliest day it can be.' })
  birthDate: string;
  @Field(() => String, { description: 'How far it is known: day, month or year.' })
  birthDatePrecision: string;
  @Field(() => String, { description: 'Sex, as the schedule has it.' })
  sex: string;
  @Field(() => [ID], { description: 'Codes of the products that she comes for.' })
  products: string[];
  @Field(() => Boolean, { description: 'Whether she is checked in already.' })
  checkedIn: boolean;
  @Field(() => [PackedDose], { complexity: 10, description: 'Her doses, in the order they were given.' })
  doses: PackedDose[];
}

@ObjectType({ description: 'A lot that may be given at the facility on that day.' })
export class PackedLot {
  @Field(() => ID, { description: 'The lot, for `syncDoses`.' })
  lotId: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => String, { description: 'The lot number as printed on the vial.' })
  lotNumber: string;
  @Field(() => DateScalar, { description: 'The last day on which it may be used.' })
  expiresOn: string;
  @Field(() => Int, { description: 'Whole doses on hand.' })
  doses: number;
}

@ObjectType({ description: 'The schedule in force, for a device that evaluates doses by itself.' })
export class PackedSchedule {
  @Field(() => String, { description: 'Its code.' })
  code: string;
  @Field(() => String, { description: 'Its version: the same version says the same.' })
  version: string;
  @Field(() => String, { description: 'The whole of it, JSON in the form of `docs/forecasting.md`.' })
  json: string;
}

@ObjectType({
  description:
    'What a device takes along to a session that has no connection. People come in pages; ask for the rest with the first.',
})
export class SessionPack extends Page {
  @Field(() => Date, { description: 'Now, by our clock: how wrong the device’s is.' })
  serverTime: Date;
  @Field(() => Date, { description: 'When the session’s day is over: then the device forgets the people.' })
  expiresAt: Date;
  @Field(() => DateScalar, { description: 'The day of the session.' })
  date: string;
  @Field(() => [ExpectedPerson], { description: 'Who has a place in it; those of this page.' })
  people: ExpectedPerson[];
  @Field(() => [ProductToGive], { complexity: 10, description: 'The products given in it.' })
  products: ProductToGive[];
  @Field(() => [PackedLot], {
    complexity: 20,
    description: 'Lots of them that lie there and may be given; the hundred that expire first.',
  })
  lots: PackedLot[];
  @Field(() => PackedSchedule, { complexity: 20, description: 'The schedule in force.' })
  schedule: PackedSchedule;
}
