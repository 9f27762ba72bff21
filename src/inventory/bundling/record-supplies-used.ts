import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places, SessionsStore } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { suppliesUsed } from '../inventory.events';
import { LotRefusals } from '../inventory.refusals';
import { InventoryStore } from '../inventory.store';
import { today } from '../stock';
import { refusalToDraw } from '../stock-rules';
import { Counts } from '../units/counts';
import type { RecordSuppliesUsedResult } from './bundling.graphql';
import { ReadSessionSupplies } from './read-session-supplies';

export interface RecordSuppliesUsedInput {
  idempotencyKey: string;
  facilityId: string;
  sessionId: string;
  lots: readonly { lotId: string; pieces: number }[];
}

/** A session says what it used of supplies: what is proposed, or what was counted. All of it leaves the shelf, or none. */
@Injectable()
export class RecordSuppliesUsed {
  constructor(
    private readonly database: Database,
    private readonly stock: InventoryStore,
    private readonly counts: Counts,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly read: ReadSessionSupplies,
    private readonly refusals: LotRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Throws NOT_FOUND, STATE_FORBIDS for a session that was cancelled, INVALID_INPUT for one that has not begun, for a
   * lot named twice and for a lot of a vaccine.
   */
  async run(ctx: Context, input: RecordSuppliesUsedInput): Promise<typeof RecordSuppliesUsedResult> {
    mayAnywhere(ctx, 'stock.close-out');
    const supplies = await this.read.supplies(ctx);
    const { facilityId, sessionId, lots } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stock.close-out', await this.places.of(work, facilityId));
        const session = await this.sessions.session(work, facilityId, sessionId);
        if (!session) throw notFound();
        if (session.state === 'CANCELLED') throw new AppError('STATE_FORBIDS', { state: session.state });
        if (session.date > today(ctx)) throw invalid('sessionId', 'inventory.invalid.session');
        if (new Set(lots.map(({ lotId }) => lotId)).size < lots.length)
          throw invalid('lots', 'inventory.invalid.lotTwice');
        await this.counts.ofLots(work, lots);
        await once(ctx, work, input.idempotencyKey, input, async () => {
          await this.use(ctx, work, input);
          return sessionId;
        });
        return this.read.of(ctx, work, { facilityId, sessionId, supplies });
      }),
    );
  }

  private async use(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, sessionId, lots }: RecordSuppliesUsedInput,
  ): Promise<void> {
    const ids = lots.map(({ lotId }) => lotId);
    await this.stock.lockLots(work, facilityId, ids);
    for (const { lotId, pieces } of lots) {
      const lot = await this.stock.lotAt(work, facilityId, lotId);
      const refusal = refusalToDraw(lot, pieces, today(ctx), ctx.now());
      if (refusal) throw new Refused(this.refusals.of(ctx, refusal, lotId, lot));
      const move = { facilityId, lotId, sessionId, doses: pieces, from: 'on-hand', to: 'given' } as const;
      const why = { reason: 'used', referenceId: null, day: today(ctx) };
      // The rows are locked: what the rule let through the statement lets through.
      if (!(await this.stock.draw(ctx, work, { ...move, ...why }))) throw new AppError('CONFLICT');
    }
    this.audit.record(ctx, work, {
      action: 'stock.use-supplies',
      resource: { type: 'session', id: sessionId },
      facilityId,
      detail: { lots: lots.length },
    });
    this.outbox.announce(ctx, work, suppliesUsed, facilityId, { facilityId, sessionId });
  }
}
