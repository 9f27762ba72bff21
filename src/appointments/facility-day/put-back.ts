import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { ServeVisitsGraphqlInput, VisitsServed } from './queue.graphql';
import { type NotInOrder, QueueRefusals } from './queue.refusals';
import { servedView } from './queue-view';
import { ServeVisits } from './serve-visits';
import { isBeforeDose } from './visit-rules';

/** Who was called did not come: others are next, and she is behind those who are due by now. */
@Injectable()
export class PutBack {
  constructor(
    private readonly serve: ServeVisits,
    private readonly refusals: QueueRefusals,
  ) {}

  /** Whoever is not called stays where she is. */
  async run(ctx: Context, input: ServeVisitsGraphqlInput): Promise<VisitsServed | NotInOrder> {
    const visits = await this.serve.run<NotInOrder>(ctx, input, async (_work, visit, { at }) => {
      if (!isBeforeDose(visit.state)) return this.refusals.notInOrder(ctx, visit);
      return visit.calledAt ? [{ step: 'PUT_BACK', at }] : [];
    });
    return Array.isArray(visits) ? servedView(ctx, visits) : visits;
  }
}
