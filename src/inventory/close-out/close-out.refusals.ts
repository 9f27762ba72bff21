import { Field, ObjectType } from '@nestjs/graphql';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { ID, Refusal } from '../../platform/graphql';
import { Texts } from '../../platform/i18n';
import type { LineBalance } from './close-out-rules';
import type { Line } from './line-products';
import { SessionLot } from './session-lot.graphql';
import { sessionLot } from './session-lot-view';

@ObjectType({
  implements: () => Refusal,
  description:
    'The count does not tie out with the doses recorded. Count again, or say why in `discrepancyReason`.',
})
export class CountDiffers implements Refusal {
  message: string;
  @Field(() => [SessionLot], { description: 'Each lot that does not tie out, as it was counted now.' })
  lots: SessionLot[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'Opened vials of this lot are discarded when the session ends.',
})
export class VialsMustBeDiscarded implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
}

@ObjectType({
  implements: () => Refusal,
  description: 'Whoever counted does not decide on the difference. Ask somebody else.',
})
export class CountNeedsSecondPerson implements Refusal {
  message: string;
}

/** Says why a count is not taken, in the caller's language. */
@Injectable()
export class CloseOutRefusals {
  constructor(private readonly texts: Texts) {}

  differs(ctx: Context, lines: readonly { line: Line; balance: LineBalance }[]): CountDiffers {
    const message = this.texts.say(ctx, 'inventory.countDiffers', { lots: lines.length });
    const lots = lines.map(({ line, balance }) => sessionLot(line, balance));
    return Object.assign(new CountDiffers(), { message, lots });
  }

  mustGo(ctx: Context, { lotId, lotNumber }: Line): VialsMustBeDiscarded {
    const message = this.texts.say(ctx, 'inventory.vialsMustBeDiscarded', { lotNumber });
    return Object.assign(new VialsMustBeDiscarded(), { message, lotId });
  }

  secondPerson(ctx: Context): CountNeedsSecondPerson {
    const message = this.texts.say(ctx, 'inventory.countNeedsSecondPerson');
    return Object.assign(new CountNeedsSecondPerson(), { message });
  }
}
