import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../audit';
import { Places } from '../../../facilities';
import { may, mayAnywhere } from '../../../platform/access';
import type { Context } from '../../../platform/context';
import { Database, type UnitOfWork } from '../../../platform/database';
import { AppError, invalid, notFound } from '../../../platform/errors';
import { Texts } from '../../../platform/i18n';
import { TenantKeys } from '../../../tenancy';
import { seedAt } from './announce-draw';
import { announcementOf, entriesText, resultOf, resultText } from './draw-files';
import type { Draw } from './draw.graphql';
import { sha256 } from './draw-rules';
import { drawView } from './draw-view';
import { DrawNotDue } from './draws.refusals';
import { type DrawKey, type DrawRow, DrawsStore } from './draws.store';

/**
 * Ends the entering and draws. First the list is frozen and published, in a commit of its own; then, not before the
 * announced time, the seed is revealed and with it the only order that list and seed can give.
 */
@Injectable()
export class DrawLots {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: DrawsStore,
    private readonly keys: TenantKeys,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /**
   * Draws with the public value that was announced. Throws NOT_FOUND, INVALID_INPUT when none was announced,
   * STATE_FORBIDS when it was drawn before.
   */
  async run(ctx: Context, input: DrawKey & { publicValue: string }): Promise<Draw | DrawNotDue> {
    mayAnywhere(ctx, 'session.change');
    const due = await this.database.read(ctx, async work => {
      may(ctx, 'session.change', await this.places.of(work, input.facilityId));
      const draw = await this.store.draw(work, input);
      if (!draw) throw notFound();
      return draw;
    });
    if (announcementOf(due.announcement).publicValue === null)
      throw invalid('publicValue', 'appointments.draw.fault.noPublicValue');
    if (due.result) throw new AppError('STATE_FORBIDS', { state: 'drawn' });
    if (!due.entries || ctx.now() < due.drawnFrom)
      return Object.assign(new DrawNotDue(), {
        message: this.texts.say(ctx, 'appointments.draw.notDue'),
        drawnFrom: due.drawnFrom,
      });
    await this.draw(ctx, input, input.publicValue);
    return this.database.read(ctx, async work =>
      drawView((await this.store.draw(work, input))!, await this.store.entered(work, input)),
    );
  }

  /** Entering is over: whoever was entering has entered, and the list is published. Once. */
  close(ctx: Context, key: DrawKey): Promise<void> {
    return this.database.write(ctx, async work => {
      const draw = await this.openDraw(work, key);
      if (!draw || draw.closedAt) return;
      await this.store.close(ctx, work, key);
      if (draw.policy === 'FIRST_COME') return;
      const entries = entriesText(await this.store.entriesOf(work, key));
      await this.store.list(ctx, work, key, { entries, hash: Buffer.from(sha256(entries), 'hex') });
    });
  }

  /** Reveals the seed and puts the entries in their order. Once. */
  draw(ctx: Context, key: DrawKey, publicValue: string | null): Promise<void> {
    return this.database.write(ctx, async work => {
      const draw = await this.openDraw(work, key);
      if (!draw?.entries || draw.result) return;
      const seed = Buffer.from(await this.keys.open(ctx, seedAt(draw.drawId), draw.seedSealed), 'hex');
      const result = resultText(draw.announcement, draw.entries, { seed, publicValue, drawnAt: ctx.now() });
      await this.store.reveal(ctx, work, draw, { seed, result });
      await this.store.queue(work, key, resultOf(result).order);
      this.audit.record(ctx, work, {
        action: 'draw.draw',
        resource: { type: 'draw', id: draw.drawId },
        facilityId: draw.facilityId,
      });
    });
  }

  /** The draw, as it is once nobody else can enter it or change it; null when all is done with it. */
  private async openDraw(work: UnitOfWork, key: DrawKey): Promise<DrawRow | null> {
    return (await this.store.gate(work, key, 'to change')) ? this.store.draw(work, key) : null;
  }
}
