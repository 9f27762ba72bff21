import { Injectable } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Context } from '../../platform/context';
import { ID, Refusal } from '../../platform/graphql';
import { Texts } from '../../platform/i18n';
import type { StocktakeLineRow, StocktakeRow } from './stocktake.store';

@ObjectType({
  implements: () => Refusal,
  description: 'The place is being counted already: go on with that count, or cancel it.',
})
export class StocktakeUnderWay implements Refusal {
  message: string;
  @Field(() => ID, { nullable: true, description: 'The count that is under way.' })
  stocktakeId: string | null;
}

@ObjectType({ implements: () => Refusal, description: 'Not every lot was counted.' })
export class StocktakeIncomplete implements Refusal {
  message: string;
  @Field(() => [ID], { description: 'The lots to be counted; nothing of one there: count 0.' })
  lotIds: string[];
}

@ObjectType({
  implements: () => Refusal,
  description:
    'Lots do not agree with the book. Count them again, or say why. By how much is for a second person to see.',
})
export class StocktakeUnexplained implements Refusal {
  message: string;
  @Field(() => [ID], { description: 'The lots.' })
  lotIds: string[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'Whoever opened, counted or submitted does not decide. Ask somebody else.',
})
export class StocktakeNeedsSecondPerson implements Refusal {
  message: string;
}

@ObjectType({
  implements: () => Refusal,
  description: 'It has changed since it was looked at. Look again, then decide.',
})
export class StocktakeChanged implements Refusal {
  message: string;
  @Field(() => Int, { description: 'Its version now.' })
  version: number;
}

@ObjectType({
  implements: () => Refusal,
  description:
    'What was recorded since of the time of the count makes no sense with it. Have these lots counted again.',
})
export class StocktakeMoved implements Refusal {
  message: string;
  @Field(() => [ID], { description: 'The lots.' })
  lotIds: string[];
}

type Lots = readonly Pick<StocktakeLineRow, 'lotId'>[];

/** Says why a count does not go on, in the caller's language. */
@Injectable()
export class StocktakeRefusals {
  constructor(private readonly texts: Texts) {}

  underWay(ctx: Context, other: StocktakeRow | null): StocktakeUnderWay {
    const message = this.texts.say(ctx, 'inventory.stocktakeUnderWay');
    return Object.assign(new StocktakeUnderWay(), { message, stocktakeId: other?.id ?? null });
  }

  incomplete(ctx: Context, lots: Lots): StocktakeIncomplete {
    return Object.assign(new StocktakeIncomplete(), this.ofLots(ctx, 'stocktakeIncomplete', lots));
  }

  unexplained(ctx: Context, lots: Lots): StocktakeUnexplained {
    return Object.assign(new StocktakeUnexplained(), this.ofLots(ctx, 'stocktakeUnexplained', lots));
  }

  moved(ctx: Context, lots: Lots): StocktakeMoved {
    return Object.assign(new StocktakeMoved(), this.ofLots(ctx, 'stocktakeMoved', lots));
  }

  secondPerson(ctx: Context): StocktakeNeedsSecondPerson {
    const message = this.texts.say(ctx, 'inventory.stocktakeNeedsSecondPerson');
    return Object.assign(new StocktakeNeedsSecondPerson(), { message });
  }

  changed(ctx: Context, version: number): StocktakeChanged {
    const message = this.texts.say(ctx, 'inventory.stocktakeChanged');
    return Object.assign(new StocktakeChanged(), { message, version });
  }

  private ofLots(
    ctx: Context,
    key: 'stocktakeIncomplete' | 'stocktakeUnexplained' | 'stocktakeMoved',
    lots: Lots,
  ): { message: string; lotIds: string[] } {
    const message = this.texts.say(ctx, `inventory.${key}`, { lots: lots.length });
    return { message, lotIds: lots.map(({ lotId }) => lotId) };
  }
}
