import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Quarantine } from '../../inventory';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { FactListeners, Outbox } from '../../platform/events';
import { excursionOpened, lotsExposed } from '../cold-chain.events';
import { bearingsOn } from './alarm-rules';
import { Bearings } from './bearings';
import { type ExcursionRow, ExcursionsStore } from './excursions.store';
import { ExposeStock } from './expose-stock';

/**
 * A logger's file is often read weeks after: what it tells of has gone on to other places by then. Each of them gets an
 * excursion of its own that names the first, holds the lots there, and is decided on there. From there it goes on in the
 * same way, by the fact that lots were exposed.
 */
@Injectable()
export class FollowStock implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: ExcursionsStore,
    private readonly quarantine: Quarantine,
    private readonly bearings: Bearings,
    private readonly expose: ExposeStock,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(lotsExposed, (ctx, { payload }) => this.run(ctx, payload));
  }

  /** Once for each lot and place, however often the fact is told. */
  async run(
    ctx: Context,
    exposed: { facilityId: string; excursionId: string; lotIds: readonly string[] },
  ): Promise<void> {
    const { facilityId, excursionId, lotIds } = exposed;
    const found = await this.database.read(ctx, async work => {
      const excursion = await this.store.one(work, facilityId, excursionId);
      const sent = await this.quarantine.sentOn(work, facilityId, lotIds, excursion!.fromAt);
      return { excursion: excursion!, sent };
    });
    const home = found.excursion.originFacilityId ?? facilityId;
    // What came back is in the first one.
    const away = found.sent.filter(({ toFacilityId }) => toFacilityId !== home);
    await this.inheritAll(
      ctx,
      found.excursion,
      away.map(({ lotId, toFacilityId }) => ({ lotId, place: toFacilityId })),
    );
  }

  /**
   * Lots that were in a box in the equipment just then, by what carried them, and the places that have them or will: as if
   * they had been sent on from there. Those that do not suffer by it are passed over. Once for each lot and place.
   */
  async carried(
    ctx: Context,
    { facilityId, excursionId }: { facilityId: string; excursionId: string },
    lots: readonly { lotId: string; productCode: string; place: string }[],
  ): Promise<void> {
    const bearings = await this.bearings.of(ctx);
    const found = await this.database.read(ctx, async work => {
      const excursion = (await this.store.one(work, facilityId, excursionId))!;
      return { excursion, here: (await this.store.lots(work, excursion)).map(({ lotId }) => lotId) };
    });
    const { side, storageClass } = found.excursion;
    const kept = bearingsOn(side, bearings).find(({ code }) => code === storageClass);
    const suffer = lots.filter(
      ({ lotId, productCode, place }) =>
        // A class that the country no longer has: nobody can say what it was, so nothing is passed over.
        (!kept || kept.productCodes.includes(productCode)) &&
        !(place === facilityId && found.here.includes(lotId)),
    );
    await this.inheritAll(ctx, found.excursion, suffer);
  }

  private async inheritAll(
    ctx: Context,
    excursion: ExcursionRow,
    lots: readonly { lotId: string; place: string }[],
  ): Promise<void> {
    const origin = {
      facilityId: excursion.originFacilityId ?? excursion.facilityId,
      id: excursion.originId ?? excursion.id,
    };
    for (const place of new Set(lots.map(lot => lot.place))) {
      const lotIds = [...new Set(lots.filter(lot => lot.place === place).map(({ lotId }) => lotId))];
      await this.database.write(ctx, work => this.inherit(ctx, work, { excursion, origin, place, lotIds }));
    }
  }

  private async inherit(
    ctx: Context,
    work: UnitOfWork,
    {
      excursion,
      origin,
      place,
      lotIds,
    }: {
      excursion: ExcursionRow;
      origin: { facilityId: string; id: string };
      place: string;
      lotIds: readonly string[];
    },
  ): Promise<void> {
    const known = new Set(await this.store.lotsOfOrigin(work, place, origin));
    const fresh = lotIds.filter(lotId => !known.has(lotId));
    if (fresh.length === 0) return;
    const opened = await this.store.open(ctx, work, {
      ...excursion,
      facilityId: place,
      originFacilityId: origin.facilityId,
      originId: origin.id,
      loggerId: null,
    });
    const here = opened ?? (await this.store.ofOrigin(work, place, origin))!;
    if (opened) {
      this.audit.record(ctx, work, {
        action: 'excursion.open',
        resource: { type: 'excursion', id: here.id },
        facilityId: place,
        detail: { originId: origin.id },
      });
      const fact = { facilityId: place, excursionId: here.id };
      this.outbox.announce(ctx, work, excursionOpened, here.id, fact);
    } else await this.store.raiseVersion(work, here);
    const onHand = await this.quarantine.onHand(work, place, fresh);
    const coming = await this.quarantine.onTheWay(work, place, fresh);
    // What is still on its way counts as there: it is held before it comes.
    const lots = fresh.map(lotId => ({
      lotId,
      doses: coming
        .filter(lot => lot.lotId === lotId)
        .reduce((sum, { doses }) => sum + doses, onHand.get(lotId) ?? 0),
      isThere: true,
    }));
    await this.expose.add(ctx, work, here, lots);
  }
}
