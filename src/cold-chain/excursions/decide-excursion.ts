import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { Quarantine } from '../../inventory';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { excursionDecided } from '../cold-chain.events';
import { decisionFault, type EnteredDecision, isOfAll, WASTE_REASONS } from './decision-rules';
import type { DecideExcursionResult } from './excursion.graphql';
import { ExcursionRefusals } from './excursions.refusals';
import { type ExcursionRow, ExcursionsStore, type ExposedLot, type LotDecision } from './excursions.store';
import { ReadExcursions } from './read-excursions';

export interface DecideExcursionInput {
  idempotencyKey: string;
  facilityId: string;
  excursionId: string;
  version: number;
  lots: readonly EnteredDecision[];
}

/** A second person decides what becomes of the lots of an excursion: each is released, or discarded off the ledger. */
@Injectable()
export class DecideExcursion {
  constructor(
    private readonly database: Database,
    private readonly store: ExcursionsStore,
    private readonly quarantine: Quarantine,
    private readonly reading: ReadExcursions,
    private readonly refusals: ExcursionRefusals,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND, STATE_FORBIDS when it was decided on, INVALID_INPUT when not each held lot is named once. */
  run(ctx: Context, input: DecideExcursionInput): Promise<typeof DecideExcursionResult> {
    mayAnywhere(ctx, 'excursion.decide');
    const { facilityId, excursionId } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'excursion.decide', await this.places.of(work, facilityId));
        const excursion = await this.store.lock(work, facilityId, excursionId);
        if (!excursion) throw notFound();
        await once(ctx, work, input.idempotencyKey, input, () => this.decide(ctx, work, excursion, input));
        return this.reading.of(ctx, work, (await this.store.one(work, facilityId, excursionId))!);
      }),
    );
  }

  private async decide(
    ctx: Context,
    work: UnitOfWork,
    excursion: ExcursionRow,
    { version, lots: entered }: DecideExcursionInput,
  ): Promise<string> {
    const { facilityId, id } = excursion;
    if (excursion.decidedAt) throw new AppError('STATE_FORBIDS', { state: 'DECIDED' });
    if (excursion.reportedBy.includes(ctx.actor.id ?? ctx.actor.kind))
      throw new Refused(this.refusals.secondPerson(ctx));
    if (excursion.version !== version) throw new Refused(this.refusals.changed(ctx, excursion.version));
    const held = (await this.store.lots(work, excursion)).filter(({ holdId }) => holdId !== null);
    if (
      !isOfAll(
        held.map(({ lotId }) => lotId),
        entered,
      )
    )
      throw invalid('lots', 'cold-chain.invalid.eachLotOnce');
    await this.check(ctx, work, excursion, entered);
    const decisions: LotDecision[] = [];
    for (const lot of held.toSorted((one, other) => (one.lotId < other.lotId ? -1 : 1)))
      decisions.push(
        await this.settle(
          ctx,
          work,
          excursion,
          lot,
          entered.find(one => one.lotId === lot.lotId)!,
        ),
      );
    await this.store.decide(ctx, work, excursion, decisions);
    const discardedLotIds = decisions.filter(isDiscarded).map(({ lotId }) => lotId);
    this.audit.record(ctx, work, {
      action: 'excursion.decide',
      resource: { type: 'excursion', id },
      facilityId,
      detail: { lots: decisions.length, discarded: discardedLotIds.length },
    });
    const fact = { facilityId, excursionId: id, discardedLotIds };
    this.outbox.announce(ctx, work, excursionDecided, id, fact);
    return id;
  }

  private async check(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, side, originId, openedAt }: ExcursionRow,
    entered: readonly EnteredDecision[],
  ): Promise<void> {
    const unfit = entered.flatMap(one => {
      const fault = decisionFault(one, side);
      return fault ? [{ lotId: one.lotId, fault }] : [];
    });
    if (unfit.length > 0) throw new Refused(this.refusals.unfit(ctx, unfit));
    const discarded = entered.filter(isDiscarded).map(({ lotId }) => lotId);
    const shipmentIds = await this.quarantine.setAside(work, facilityId, discarded);
    if (shipmentIds.length > 0) throw new Refused(this.refusals.setAside(ctx, shipmentIds));
    // What comes after the decision would come onto a shelf that is open again.
    const coming = originId ? await this.quarantine.onTheWay(work, facilityId, discarded) : [];
    const exposed = coming.filter(({ since }) => since <= openedAt).map(({ shipmentId }) => shipmentId);
    if (exposed.length > 0) throw new Refused(this.refusals.onTheWay(ctx, [...new Set(exposed)]));
  }

  /** What is discarded leaves the ledger before its hold ends. */
  private async settle(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, id }: ExcursionRow,
    { lotId, holdId }: ExposedLot,
    { outcome, reason, vvmStage, remark }: EnteredDecision,
  ): Promise<LotDecision> {
    const gone = { facilityId, lotId, reason: WASTE_REASONS[reason as keyof typeof WASTE_REASONS] };
    const discarded =
      outcome === 'DISCARDED' ? await this.quarantine.discard(ctx, work, { ...gone, referenceId: id }) : null;
    await this.quarantine.release(ctx, work, { facilityId, lotId, holdId: holdId! }, outcome);
    return { lotId, outcome, reason, vvmStage: vvmStage ?? null, remark: remark ?? null, discarded };
  }
}

const isDiscarded = ({ outcome }: { outcome: string }): boolean => outcome === 'DISCARDED';
