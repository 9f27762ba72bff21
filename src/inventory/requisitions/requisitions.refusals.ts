import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { ID, Refusal } from '../../platform/graphql';
import { Texts } from '../../platform/i18n';

@ObjectType({ description: 'A product of which something else is asked for than was proposed.' })
export class ChangedProposal {
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => Int, { description: 'Whole doses that the levels propose at this moment.' })
  proposed: number;
  @Field(() => Int, { description: 'Whole doses that were asked for.' })
  requested: number;
}

@ObjectType({
  implements: () => Refusal,
  description: 'Something else is asked for than the levels propose. Say why, or ask for what is proposed.',
})
export class RequestNeedsReason implements Refusal {
  message: string;
  @Field(() => [ChangedProposal], { description: 'The products of which that is so.' })
  products: ChangedProposal[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'Whoever asked for stock does not grant it. Ask somebody else.',
})
export class RequisitionNeedsSecondPerson implements Refusal {
  message: string;
}

/** Says why stock is not asked for or granted, in the caller's language. */
@Injectable()
export class RequisitionRefusals {
  constructor(private readonly texts: Texts) {}

  needsReason(
    ctx: Context,
    lines: readonly { productCode: string; proposed: number | null; doses: number }[],
  ): RequestNeedsReason {
    const message = this.texts.say(ctx, 'inventory.requestNeedsReason', { products: lines.length });
    const products = lines.map(({ productCode, proposed, doses }) =>
      Object.assign(new ChangedProposal(), { productCode, proposed, requested: doses }),
    );
    return Object.assign(new RequestNeedsReason(), { message, products });
  }

  secondPerson(ctx: Context): RequisitionNeedsSecondPerson {
    const message = this.texts.say(ctx, 'inventory.requisitionNeedsSecondPerson');
    return Object.assign(new RequisitionNeedsSecondPerson(), { message });
  }
}
