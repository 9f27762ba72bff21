import { Injectable } from '@nestjs/common';
import { Places, SessionsStore } from '../../facilities';
import { pickText } from '../../localisation';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { type PackSupply, Programmes } from '../../programmes';
import { ReadCloseOut } from '../close-out/read-close-out';
import { InventoryStore } from '../inventory.store';
import type { LotAtFacility } from '../lot';
import { firstExpiredFirstOut } from '../shipments/allocation-rules';
import { today } from '../stock';
import { piecesNeeded } from './bundling-rules';
import { ProposedLot, SessionSupply, SessionSupplies } from './bundling.graphql';
import { BundlingStore } from './bundling.store';

/** What a session used of supplies, and what goes with the vaccines that it used. */
@Injectable()
export class ReadSessionSupplies {
  constructor(
    private readonly database: Database,
    private readonly store: BundlingStore,
    private readonly stock: InventoryStore,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly programmes: Programmes,
    private readonly closeOut: ReadCloseOut,
  ) {}

  /** Throws NOT_FOUND for a session that is not there. */
  async run(ctx: Context, facilityId: string, sessionId: string): Promise<SessionSupplies> {
    const supplies = await this.supplies(ctx);
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      if (!(await this.sessions.session(work, facilityId, sessionId))) throw notFound();
      return this.of(ctx, work, { facilityId, sessionId, supplies });
    });
  }

  /** The supplies of the country, to be asked before a unit of work. */
  async supplies(ctx: Context): Promise<readonly PackSupply[]> {
    return (await this.programmes.current(ctx)).pack.supplies ?? [];
  }

  /** Those that the session needed or used, by their codes. */
  async of(
    ctx: Context,
    work: UnitOfWork,
    {
      facilityId,
      sessionId,
      supplies,
    }: { facilityId: string; sessionId: string; supplies: readonly PackSupply[] },
  ): Promise<SessionSupplies> {
    const { lots: vaccines } = await this.closeOut.of(ctx, work, facilityId, sessionId);
    const used = await this.store.usedIn(work, facilityId, sessionId);
    const wanted = supplies
      .map(supply => ({
        supply,
        needed: piecesNeeded(supply.needs, vaccines),
        used: used.get(supply.code) ?? 0,
      }))
      .filter(row => row.needed > 0 || row.used > 0);
    const shelf = await this.shelf(
      work,
      facilityId,
      wanted.map(({ supply }) => supply.code),
    );
    return Object.assign(new SessionSupplies(), {
      facilityId,
      sessionId,
      supplies: wanted.map(({ supply: { code, name }, ...row }) => {
        const lots = shelf.filter(lot => lot.productCode === code);
        const missing = Math.max(0, row.needed - row.used);
        const { lots: chosen, short } = firstExpiredFirstOut(lots, missing, today(ctx), ctx.now());
        return Object.assign(new SessionSupply(), {
          ...row,
          productCode: code,
          productName: pickText(name, ctx.languages) ?? code,
          short,
          proposed: chosen.map(({ lotId, doses: pieces }) =>
            Object.assign(new ProposedLot(), {
              lotId,
              pieces,
              lotNumber: lots.find(({ id }) => id === lotId)!.lotNumber,
            }),
          ),
        });
      }),
    });
  }

  private async shelf(
    work: UnitOfWork,
    facilityId: string,
    codes: readonly string[],
  ): Promise<LotAtFacility[]> {
    const ids = await this.stock.lotIdsOf(work, facilityId, codes);
    return this.stock.lotsWhere(
      work,
      ids.map(lotId => ({ facilityId, lotId })),
    );
  }
}
