import type { PlacesMove, Pool, PoolKey, SessionRow } from '../../facilities';

/** What a taken place is until more becomes of it: kept for somebody who is booking, or hers. */
export type Taken = 'held' | 'booked';

/**
 * The places of sessions whose counters are locked, as they run down while one party after another is seated. Nothing
 * is written here: {@link moves} is what is to be written, one move a counter.
 */
export class PlacesAtHand {
  private readonly byCounter = new Map<string, PlacesMove>();

  /**
   * Takes a place of each named counter from the first of these choices that has them all; null, and none taken, when
   * no choice has. `session` must be as its counters were read behind the lock.
   */
  take(session: SessionRow, choices: readonly (readonly Pool[])[], as: Taken): readonly Pool[] | null {
    const pools = choices.find(choice => this.haveAll(session, choice));
    for (const pool of pools ?? [])
      this.move({ facilityId: session.facilityId, sessionId: session.id, pool }, as, 1);
    return pools ?? null;
  }

  giveBack(place: PoolKey, was: Taken): void {
    this.move(place, was, -1);
  }

  /** A held place is now booked. */
  book(place: PoolKey): void {
    this.move(place, 'held', -1);
    this.move(place, 'booked', 1);
  }

  moves(): PlacesMove[] {
    return [...this.byCounter.values()].filter(({ held, booked }) => held !== 0 || booked !== 0);
  }

  private haveAll(session: SessionRow, pools: readonly Pool[]): boolean {
    return pools.every(pool => this.freeIn(session, pool) >= pools.filter(each => each === pool).length);
  }

  private freeIn({ facilityId, id: sessionId, pools }: SessionRow, pool: Pool): number {
    const count = pools.find(each => each.pool === pool);
    const move = this.byCounter.get(nameOf({ facilityId, sessionId, pool }));
    if (!count) return 0;
    return count.capacity - count.held - count.booked - (move ? move.held + move.booked : 0);
  }

  private move({ facilityId, sessionId, pool }: PoolKey, what: Taken, by: number): void {
    const name = nameOf({ facilityId, sessionId, pool });
    const known = this.byCounter.get(name) ?? { facilityId, sessionId, pool, held: 0, booked: 0 };
    this.byCounter.set(name, { ...known, [what]: known[what] + by });
  }
}

const nameOf = ({ facilityId, sessionId, pool }: PoolKey): string => `${facilityId} ${sessionId} ${pool}`;
