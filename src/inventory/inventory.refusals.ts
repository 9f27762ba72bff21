import { Field, ObjectType } from '@nestjs/graphql';
import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { DateScalar, ID, Refusal } from '../platform/graphql';
import { Texts } from '../platform/i18n';
import type { Lot } from './lot';
import type { DrawRefusal } from './stock-rules';
import { amountOf } from './units/unit-rules';
import { StockAmount } from './units/unit.graphql';

@ObjectType({
  implements: () => Refusal,
  description:
    'The facility does not have so much of the lot, or had not on that day. The amounts are those on hand.',
})
export class LotNotInStock extends StockAmount implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The lot asked for. `stock` says which lots the facility has.' })
  lotId: string;
}

@ObjectType({ implements: () => Refusal, description: 'The lot had expired on that day.' })
export class LotExpired implements Refusal {
  message: string;
  @Field(() => String, { description: 'Its number as printed on the vial.' })
  lotNumber: string;
  @Field(() => DateScalar, { description: 'The last day on which it could be used.' })
  expiresOn: string;
}

@ObjectType({
  implements: () => Refusal,
  description: 'The lot must not be used until its hold is released.',
})
export class LotOnHold implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The lot. Keep its doses apart and take another.' })
  lotId: string;
}

@ObjectType({
  implements: () => Refusal,
  description:
    'The same lot of the same product is known with another expiry date. One of the two was misread.',
})
export class LotDiffers implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The lot as it is known.' })
  lotId: string;
  @Field(() => DateScalar, { description: 'The expiry date it is known with.' })
  expiresOn: string;
}

/** Says why no dose can be taken from a lot, in the caller's language. */
@Injectable()
export class LotRefusals {
  constructor(private readonly texts: Texts) {}

  of(
    ctx: Context,
    refusal: DrawRefusal,
    lotId: string,
    lot: (Lot & { doses?: number }) | null,
  ): LotNotInStock | LotExpired | LotOnHold {
    const lotNumber = lot?.lotNumber ?? '';
    if (refusal === 'on-hold') {
      const message = this.texts.say(ctx, 'inventory.lotOnHold', { lotNumber });
      return Object.assign(new LotOnHold(), { message, lotId });
    }
    if (refusal === 'expired' && lot) return this.expired(ctx, lot);
    const amount = amountOf(lot?.unit ?? 'DOSE', lot?.doses ?? 0);
    const message =
      amount.unit === 'DOSE'
        ? this.texts.say(ctx, 'inventory.lotNotInStock', { doses: amount.doses })
        : this.texts.say(ctx, 'inventory.supplyNotInStock', { pieces: amount.pieces });
    return Object.assign(new LotNotInStock(), { message, lotId, ...amount });
  }

  expired(ctx: Context, { lotNumber, expiresOn }: Pick<Lot, 'lotNumber' | 'expiresOn'>): LotExpired {
    const message = this.texts.say(ctx, 'inventory.lotExpired', { lotNumber, date: expiresOn });
    return Object.assign(new LotExpired(), { message, lotNumber, expiresOn });
  }
}
