import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { civilNow, SessionsStore, sessionState } from '../../../facilities';
import type { Context } from '../../../platform/context';
import { Database } from '../../../platform/database';
import { type Logger, LOGGER } from '../../../platform/logging';
import { Rounds } from '../../../tenancy';
import { announcementOf } from './draw-files';
import { DrawLots } from './draw-lots';
import { type DrawRow, DrawsStore } from './draws.store';
import { OfferPlaces } from './offer-places';

const LOOK_SECONDS = 15;
const BATCH = 50;

/** Does what time asks of draws: ends the entering, draws, offers places that fell free, and puts away what is over. */
@Injectable()
export class KeepDraws implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsStore,
    private readonly store: DrawsStore,
    private readonly lots: DrawLots,
    private readonly offers: OfferPlaces,
    private readonly rounds: Rounds,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'draws could not be carried on';
    this.rounds.add({ seconds: LOOK_SECONDS, fault, skipsReadOnly: true, run: ctx => this.run(ctx) });
  }

  /** Everything that is due in one tenant now. Two at a time wait for each other at each draw's gate. */
  async run(ctx: Context): Promise<void> {
    const due = await this.database.read(ctx, work =>
      this.store.due(work, ctx.now(), civilNow(ctx).date, BATCH),
    );
    for (const draw of due) {
      await this.keep(ctx, draw).catch(error =>
        this.logger.error({ err: error, draw: draw.drawId }, 'a draw could not be carried on'),
      );
    }
  }

  private async keep(ctx: Context, draw: DrawRow): Promise<void> {
    if (await this.isOver(ctx, draw))
      return this.database.write(ctx, work => this.store.end(ctx, work, draw));
    if (!draw.closedAt && draw.entriesUntil <= ctx.now()) await this.lots.close(ctx, draw);
    const waitsForValue = announcementOf(draw.announcement).publicValue !== null;
    if (draw.drawnFrom <= ctx.now() && draw.policy !== 'FIRST_COME' && !waitsForValue)
      await this.lots.draw(ctx, draw, null);
    while ((await this.offers.run(ctx, draw)) > 0);
  }

  private async isOver(ctx: Context, { facilityId, sessionId }: DrawRow): Promise<boolean> {
    const session = await this.database.read(ctx, work => this.sessions.session(work, facilityId, sessionId));
    return ['CANCELLED', 'CLOSED'].includes(sessionState(session!, ctx.now(), civilNow(ctx)));
  }
}
