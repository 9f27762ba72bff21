import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places, SessionsStore } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { type ProductRow, Programmes } from '../../programmes';
import { sessionCountReopened, vialOpened } from '../inventory.events';
import { LotRefusals } from '../inventory.refusals';
import { InventoryStore } from '../inventory.store';
import type { LotAtFacility } from '../lot';
import { today } from '../stock';
import { type DrawRefusal, refusalToDraw } from '../stock-rules';
import { isVaccine } from '../units/unit-rules';
import { useBy } from './open-vial-rules';
import type { OpenVialResult } from './vial.graphql';
import { asVial } from './vial-view';
import { VialsStore } from './vials.store';

export interface OpenVialInput {
  idempotencyKey: string;
  facilityId: string;
  lotId: string;
  sessionId?: string | null;
}

/** A vial of several doses is opened: doses of its lot are drawn from it before others, until its time is over. */
@Injectable()
export class OpenVial {
  constructor(
    private readonly database: Database,
    private readonly stock: InventoryStore,
    private readonly store: VialsStore,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly programmes: Programmes,
    private readonly refusals: LotRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws INVALID_INPUT for a lot whose vials hold one dose, and for a session that is not held here today. */
  run(ctx: Context, input: OpenVialInput): Promise<typeof OpenVialResult> {
    mayAnywhere(ctx, 'stock.open-vial');
    return this.database.write(ctx, async work => {
      const { facilityId, lotId } = input;
      may(ctx, 'stock.open-vial', await this.places.of(work, facilityId));
      await this.checkSession(ctx, work, input);
      let refusal: DrawRefusal = 'not-in-stock';
      const opened = await once(ctx, work, input.idempotencyKey, input, async () => {
        const found = await this.sealed(ctx, work, input);
        if ('refusal' in found) refusal = found.refusal;
        return 'refusal' in found ? null : this.open(ctx, work, input, found);
      });
      if (opened) return asVial(ctx, (await this.store.vial(work, facilityId, opened.id))!);
      const lot = await this.stock.lotAt(work, facilityId, lotId);
      return this.refusals.of(ctx, refusal, lotId, lot);
    });
  }

  private async checkSession(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, sessionId }: OpenVialInput,
  ): Promise<void> {
    if (!sessionId) return;
    const session = await this.sessions.session(work, facilityId, sessionId);
    if (session?.date !== today(ctx) || session.state === 'CANCELLED')
      throw invalid('sessionId', 'inventory.invalid.session');
  }

  /** The lot, locked, with a whole vial of it that nobody has opened; or why there is none to be used. */
  private async sealed(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, lotId }: OpenVialInput,
  ): Promise<{ lot: LotAtFacility; product: ProductRow } | { refusal: DrawRefusal }> {
    await this.stock.lockLots(work, facilityId, [lotId]);
    const lot = await this.stock.lotAt(work, facilityId, lotId);
    if (!lot || !isVaccine(lot)) return { refusal: 'not-in-stock' };
    const products = await this.programmes.products(ctx, work);
    const product = products.find(({ code }) => code === lot.productCode)!;
    if (product.openVialHours === null) throw invalid('lotId', 'inventory.invalid.singleDose');
    const inVials = lot.openVials.reduce((sum, { doses }) => sum + doses, 0);
    const unopened = { ...lot, doses: lot.doses - inVials, openVials: [] };
    const refusal = refusalToDraw(unopened, product.dosesPerVial, today(ctx), ctx.now());
    return refusal ? { refusal } : { lot, product };
  }

  private async open(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, lotId, sessionId = null }: OpenVialInput,
    { lot, product }: { lot: LotAtFacility; product: ProductRow },
  ): Promise<string> {
    const { dosesPerVial: doses, openVialHours } = product;
    const openedAt = ctx.now();
    const end = useBy(openedAt, openVialHours!, lot.expiresOn, ctx.tenant!.timeZone);
    const vial = { facilityId, lotId, sessionId, doses, left: doses, openedAt, useBy: end };
    const vialId = await this.store.add(ctx, work, vial);
    if (sessionId && (await this.store.addOpened(work, { facilityId, sessionId, lotId }, doses)))
      this.outbox.announce(ctx, work, sessionCountReopened, sessionId, { facilityId, sessionId, lotId });
    this.audit.record(ctx, work, {
      action: 'stock.open-vial',
      resource: { type: 'vial', id: vialId },
      facilityId,
      detail: { lotId, sessionId },
    });
    this.outbox.announce(ctx, work, vialOpened, facilityId, { facilityId, lotId, vialId });
    return vialId;
  }
}
