import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { ID, Refusal } from '../../platform/graphql';
import { Texts } from '../../platform/i18n';
import type { ReturnExcess } from './return-rules';

@ObjectType({ description: 'A lot of which less can go back than was wanted.' })
export class ReturnableLot {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => Int, {
    description:
      'Doses that can go back: that came with the shipment, did not go back before, and are there unopened.',
  })
  returnable: number;
}

@ObjectType({
  implements: () => Refusal,
  description: 'More is to go back than came with the shipment, or than is there. Nothing was set aside.',
})
export class MoreThanReturnable implements Refusal {
  message: string;
  @Field(() => [ReturnableLot], { description: 'The lots of which that is so.' })
  lots: ReturnableLot[];
}

/** Says why stock does not go back, in the caller's language. */
@Injectable()
export class ReturnRefusals {
  constructor(private readonly texts: Texts) {}

  tooMuch(ctx: Context, excess: readonly ReturnExcess[]): MoreThanReturnable {
    const message = this.texts.say(ctx, 'inventory.moreThanReturnable', { lots: excess.length });
    const lots = excess.map(one => Object.assign(new ReturnableLot(), one));
    return Object.assign(new MoreThanReturnable(), { message, lots });
  }
}
