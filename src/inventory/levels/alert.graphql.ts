import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsEnum, IsOptional } from 'class-validator';
import { ID, Page, PageArgs } from '../../platform/graphql';
import { StockAlertKindEnum, StockNumbers } from './level.graphql';
import type { AlertKind } from './level-rules';

@ObjectType({ description: 'A product at a facility with which something is wrong.' })
export class StockAlert extends StockNumbers {
  @Field(() => String, { description: "What the facility is called in the caller's language." })
  facilityName: string;
  @Field(() => StockAlertKindEnum, { description: 'What is wrong.' })
  kind: AlertKind;
  @Field(() => Date, { description: 'When that was found.' })
  since: Date;
}

@ObjectType({ description: 'How much there is of one kind of alert in the area.' })
export class StockAlertTotal {
  @Field(() => StockAlertKindEnum, { description: 'The kind.' })
  kind: AlertKind;
  @Field(() => Int, { description: 'Products at facilities.' })
  alerts: number;
  @Field(() => Int, { description: 'Facilities that have at least one.' })
  facilities: number;
}

@ObjectType({ description: 'A page of alerts.' })
export class StockAlertPage extends Page {
  @Field(() => [StockAlert], { description: 'Those that stand longest first.' })
  items: StockAlert[];
  @Field(() => [StockAlertTotal], {
    complexity: 20,
    description:
      'All of the area by kind, whatever kinds were asked for; a kind of which there is none is left out.',
  })
  totals: StockAlertTotal[];
  @Field(() => Date, {
    nullable: true,
    description:
      'Nothing that happened before it is missing: when the last round over all facilities began. Receipts, losses, shipments and holds show sooner. Absent before the first round.',
  })
  asOf: Date | null;
}

@ArgsType()
export class StockAlertsArgs extends PageArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'Of this area and all below it; left out: of the whole country.',
  })
  areaId?: string | null;
  @Field(() => [StockAlertKindEnum], { nullable: true, description: 'Of these kinds; left out: of all.' })
  @IsOptional()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsEnum(StockAlertKindEnum, { each: true })
  kinds?: AlertKind[] | null;
}
