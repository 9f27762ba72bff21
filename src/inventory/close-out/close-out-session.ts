import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places, SessionsStore } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { sessionCounted } from '../inventory.events';
import { WasteReason } from '../inventory.graphql';
import { InventoryStore } from '../inventory.store';
import { today } from '../stock';
import { balanceOf, keepsWhatMustGo, type LineBalance, type LineCount } from './close-out-rules';
import type { CloseOutResult } from './close-out.graphql';
import { CloseOutRefusals } from './close-out.refusals';
import { CloseOutStore } from './close-out.store';
import { type Line, LineProducts } from './line-products';
import { ReadCloseOut } from './read-close-out';
import { SettleLine } from './settle-line';

export interface CloseOutSessionInput {
  idempotencyKey: string;
  facilityId: string;
  sessionId: string;
  lots: readonly LineCount[];
  discrepancyReason?: string | null;
}

/**
 * The end of a session: what was opened and brought was given, wasted or goes back open, lot by lot, or the count is
 * refused with the difference. With a reason it is taken as it is, and a second person decides.
 */
@Injectable()
export class CloseOutSession {
  constructor(
    private readonly database: Database,
    private readonly store: CloseOutStore,
    private readonly stock: InventoryStore,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly products: LineProducts,
    private readonly settle: SettleLine,
    private readonly read: ReadCloseOut,
    private readonly refusals: CloseOutRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND, STATE_FORBIDS for a session that was cancelled, INVALID_INPUT for one that has not begun. */
  run(ctx: Context, input: CloseOutSessionInput): Promise<typeof CloseOutResult> {
    mayAnywhere(ctx, 'stock.close-out');
    const { facilityId, sessionId } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stock.close-out', await this.places.of(work, facilityId));
        const session = await this.sessions.session(work, facilityId, sessionId);
        if (!session) throw notFound();
        if (session.state === 'CANCELLED') throw new AppError('STATE_FORBIDS', { state: session.state });
        if (session.date > today(ctx)) throw invalid('sessionId', 'inventory.invalid.session');
        await once(ctx, work, input.idempotencyKey, input, async () => {
          await this.sessions.end(ctx, work, session, 'CLOSED', null);
          await this.count(ctx, work, input);
          return sessionId;
        });
        return this.read.of(ctx, work, facilityId, sessionId);
      }),
    );
  }

  private async count(ctx: Context, work: UnitOfWork, input: CloseOutSessionInput): Promise<void> {
    const { facilityId, sessionId, discrepancyReason = null } = input;
    const counted = await this.counted(ctx, work, input);
    const differ = counted.filter(({ balance }) => balance.difference !== 0);
    if (differ.length > 0 && !discrepancyReason) throw new Refused(this.refusals.differs(ctx, differ));
    const kept = counted.find(({ line, balance }) => keepsWhatMustGo(line, balance));
    if (kept) throw new Refused(this.refusals.mustGo(ctx, kept.line));
    for (const { line, balance } of counted) {
      const countId = await this.store.addCount(ctx, work, line, balance, discrepancyReason);
      await (balance.difference === 0
        ? this.settle.run(ctx, work, line, balance, countId)
        : this.store.setState(work, line, 'DISPUTED'));
    }
    this.audit.record(ctx, work, {
      action: 'stock.close-out',
      resource: { type: 'session', id: sessionId },
      facilityId,
      detail: { lots: counted.length, disputed: differ.length },
    });
    const disputed = differ.length > 0;
    this.outbox.announce(ctx, work, sessionCounted, sessionId, { facilityId, sessionId, disputed });
  }

  /** Every lot of the session, locked, with what it comes to. A closed line that nobody counts again stays as it is. */
  private async counted(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, sessionId, lots }: CloseOutSessionInput,
  ): Promise<{ line: Line; balance: LineBalance }[]> {
    const counts = new Map(lots.map(count => [count.lotId, count]));
    if (counts.size < lots.length) throw invalid('lots', 'inventory.invalid.lotTwice');
    const used = await this.store.lotsOf(work, facilityId, sessionId);
    await this.stock.lockLots(work, facilityId, [...used, ...counts.keys()]);
    await this.store.addLines(work, facilityId, sessionId, [...counts.keys()]);
    const rows = await this.store.lines(work, facilityId, sessionId);
    const lines = await this.products.of(ctx, work, rows);
    if ([...counts.keys()].some(id => !lines.some(({ lotId }) => lotId === id)))
      throw invalid('lots', 'inventory.invalid.lotNeverHere');
    return lines
      .filter(({ lotId, state }) => counts.has(lotId) || state !== 'CLOSED')
      .map(line => ({
        line,
        balance: balanceOf(line, counts.get(line.lotId) ?? null, Object.values(WasteReason)),
      }));
  }
}
