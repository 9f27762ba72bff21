import { Injectable } from '@nestjs/common';
import { civilNow, Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { MoveVisits } from './move-visits';
import { type CallPartyGraphqlInput, QueueDeskEnum, type VisitParty } from './queue.graphql';
import { type CalledByAnother, type NobodyWaiting, type NotInOrder, QueueRefusals } from './queue.refusals';
import { QueueStore, type VisitRow } from './queue.store';
import { partyView } from './queue-view';
import type { VisitState } from './visit-rules';

type Refusals = NobodyWaiting | CalledByAnother | NotInOrder;

/** Whom each desk calls. */
const AT_DESK: Readonly<Record<QueueDeskEnum, VisitState>> = {
  [QueueDeskEnum.VERIFICATION]: 'WAITING',
  [QueueDeskEnum.VACCINATION]: 'VERIFIED',
};

/**
 * A desk calls whose turn it is, with those who came together, or somebody by her visit. Calls at a facility come one
 * after the other: nobody is called by two.
 */
@Injectable()
export class CallParty {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: QueueStore,
    private readonly move: MoveVisits,
    private readonly refusals: QueueRefusals,
  ) {}

  /** Throws NOT_FOUND for no such facility or visit. The same key calls the same people, however often. */
  run(ctx: Context, input: CallPartyGraphqlInput): Promise<VisitParty | Refusals> {
    mayAnywhere(ctx, 'queue.serve');
    return this.database.write(ctx, async work => {
      may(ctx, 'queue.serve', await this.places.of(work, input.facilityId));
      const refused: Refusals[] = [];
      const made = await once(ctx, work, input.idempotencyKey, input, async () => {
        const chosen = await this.choose(ctx, work, input);
        if (!Array.isArray(chosen)) {
          refused.push(chosen);
          return null;
        }
        const callId = ctx.newId();
        const call = { step: 'CALLED', station: input.station ?? null, reference: callId } as const;
        await this.move.run(
          work,
          chosen.map(visit => ({ ctx, visit, steps: [call] })),
        );
        return callId;
      });
      if (!made) return refused[0]!;
      const called = await this.store.ofCall(work, input.facilityId, made.id);
      return partyView(ctx, called[0]!.partyId, called);
    });
  }

  private async choose(
    ctx: Context,
    work: UnitOfWork,
    input: CallPartyGraphqlInput,
  ): Promise<VisitRow[] | Refusals> {
    const { facilityId, sessionId = null, visitId } = input;
    const state = AT_DESK[input.desk];
    const day = civilNow(ctx).date;
    await this.store.lock(work, facilityId, day);
    if (visitId) return this.certain(ctx, work, { facilityId, visitId }, state);
    const party = await this.store.nextParty(work, { facilityId, day, sessionId }, state);
    if (!party) return this.refusals.nobodyWaiting(ctx);
    return this.store.uncalledOf(work, facilityId, party, state);
  }

  /** Whoever called her may call her again. */
  private async certain(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, visitId }: { facilityId: string; visitId: string },
    state: VisitState,
  ): Promise<VisitRow[] | Refusals> {
    const [visit] = await this.store.toChange(work, facilityId, [visitId]);
    if (!visit) throw notFound();
    if (visit.state !== state) return this.refusals.notInOrder(ctx, visit);
    const caller = ctx.actor.id ?? ctx.actor.kind;
    if (visit.calledBy !== null && visit.calledBy !== caller)
      return this.refusals.calledByAnother(ctx, visit);
    return [visit];
  }
}
