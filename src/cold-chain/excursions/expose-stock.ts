import { Injectable } from '@nestjs/common';
import { Quarantine } from '../../inventory';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { lotsExposed } from '../cold-chain.events';
import { type ExcursionRow, ExcursionsStore } from './excursions.store';

/** A lot to be kept apart: what is on hand, and whether there is anything to be kept. */
interface FoundLot {
  lotId: string;
  doses: number;
  isThere: boolean;
}

/** Lots that were in an excursion are kept apart at that place until somebody has decided. */
@Injectable()
export class ExposeStock {
  constructor(
    private readonly store: ExcursionsStore,
    private readonly quarantine: Quarantine,
    private readonly outbox: Outbox,
  ) {}

  /** Adds what the ledger says was there and that is not in the excursion yet; in the caller's unit of work. */
  async run(
    ctx: Context,
    work: UnitOfWork,
    excursion: ExcursionRow,
    productCodes: readonly string[],
  ): Promise<void> {
    const { facilityId, fromAt: from, toAt: to } = excursion;
    const present = await this.quarantine.present(ctx, work, { facilityId, productCodes, from, to });
    const known = new Set((await this.store.lots(work, excursion)).map(({ lotId }) => lotId));
    await this.add(
      ctx,
      work,
      excursion,
      present
        .filter(({ lotId }) => !known.has(lotId))
        .map(({ lotId, doses, setAside }) => ({ lotId, doses, isThere: doses + setAside > 0 })),
    );
  }

  /** Adds these lots. What is gone is told and not held. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    excursion: Pick<ExcursionRow, 'facilityId' | 'id'>,
    lots: readonly FoundLot[],
  ): Promise<void> {
    if (lots.length === 0) return;
    const { facilityId, id: excursionId } = excursion;
    for (const { lotId, doses, isThere } of lots) {
      const held = { facilityId, lotId, reason: 'COLD_CHAIN_EXCURSION', endedBy: 'EXCURSION' } as const;
      const holdId = isThere ? await this.quarantine.hold(ctx, work, held) : null;
      await this.store.addLot(ctx, work, excursion, { lotId, doses, holdId });
    }
    const lotIds = lots.map(({ lotId }) => lotId);
    this.outbox.announce(ctx, work, lotsExposed, excursionId, { facilityId, excursionId, lotIds });
  }

  /** One excursion turns out to be a part of another: what it held is held by the whole, each lot once. */
  async join(ctx: Context, work: UnitOfWork, part: ExcursionRow, whole: ExcursionRow): Promise<void> {
    const { facilityId } = whole;
    const known = new Map((await this.store.lots(work, whole)).map(lot => [lot.lotId, lot]));
    for (const lot of await this.store.lots(work, part)) {
      const there = known.get(lot.lotId);
      if (!there) await this.store.addLot(ctx, work, whole, lot);
      else if (lot.holdId && !there.holdId) await this.store.setHold(work, whole, lot);
      else if (lot.holdId)
        await this.quarantine.release(
          ctx,
          work,
          { facilityId, lotId: lot.lotId, holdId: lot.holdId },
          'JOINED',
        );
    }
    await this.store.join(ctx, work, part, whole);
  }
}
