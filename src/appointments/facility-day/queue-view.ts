import type { Context } from '../../platform/context';
import { SessionQueue, Visit, VisitParty, VisitsServed } from './queue.graphql';
import type { QueueRow, VisitRow } from './queue.store';
import { stateAt } from './visit-rules';

export const queueView = (queue: QueueRow): SessionQueue => Object.assign(new SessionQueue(), queue);

/** A visit as it is now, whoever has written down what the clock says. */
export const visitView = (ctx: Context, visit: VisitRow): Visit =>
  Object.assign(new Visit(), visit, { state: stateAt(visit, ctx.now()) });

export const partyView = (ctx: Context, id: string, visits: readonly VisitRow[]): VisitParty =>
  Object.assign(new VisitParty(), { id, visits: visits.map(visit => visitView(ctx, visit)) });

export const servedView = (ctx: Context, visits: readonly VisitRow[]): VisitsServed =>
  Object.assign(new VisitsServed(), { visits: visits.map(visit => visitView(ctx, visit)) });
