import { Injectable } from '@nestjs/common';
import type { Actor, Context } from '../../platform/context';
import { systemContext } from '../../platform/events';
import { Planes, planeName } from '../planes';
import { SignInsStore } from './sign-ins.store';

/** How old what a process knows may be, in milliseconds: the longest that a token works after its sign-in was ended. */
const FRESH = 2_000;
/** How far the clocks of two processes, and a commit, may be behind, in milliseconds. */
const OVERLAP = 60_000;

interface Known {
  /** When the end of each was to be, by id. */
  ended: Map<string, number>;
  /** Up to when the table has been read; 0 before it was. */
  readAt: number;
  /** Something ended since, so that it must be read again however new it is. */
  stale: boolean;
  reading: Promise<void> | null;
}

/**
 * Which sign-ins were ended before their tokens: looked up with every request and read from the table at most every
 * two seconds, so that no request has a round trip of its own. When the table cannot be read, nobody is let in.
 */
@Injectable()
export class EndedSignIns {
  private readonly planes = new Map<string, Known>();

  constructor(
    private readonly plane: Planes,
    private readonly store: SignInsStore,
  ) {}

  async has(ctx: Pick<Context, 'tenant' | 'now'>, actor: Actor): Promise<boolean> {
    const known = this.knownOf(planeName(ctx, actor.kind));
    while (known.stale || Math.abs(ctx.now().getTime() - known.readAt) >= FRESH) {
      known.reading ??= this.read(ctx, actor, known).finally(() => (known.reading = null));
      await known.reading;
    }
    return actor.signIn !== undefined && known.ended.has(actor.signIn.id);
  }

  /** The next request reads the table: what this process ended has ended here at once. */
  forget(ctx: Pick<Context, 'tenant'>, actor: Pick<Actor, 'kind'>): void {
    const known = this.planes.get(planeName(ctx, actor.kind));
    if (known) known.stale = true;
  }

  private knownOf(name: string): Known {
    const known = this.planes.get(name) ?? { ended: new Map(), readAt: 0, stale: false, reading: null };
    this.planes.set(name, known);
    return known;
  }

  private async read(ctx: Pick<Context, 'tenant' | 'now'>, actor: Actor, known: Known): Promise<void> {
    const now = ctx.now();
    known.stale = false;
    const rows = await this.plane.read(systemContext(ctx.tenant), actor.kind, work =>
      this.store.endedSince(work, new Date(Math.max(0, known.readAt - OVERLAP)), now),
    );
    for (const [id, until] of known.ended) if (until <= now.getTime()) known.ended.delete(id);
    for (const { id, expiresAt } of rows) known.ended.set(id, expiresAt.getTime());
    known.readAt = now.getTime();
  }
}
