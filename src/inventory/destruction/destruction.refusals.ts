import { Injectable } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Context } from '../../platform/context';
import { ID, Refusal } from '../../platform/graphql';
import { Texts } from '../../platform/i18n';
import type { DestructionShortage } from './destruction-rules';

@ObjectType({ description: 'A lot of which less lies wasted than is said to be destroyed.' })
export class LotNotWasted {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => Int, { description: 'So much is said to be destroyed, in the unit of the lot.' })
  doses: number;
  @Field(() => Int, { description: 'So much lies wasted there that no other record claims.' })
  there: number;
}

@ObjectType({
  implements: () => Refusal,
  description: 'Only what lies wasted is destroyed. Waste it first, with the reason.',
})
export class StockNotWasted implements Refusal {
  message: string;
  @Field(() => [LotNotWasted], { description: 'The lots.' })
  lots: LotNotWasted[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'Whoever recorded a destruction is not its witness. Ask somebody else who saw it.',
})
export class DestructionNeedsWitness implements Refusal {
  message: string;
}

/** Says why a destruction is not taken, in the caller's language. */
@Injectable()
export class DestructionRefusals {
  constructor(private readonly texts: Texts) {}

  notWasted(ctx: Context, short: readonly DestructionShortage[]): StockNotWasted {
    const message = this.texts.say(ctx, 'inventory.stockNotWasted', { lots: short.length });
    const lots = short.map(lot => Object.assign(new LotNotWasted(), lot));
    return Object.assign(new StockNotWasted(), { message, lots });
  }

  needsWitness(ctx: Context): DestructionNeedsWitness {
    const message = this.texts.say(ctx, 'inventory.destructionNeedsWitness');
    return Object.assign(new DestructionNeedsWitness(), { message });
  }
}
