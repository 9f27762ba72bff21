import { Injectable } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Context } from '../../platform/context';
import { ID, Refusal } from '../../platform/graphql';
import { Texts } from '../../platform/i18n';
import type { LotAtFacility } from '../lot';

@ObjectType({
  implements: () => Refusal,
  description:
    'Vial monitors do not go back. Whoever read them at the discard point does not say that they are not: ask a second person.',
})
export class VvmNeedsSecondPerson implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => Int, { description: 'The stage that it stands at, 3 or 4.' })
  stage: number;
}

/** Says why a reading is not taken, in the caller's language. */
@Injectable()
export class VvmRefusals {
  constructor(private readonly texts: Texts) {}

  secondPerson(ctx: Context, { id: lotId, lotNumber, vvmStage }: LotAtFacility): VvmNeedsSecondPerson {
    const message = this.texts.say(ctx, 'inventory.vvmNeedsSecondPerson', { lotNumber });
    return Object.assign(new VvmNeedsSecondPerson(), { message, lotId, stage: vvmStage });
  }
}
