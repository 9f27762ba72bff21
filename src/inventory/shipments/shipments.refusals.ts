import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { ID, Refusal } from '../../platform/graphql';
import { Texts } from '../../platform/i18n';
import type { PackingFault } from './packing-rules';
import type { ReceiptFault } from './receipt-rules';

@ObjectType({ description: 'A product that the facility has too little of.' })
export class ProductShortage {
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => Int, {
    description: 'Doses that are missing. Expired, held and opened ones are not counted as there.',
  })
  short: number;
}

@ObjectType({
  implements: () => Refusal,
  description: 'The facility does not have so much that may be sent.',
})
export class NotEnoughStock implements Refusal {
  message: string;
  @Field(() => [ProductShortage], { description: 'What is missing.' })
  products: ProductShortage[];
}

@ObjectType({ description: 'A lot of a shipment that does not add up.' })
export class ReceiptDifference {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => Int, { description: 'Doses sent; 0: it was not sent.' })
  shipped: number;
  @Field(() => Int, { description: 'accepted + rejected + short − over, less what was sent.' })
  difference: number;
}

@ObjectType({
  implements: () => Refusal,
  description: 'What was counted does not add up to what was sent. Nothing was received.',
})
export class ReceiptDiffers implements Refusal {
  message: string;
  @Field(() => [ReceiptDifference], { description: 'The lots that do not add up.' })
  lots: ReceiptDifference[];
}

@ObjectType({ description: 'A lot that is not packed as it was set aside. Whole doses.' })
export class PackingDifference {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => Int, { description: 'Set aside; 0: it is not of the shipment.' })
  setAside: number;
  @Field(() => Int, { description: 'Said to be in the boxes together.' })
  packed: number;
}

@ObjectType({
  implements: () => Refusal,
  description: 'What is said to be in the boxes is not what was set aside. Nothing was noted.',
})
export class PackingDiffers implements Refusal {
  message: string;
  @Field(() => [PackingDifference], { description: 'The lots.' })
  lots: PackingDifference[];
}

@ObjectType({
  implements: () => Refusal,
  description:
    'Comes back unfit, and could be given here. Reject it, or hold the lot here first. Nothing was received.',
})
export class UnfitNotAccepted implements Refusal {
  message: string;
  @Field(() => [ID], { description: 'The lots.' })
  lotIds: string[];
}

/** Says why stock is not sent or received, in the caller's language. */
@Injectable()
export class ShipmentRefusals {
  constructor(private readonly texts: Texts) {}

  notEnough(ctx: Context, products: readonly ProductShortage[]): NotEnoughStock {
    const message = this.texts.say(ctx, 'inventory.notEnoughStock', { products: products.length });
    const shortages = products.map(one => Object.assign(new ProductShortage(), one));
    return Object.assign(new NotEnoughStock(), { message, products: shortages });
  }

  differs(ctx: Context, faults: readonly ReceiptFault[]): ReceiptDiffers {
    const message = this.texts.say(ctx, 'inventory.receiptDiffers', { lots: faults.length });
    const lots = faults.map(one => Object.assign(new ReceiptDifference(), one));
    return Object.assign(new ReceiptDiffers(), { message, lots });
  }

  packing(ctx: Context, faults: readonly PackingFault[]): PackingDiffers {
    const message = this.texts.say(ctx, 'inventory.packingDiffers', { lots: faults.length });
    const lots = faults.map(one => Object.assign(new PackingDifference(), one));
    return Object.assign(new PackingDiffers(), { message, lots });
  }

  unfit(ctx: Context, lines: readonly { lotId: string }[]): UnfitNotAccepted {
    const message = this.texts.say(ctx, 'inventory.unfitNotAccepted', { lots: lines.length });
    return Object.assign(new UnfitNotAccepted(), { message, lotIds: lines.map(({ lotId }) => lotId) });
  }
}
