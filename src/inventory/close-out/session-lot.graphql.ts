import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ID } from '../../platform/graphql';
import type { LineState } from './close-out.store';

export const SessionLotStateEnum = {
  OPEN: 'OPEN',
  CLOSED: 'CLOSED',
  DISPUTED: 'DISPUTED',
  REOPENED: 'REOPENED',
} as const satisfies Record<LineState, LineState>;
registerEnumType(SessionLotStateEnum, {
  name: 'SessionLotState',
  description: 'Whether what a session used of a lot is accounted for.',
  valuesMap: {
    OPEN: { description: 'Not counted yet.' },
    CLOSED: { description: 'Counted, and it ties out or what does not was approved.' },
    DISPUTED: { description: 'Counted, and it does not tie out: a second person decides.' },
    REOPENED: {
      description: 'Doses came late or were taken back, or the count was refused: count it again.',
    },
  },
});

@ObjectType({ description: 'Doses lost for one reason.' })
export class SessionLoss {
  @Field(() => String, { description: 'A WasteReason, or the reason for which a recorded dose was voided.' })
  reason: string;
  @Field(() => Int, { description: 'Whole doses.' })
  doses: number;
}

@ObjectType({
  description: 'What a session used of a lot. Every count is in whole doses unless it says vials.',
})
export class SessionLot {
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => String, { description: 'Its number as printed on the vial.' })
  lotNumber: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => Int, { description: 'Doses in a vial.' })
  dosesPerVial: number;
  @Field(() => SessionLotStateEnum, { description: 'Whether it is accounted for.' })
  state: LineState;
  @Field(() => Int, { description: 'In vials that an earlier session had opened.' })
  brought: number;
  @Field(() => Int, { description: 'Vials opened: as counted; before that, as reported.' })
  vialsOpened: number;
  @Field(() => Int, { description: 'Given to people, by the doses recorded.' })
  given: number;
  @Field(() => [SessionLoss], { description: 'Wasted, by the ledger.' })
  wasted: SessionLoss[];
  @Field(() => Int, { description: 'Missing, as a second person approved.' })
  lost: number;
  @Field(() => Int, { description: 'Kept in opened vials for later, as counted.' })
  returnedOpen: number;
  @Field(() => Int, {
    description:
      'Brought and opened, less given, wasted and returned, by the newest count and the records now. Above zero: missing; below: more given than opened.',
  })
  difference: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'Share of the opened doses that nobody was given, 0 to 1 (WHO/V&B/03.18); absent while there are none.',
  })
  wastageRate: number | null;
  @Field(() => String, { nullable: true, description: 'Why the newest count does not tie out, as declared.' })
  reason: string | null;
  @Field(() => Date, { nullable: true, description: 'When it was counted last.' })
  countedAt: Date | null;
}

@ObjectType({ description: 'What a session used, lot by lot, and whether all of it is accounted for.' })
export class SessionCloseOut {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => Boolean, { description: 'Whether every lot is closed.' })
  tiesOut: boolean;
  @Field(() => Float, { nullable: true, description: 'As of its lots, of all of them together.' })
  wastageRate: number | null;
  @Field(() => [SessionLot], { complexity: 20, description: 'Its lots.' })
  lots: SessionLot[];
}
