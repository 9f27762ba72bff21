import { Injectable } from '@nestjs/common';
import { startOfDay } from '../../common';
import type { Context } from '../../platform/context';
import { Refused, type UnitOfWork } from '../../platform/database';
import { LotRefusals } from '../inventory.refusals';
import { InventoryStore } from '../inventory.store';
import { shareOut, useBy } from '../open-vials/open-vial-rules';
import { VialsStore } from '../open-vials/vials.store';
import { today } from '../stock';
import { type LineBalance, type LineRecords, lossesToEnter } from './close-out-rules';
import { CloseOutStore, type LineRow } from './close-out.store';

/** Makes the ledger and the opened vials say what was counted of a lot, once the count is accepted. */
@Injectable()
export class SettleLine {
  constructor(
    private readonly store: CloseOutStore,
    private readonly stock: InventoryStore,
    private readonly vials: VialsStore,
    private readonly refusals: LotRefusals,
  ) {}

  /** The lot's stock must be locked. Throws {@link Refused} with LotNotInStock when more is wasted than is on hand. */
  async run(
    ctx: Context,
    work: UnitOfWork,
    line: LineRow & Pick<LineRecords, 'dosesPerVial' | 'openVialHours'>,
    balance: LineBalance,
    countId: string,
  ): Promise<void> {
    await this.enterLosses(ctx, work, line, balance, countId);
    await this.putAway(ctx, work, line, balance);
    await this.store.accept(work, line, balance.returnedOpen);
  }

  private async enterLosses(
    ctx: Context,
    work: UnitOfWork,
    line: LineRow,
    balance: LineBalance,
    countId: string,
  ): Promise<void> {
    const { facilityId, sessionId, lotId } = line;
    // What is taken back first, so that it is there to be counted under another reason.
    const losses = lossesToEnter(line, balance).sort((one, other) => one.doses - other.doses);
    for (const { account, reason, doses } of losses) {
      const move = {
        facilityId,
        sessionId,
        lotId,
        reason,
        doses: Math.abs(doses),
        referenceId: `${countId}/${reason}`,
        day: today(ctx),
      };
      const entered =
        doses > 0
          ? await this.stock.waste(ctx, work, { ...move, from: 'on-hand', to: account })
          : await this.stock.takeBack(ctx, work, { ...move, from: account, to: 'on-hand' });
      if (!entered) throw new Refused(await this.notInStock(ctx, work, line));
    }
  }

  private async notInStock(ctx: Context, work: UnitOfWork, { facilityId, lotId }: LineRow): Promise<object> {
    const lot = await this.stock.lotAt(work, facilityId, lotId);
    return this.refusals.of(ctx, 'not-in-stock', lotId, lot);
  }

  /**
   * What came back open stays for whichever session draws from it next; nothing is left in the other vials. When it is
   * counted anew, what an earlier count kept and others have drawn since lies in no vial of this session any more.
   */
  private async putAway(
    ctx: Context,
    work: UnitOfWork,
    line: LineRow & Pick<LineRecords, 'dosesPerVial' | 'openVialHours'>,
    { returnedOpen }: LineBalance,
  ): Promise<void> {
    const { facilityId, sessionId, lotId, dosesPerVial } = line;
    const vials = await this.vials.ofLine(work, line);
    const kept = vials.filter(vial => vial.sessionId === null).reduce((sum, { left }) => sum + left, 0);
    const { left, over } = shareOut(Math.max(0, returnedOpen - (line.returned - kept)), vials);
    for (const vial of vials) await this.vials.keep(work, vial, left.get(vial.id)!, sessionId);
    if (over === 0) return;
    // Nobody said when these were opened: as early as can be, at the beginning of today.
    const openedAt = startOfDay(today(ctx), ctx.tenant!.timeZone);
    const end = useBy(openedAt, line.openVialHours!, line.expiresOn, ctx.tenant!.timeZone);
    const vial = { facilityId, lotId, sessionId: null, doses: dosesPerVial, openedAt, useBy: end };
    for (let rest = over; rest > 0; rest -= dosesPerVial)
      await this.vials.add(ctx, work, { ...vial, left: Math.min(rest, dosesPerVial) }, sessionId);
  }
}
