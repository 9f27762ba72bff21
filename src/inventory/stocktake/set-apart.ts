import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { InventoryStore, type Move } from '../inventory.store';
import { today } from '../stock';
import type { Unfit } from './stocktake-rules';

/** What a count took off the shelf. */
interface Apart {
  id: string;
  setApart: Unfit;
}

type Shelf = Pick<Move, 'facilityId' | 'lotId'>;

/**
 * Doses that a count found unfit, from the moment they were found until somebody decides. The lot's stock must be locked.
 */
@Injectable()
export class SetApart {
  constructor(private readonly stock: InventoryStore) {}

  takeOff(ctx: Context, work: UnitOfWork, shelf: Shelf, count: Apart): Promise<void> {
    return this.each(ctx, shelf, count, move =>
      this.stock.waste(ctx, work, { ...move, from: 'on-hand', to: 'set-apart' }),
    );
  }

  /** The lot is counted anew, and nothing of it has been found unfit yet. */
  putBack(ctx: Context, work: UnitOfWork, shelf: Shelf, count: Apart): Promise<void> {
    return this.each(ctx, shelf, count, move =>
      this.stock.takeBack(ctx, work, { ...move, from: 'set-apart', to: 'on-hand' }),
    );
  }

  /** Nobody will decide on the count, and a finding is not undone with it. */
  giveUp(ctx: Context, work: UnitOfWork, shelf: Shelf, count: Apart): Promise<void> {
    return this.each(ctx, shelf, count, move =>
      this.stock.pass(ctx, work, { ...move, from: 'set-apart', to: 'wasted' }),
    );
  }

  private async each(
    ctx: Context,
    { facilityId, lotId }: Shelf,
    { id, setApart }: Apart,
    enter: (move: Omit<Move, 'from' | 'to'>) => Promise<string | null>,
  ): Promise<void> {
    for (const [reason, doses] of Object.entries(setApart)) {
      const referenceId = `${id}/${reason}`;
      const move = { facilityId, lotId, doses, reason, referenceId, day: today(ctx) };
      if (!(await enter(move))) throw new AppError('CONFLICT'); // the rows are locked: they were there
    }
  }
}
