import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Programmes } from '../../programmes';
import type { NewStep } from './move-visits';
import type { VerifyVisitsGraphqlInput, VisitsServed } from './queue.graphql';
import { type NotInOrder, QueueRefusals } from './queue.refusals';
import type { VisitRow } from './queue.store';
import { servedView } from './queue-view';
import { ServeVisits, type Told } from './serve-visits';
import { type ObservationMinutes, prolonged, USUAL_OBSERVATION, verificationOf } from './visit-rules';

/** Who she is was checked, and whether she has had a reaction to a vaccine before. */
@Injectable()
export class VerifyVisits {
  constructor(
    private readonly serve: ServeVisits,
    private readonly programmes: Programmes,
    private readonly refusals: QueueRefusals,
  ) {}

  /**
   * Whoever is verified stays so. What a device tells late is kept, and moves nobody back; an earlier reaction then makes
   * her stay longer.
   */
  async run(ctx: Context, input: VerifyVisitsGraphqlInput): Promise<VisitsServed | NotInOrder> {
    const { observation = USUAL_OBSERVATION } = (await this.programmes.current(ctx)).pack;
    const visits = await this.serve.run<NotInOrder>(ctx, input, async (_work, visit, told) => {
      const { earlierReaction } = input;
      const ruling = verificationOf(visit, earlierReaction, told.late);
      if (ruling === 'out-of-order') return this.refusals.notInOrder(ctx, visit);
      if (ruling === 'nothing-new') return [];
      return [verification(visit, earlierReaction, told, observation)];
    });
    return Array.isArray(visits) ? servedView(ctx, visits) : visits;
  }
}

function verification(
  { observedUntil, earlierReaction: before }: VisitRow,
  earlierReaction: boolean,
  { at }: Told,
  rule: ObservationMinutes,
): NewStep {
  const longer = earlierReaction && !before && observedUntil ? prolonged(observedUntil, rule) : null;
  return { step: 'VERIFIED', at, earlierReaction, observedUntil: longer };
}
