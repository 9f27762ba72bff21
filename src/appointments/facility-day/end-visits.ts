import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { EndVisitsGraphqlInput, VisitsServed } from './queue.graphql';
import { QueueRefusals, type ReasonNeeded } from './queue.refusals';
import { servedView } from './queue-view';
import { ServeVisits } from './serve-visits';
import { endingOf } from './visit-rules';

/** Visitors go: after their time of observation; or before it, or without a dose, with the reason. */
@Injectable()
export class EndVisits {
  constructor(
    private readonly serve: ServeVisits,
    private readonly refusals: QueueRefusals,
  ) {}

  /** Whoever has gone stays gone. */
  async run(ctx: Context, input: EndVisitsGraphqlInput): Promise<VisitsServed | ReasonNeeded> {
    const { reason = null } = input;
    const visits = await this.serve.run<ReasonNeeded>(ctx, input, async (_work, visit, { at }) => {
      const ending = endingOf(visit, at, reason);
      if ('reasonNeeded' in ending) return this.refusals.reasonNeeded(ctx, visit);
      return ending.steps.map(step => ({ step, at, reason: step === 'OBSERVED' ? null : reason }));
    });
    return Array.isArray(visits) ? servedView(ctx, visits) : visits;
  }
}
