import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsUUID, Length, Max, Min } from 'class-validator';
import { ID } from '../../platform/graphql';
import type { StockUnit } from './unit-rules';

const MOST = 10_000_000;

export const StockUnitEnum = { DOSE: 'DOSE', PIECE: 'PIECE' } as const satisfies Record<StockUnit, StockUnit>;
registerEnumType(StockUnitEnum, {
  name: 'StockUnit',
  description: 'What stock is counted in. Figures in the two are never added.',
  valuesMap: {
    DOSE: { description: 'Whole doses: a vaccine.' },
    PIECE: { description: 'Pieces: a supply (`supplies`), as a syringe, a diluent or a safety box.' },
  },
});

/** Whatever is told of a product in figures whose names say nothing of doses. */
@ObjectType({ isAbstract: true })
export class InUnit {
  @Field(() => StockUnitEnum, { description: 'What its figures are in.' })
  unit: StockUnit;
}

/** An amount of a vaccine or a supply. */
@ObjectType({ isAbstract: true })
export class StockAmount extends InUnit {
  @Field(() => Int, { description: 'Whole doses of a vaccine; 0 for a supply.' })
  doses: number;
  @Field(() => Int, { description: 'Pieces of a supply; 0 for a vaccine.' })
  pieces: number;
}

/** An amount, as a caller says it. */
@InputType({ isAbstract: true })
export class StockAmountInput {
  @Field(() => Int, {
    nullable: true,
    description: `Whole doses of a vaccine, 1 to ${MOST}; either these or pieces.`,
  })
  @IsOptional()
  @Min(1)
  @Max(MOST)
  doses?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: `Pieces of a supply, 1 to ${MOST}; either these or doses.`,
  })
  @IsOptional()
  @Min(1)
  @Max(MOST)
  pieces?: number | null;
}

/** As {@link StockAmountInput}, where there may be none. */
@InputType({ isAbstract: true })
export class StockAmountOrNoneInput {
  @Field(() => Int, {
    nullable: true,
    description: `Whole doses of a vaccine, 0 to ${MOST}; either these or pieces.`,
  })
  @IsOptional()
  @Min(0)
  @Max(MOST)
  doses?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: `Pieces of a supply, 0 to ${MOST}; either these or doses.`,
  })
  @IsOptional()
  @Min(0)
  @Max(MOST)
  pieces?: number | null;
}

/** An amount of a lot: in a box, sent back, destroyed. */
@InputType({ isAbstract: true })
export class LotAmountInput extends StockAmountInput {
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
}

/** An amount of a product. */
@InputType({ isAbstract: true })
export class ProductAmountInput extends StockAmountInput {
  @Field(() => ID, { description: 'Code of the vaccine or the supply; one that the country uses now.' })
  @Length(1, 64)
  productCode: string;
}
