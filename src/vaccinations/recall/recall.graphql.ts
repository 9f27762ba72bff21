import { Field, Int, ObjectType } from '@nestjs/graphql';
import { InUnit } from '../../inventory';
import { DateScalar, ID, Page } from '../../platform/graphql';

@ObjectType({ description: 'What a facility has and gave of a lot, in the unit of the lot.' })
export class LotRecallFacility {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => Int, { description: 'On its shelf, in opened vials too.' })
  onHand: number;
  @Field(() => Int, { description: 'Set aside there for another facility.' })
  setAside: number;
  @Field(() => Int, { description: 'On the way to it.' })
  onTheWay: number;
  @Field(() => Int, { description: 'Found unfit by a count there that nobody has decided on yet.' })
  setApart: number;
  @Field(() => Int, { description: 'Wasted there and not destroyed yet, rejected on arrival among them.' })
  awaitingDestruction: number;
  @Field(() => Int, { description: 'Given to people there; of a supply: used there.' })
  given: number;
  @Field(() => Int, {
    description: 'How many people that were; 0 of a supply, of which nobody says whom it was used for.',
  })
  persons: number;
}

@ObjectType({ description: 'A handling unit that carries some of a lot.' })
export class LotRecallBox {
  @Field(() => ID, { description: 'Its code, as `handlingUnit` knows it: where it is, its scans tell.' })
  unit: string;
  @Field(() => ID, { description: 'The shipment, of the facility that sends it.' })
  shipmentId: string;
  @Field(() => ID, { description: 'Who sends.' })
  facilityId: string;
  @Field(() => ID, { description: 'Who receives.' })
  toFacilityId: string;
  @Field(() => Int, { description: 'Whole doses of the lot in it; 0 for a supply.' })
  doses: number;
  @Field(() => Int, { description: 'Pieces of the lot in it; 0 for a vaccine.' })
  pieces: number;
}

@ObjectType({ description: 'Where every dose, or piece, of a lot is.' })
export class LotRecall extends InUnit {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => String, { description: 'Its number as printed on the vial.' })
  lotNumber: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => Int, { description: 'On shelves.' })
  onHand: number;
  @Field(() => Int, { description: 'Set aside.' })
  setAside: number;
  @Field(() => Int, { description: 'On the way.' })
  onTheWay: number;
  @Field(() => Int, { description: 'Found unfit by counts that nobody has decided on yet.' })
  setApart: number;
  @Field(() => Int, { description: 'Wasted and not destroyed yet.' })
  awaitingDestruction: number;
  @Field(() => Int, { description: 'Given; of a supply: used.' })
  given: number;
  @Field(() => [LotRecallBox], {
    complexity: 20,
    description: 'The handling units that carry what is set aside or on the way, where it was said which.',
  })
  boxes: LotRecallBox[];
  @Field(() => [LotRecallFacility], { complexity: 50, description: 'Every facility that has or gave some.' })
  facilities: LotRecallFacility[];
  @Field(() => Date, { description: 'The moment that this was true.' })
  asOf: Date;
}

@ObjectType({
  description: 'A dose of a lot that somebody was given. No name: whoever tells her looks her up.',
})
export class LotRecipient {
  @Field(() => ID, { description: 'The person.' })
  personId: string;
  @Field(() => ID, { description: 'The dose.' })
  vaccinationId: string;
  @Field(() => ID, { description: 'Where it was given.' })
  facilityId: string;
  @Field(() => DateScalar, { description: 'The day on which it was given.' })
  givenOn: string;
}

@ObjectType({ description: 'A page of the doses of a lot that people were given.' })
export class LotRecipientPage extends Page {
  @Field(() => [LotRecipient], { description: 'In no order that means anything.' })
  items: LotRecipient[];
}
