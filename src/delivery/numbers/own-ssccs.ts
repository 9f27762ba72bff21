import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { NumbersStore } from './numbers.store';
import { drawnBy, ssccOf, ssccsUnder } from './sscc-rules';

/** How often numbers are drawn anew for those that were given out before; so many only fail when few are left. */
const DRAWS = 50;

/** Gives out SSCCs under the country's GS1 company prefix: drawn by lot, so that nobody waits for whoever drew before. */
@Injectable()
export class OwnSsccs {
  constructor(private readonly store: NumbersStore) {}

  /**
   * The id of so many new ones, in the caller's unit of work; null while the country has no prefix. Throws CONFLICT
   * when too few are left under it: another prefix is needed.
   */
  async issue(ctx: Context, work: UnitOfWork, count: number): Promise<string | null> {
    const prefix = await this.store.prefix(work);
    if (prefix === null) return null;
    const issueId = ctx.newId();
    let missing = count;
    for (let draws = 0; missing > 0; draws++) {
      if (draws === DRAWS) throw new AppError('CONFLICT');
      const drawn = Array.from({ length: missing }, () =>
        ssccOf(prefix, drawnBy(ctx.newId(), ssccsUnder(prefix))),
      );
      missing -= (await this.store.issue(ctx, work, issueId, [...new Set(drawn)])).length;
    }
    return issueId;
  }

  /** One of them; null while the country has no prefix. */
  async one(ctx: Context, work: UnitOfWork): Promise<string | null> {
    const issueId = await this.issue(ctx, work, 1);
    return issueId && (await this.store.issued(work, issueId))[0]!;
  }
}
