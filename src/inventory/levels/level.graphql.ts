import { ArgsType, Field, Float, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsUUID, Length, Max, Min } from 'class-validator';
import { DateScalar, ID, Page } from '../../platform/graphql';
import { InUnit } from '../units/unit.graphql';
import { ALERT_KINDS, type AlertKind } from './level-rules';

const MOST_DOSES = 10_000_000;
const MOST_DAYS = 731;

export const StockAlertKindEnum = Object.fromEntries(ALERT_KINDS.map(kind => [kind, kind])) as {
  [Kind in AlertKind]: Kind;
};
registerEnumType(StockAlertKindEnum, {
  name: 'StockAlertKind',
  description: 'What is wrong with a product at a facility.',
  valuesMap: {
    STOCK_OUT: {
      description:
        'Nothing may be used: nothing is there, or all is expired, on hold or open too long. Of products that have a level there or were used of late.',
    },
    BELOW_MINIMUM: { description: 'Less is usable than the minimum that was set.' },
    NEAR_EXPIRY: {
      description: 'Some is near its last day and will not be used up by then at the average use.',
    },
  },
});

@ObjectType({ isAbstract: true })
export class StockNumbers extends InUnit {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => String, { description: "What the product is called in the caller's language." })
  productName: string;
  @Field(() => Int, { description: 'What may be used today.' })
  usable: number;
  @Field(() => Int, { description: 'What is there and expired, on hold or open too long.' })
  unusable: number;
  @Field(() => Int, { description: 'Set aside for it elsewhere, or despatched to it.' })
  onTheWay: number;
  @Field(() => Int, {
    description: 'Usable, near its last day and not used up by then at the average use.',
  })
  atRisk: number;
  @Field(() => DateScalar, { nullable: true, description: 'The first last day of what is at risk.' })
  expiresOn: string | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'Used a day, on average of the last 90 days on which it had some: given, wasted in giving, sent on to others. Measured once a day; absent where nothing was used.',
  })
  dailyUse: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'For how many days what is usable lasts at the average use; absent where nothing was used.',
  })
  daysOfStock: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The minimum, in the unit: the reserve. Absent, as the next, where no level was set.',
  })
  minDoses: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The reorder point: at or below it, what is on the way counted in, more is asked for.',
  })
  reorderDoses: number | null;
  @Field(() => Int, { nullable: true, description: 'The maximum: not more than this is asked for.' })
  maxDoses: number | null;
}

@ObjectType({ description: 'What a facility has of a product beside what it should have.' })
export class ProductStockLevel extends StockNumbers {
  @Field(() => Int, {
    nullable: true,
    description:
      'What the levels propose to ask for, for a vaccine in whole vials; 0 above the reorder point, absent where no level was set.',
  })
  toAskFor: number | null;
  @Field(() => [StockAlertKindEnum], { description: 'What is wrong.' })
  alerts: AlertKind[];
}

@ObjectType({ description: 'A page of the products of a facility.' })
export class ProductStockLevelPage extends Page {
  @Field(() => [ProductStockLevel], { description: 'By the code of the product.' })
  items: ProductStockLevel[];
  @Field(() => Date, { description: 'The moment that this was so.' })
  asOf: Date;
}

@ObjectType({
  description: 'Levels that an average use comes to, for a vaccine in whole vials. Nothing is set by it.',
})
export class StockLevelProposal extends InUnit {
  @Field(() => Float, {
    description: 'Used a day, on average of the last 90 days on which the facility had some.',
  })
  dailyUse: number;
  @Field(() => Int, { description: 'On how many of those days it had some.' })
  days: number;
  @Field(() => Int, { description: 'The reserve: what is used in the safety days.' })
  minDoses: number;
  @Field(() => Int, { description: 'The reserve, and what is used until more arrives.' })
  reorderDoses: number;
  @Field(() => Int, { description: 'The reserve, and what is used until the next supply.' })
  maxDoses: number;
}

@ArgsType()
export class ProposeLevelArgs {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'Code of the vaccine or the supply; one that the country uses now.' })
  @Length(1, 64)
  productCode: string;
  @Field(() => Int, {
    description: `How many days the reserve is to last when a supply fails, to ${MOST_DAYS}.`,
  })
  @Min(0)
  @Max(MOST_DAYS)
  safetyDays: number;
  @Field(() => Int, { description: `Days from asking until the stock is there, to ${MOST_DAYS}.` })
  @Min(0)
  @Max(MOST_DAYS)
  leadDays: number;
  @Field(() => Int, { description: `Days from one supply to the next, to ${MOST_DAYS}.` })
  @Min(1)
  @Max(MOST_DAYS)
  supplyDays: number;
}

@InputType('SetStockLevelInput', {
  description: 'What a facility should have of a product: minimum ≤ reorder point ≤ maximum.',
})
export class SetStockLevelGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key sets once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'Code of the vaccine or the supply; one that the country uses now.' })
  @Length(1, 64)
  productCode: string;
  @Field(() => Int, { description: 'The reserve, in the unit of the product.' })
  @Min(0)
  @Max(MOST_DOSES)
  minDoses: number;
  @Field(() => Int, { description: 'At or below it more is asked for.' })
  @Min(0)
  @Max(MOST_DOSES)
  reorderDoses: number;
  @Field(() => Int, { description: 'Not more than this is asked for.' })
  @Min(1)
  @Max(MOST_DOSES)
  maxDoses: number;
  @Field(() => Int, {
    defaultValue: 90,
    description: `How many days before its last day a lot is near it, to ${MOST_DAYS}.`,
  })
  @Min(0)
  @Max(MOST_DAYS)
  expiryDays: number;
}
