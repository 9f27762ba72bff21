import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Quarantine } from '../../inventory';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { FactListeners, Outbox } from '../../platform/events';
import { excursionOpened, lotsExposed } from '../cold-chain.events';
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
    const origin = {
      facilityId: found.excursion.originFacilityId ?? facilityId,
      id: found.excursion.originId ?? excursionId,
    };
    const places = new Set(found.sent.map(({ toFacilityId }) => toFacilityId));
    places.delete(origin.facilityId); // what came back is in the first one
    for (const place of places) {
      const here = found.sent.filter(({ toFacilityId }) => toFacilityId === place).map(({ lotId }) => lotId);
      await this.database.write(ctx, work =>
        this.inherit(ctx, work, { excursion: found.excursion, origin, place, lotIds: here }),
      );
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
    // What is still on its way counts as there: it is held before it comes.
    const lots = fresh.map(lotId => ({ lotId, doses: onHand.get(lotId) ?? 0, isThere: true }));
    await this.expose.add(ctx, work, here, lots);
  }
}
