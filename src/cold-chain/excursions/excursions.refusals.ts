import { Injectable } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Context } from '../../platform/context';
import { ID, Refusal } from '../../platform/graphql';
import { Texts } from '../../platform/i18n';
import type { DecisionFault } from './decision-rules';

@ObjectType({
  implements: () => Refusal,
  description: 'More is known of the excursion than when it was looked at. Look again, then decide.',
})
export class ExcursionChanged implements Refusal {
  message: string;
  @Field(() => Int, { description: 'Its version now.' })
  version: number;
}

@ObjectType({
  implements: () => Refusal,
  description: 'Whoever brought the readings does not decide on them. Ask a second person.',
})
export class ExcursionNeedsSecondPerson implements Refusal {
  message: string;
}

@ObjectType({ description: 'A lot that cannot be decided on so.' })
export class UnfitDecision {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => String, { description: 'A stable word for what is wrong.' })
  fault: string;
  @Field(() => String, { description: 'What is wrong, in the caller’s language.' })
  message: string;
}

@ObjectType({
  implements: () => Refusal,
  description: 'What was said of lots does not go with the excursion or with itself. Nothing was decided.',
})
export class ExcursionDecisionUnfit implements Refusal {
  message: string;
  @Field(() => [UnfitDecision], { complexity: 10, description: 'The lots, and what is wrong.' })
  lots: UnfitDecision[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'Doses of lots that are to be discarded are set aside. Cancel these shipments first.',
})
export class ExcursionStockSetAside implements Refusal {
  message: string;
  @Field(() => [ID], { description: 'The shipments, none of which can leave.' })
  shipmentIds: string[];
}

@ObjectType({
  implements: () => Refusal,
  description:
    'Doses of lots that are to be discarded are still on their way here. Receive these shipments first, then decide.',
})
export class ExcursionStockOnTheWay implements Refusal {
  message: string;
  @Field(() => [ID], { description: 'The shipments.' })
  shipmentIds: string[];
}

/** Says why an excursion is not decided on, in the caller's language. */
@Injectable()
export class ExcursionRefusals {
  constructor(private readonly texts: Texts) {}

  changed(ctx: Context, version: number): ExcursionChanged {
    const message = this.texts.say(ctx, 'cold-chain.excursionChanged');
    return Object.assign(new ExcursionChanged(), { message, version });
  }

  secondPerson(ctx: Context): ExcursionNeedsSecondPerson {
    const message = this.texts.say(ctx, 'cold-chain.excursionNeedsSecondPerson');
    return Object.assign(new ExcursionNeedsSecondPerson(), { message });
  }

  unfit(ctx: Context, lots: readonly { lotId: string; fault: DecisionFault }[]): ExcursionDecisionUnfit {
    const message = this.texts.say(ctx, 'cold-chain.excursionDecisionUnfit', { lots: lots.length });
    const told = lots.map(lot =>
      Object.assign(new UnfitDecision(), {
        ...lot,
        message: this.texts.say(ctx, `cold-chain.decisionFault.${lot.fault}`),
      }),
    );
    return Object.assign(new ExcursionDecisionUnfit(), { message, lots: told });
  }

  onTheWay(ctx: Context, shipmentIds: string[]): ExcursionStockOnTheWay {
    const message = this.texts.say(ctx, 'cold-chain.excursionStockOnTheWay', {
      shipments: shipmentIds.length,
    });
    return Object.assign(new ExcursionStockOnTheWay(), { message, shipmentIds });
  }

  setAside(ctx: Context, shipmentIds: string[]): ExcursionStockSetAside {
    const message = this.texts.say(ctx, 'cold-chain.excursionStockSetAside', {
      shipments: shipmentIds.length,
    });
    return Object.assign(new ExcursionStockSetAside(), { message, shipmentIds });
  }
}
