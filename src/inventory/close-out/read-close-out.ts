import { Injectable } from '@nestjs/common';
import { Places, SessionsStore } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { today } from '../stock';
import { totalOf, wastageRate } from './close-out-rules';

import { CloseOutStore } from './close-out.store';
import { LineProducts } from './line-products';
import { SessionCloseOut, type SessionLot } from './session-lot.graphql';
import { asAccounted } from './session-lot-view';

/** How a session's stock is accounted for, and which sessions of a facility are not. */
@Injectable()
export class ReadCloseOut {
  constructor(
    private readonly database: Database,
    private readonly store: CloseOutStore,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly products: LineProducts,
  ) {}

  /** Throws NOT_FOUND for a session that is not there. */
  session(ctx: Context, facilityId: string, sessionId: string): Promise<SessionCloseOut> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      if (!(await this.sessions.session(work, facilityId, sessionId))) throw notFound();
      return this.of(ctx, work, facilityId, sessionId);
    });
  }

  /** Lots whose count was overtaken, refused or awaits a second person, or whose session is over and was never counted. */
  unsettled(ctx: Context, facilityId: string): Promise<SessionLot[]> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      const lines = await this.products.of(
        ctx,
        work,
        await this.store.unsettled(work, facilityId, today(ctx)),
      );
      return lines.map(asAccounted);
    });
  }

  async of(ctx: Context, work: UnitOfWork, facilityId: string, sessionId: string): Promise<SessionCloseOut> {
    const lines = await this.products.of(ctx, work, await this.store.lines(work, facilityId, sessionId));
    const all = {
      given: lines.reduce((sum, { given }) => sum + given, 0),
      wasted: { all: lines.reduce((sum, { wasted }) => sum + totalOf(wasted), 0) },
      lost: lines.reduce((sum, { lost }) => sum + lost, 0),
    };
    return Object.assign(new SessionCloseOut(), {
      facilityId,
      sessionId,
      tiesOut: lines.every(({ state }) => state === 'CLOSED'),
      wastageRate: wastageRate(all),
      lots: lines.map(asAccounted),
    });
  }
}
