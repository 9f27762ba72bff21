import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { Pool } from './session-rules';

/** A counter of one session. */
export interface PoolKey {
  facilityId: string;
  sessionId: string;
  pool: Pool;
}

const KEY = `facility_id = $1 AND session_id = $2 AND pool = $3`;

/**
 * Takes and gives back places of a session. Each way is one conditional update of one row, whose check constraint
 * bounds what can be taken: nobody reads a number and then acts on it. Whoever moves several counters in one unit of
 * work does so in the order of {@link inOrder}, so that two of them never wait for each other.
 */
@Injectable()
export class SessionPlaces {
  /** Holds `count` places, all or none; false when there are not so many or the session takes no more. */
  async hold(work: UnitOfWork, key: PoolKey, count: number): Promise<boolean> {
    return this.moved(work, key, count, `held = held + $4`, `NOT closed AND held + booked + $4 <= capacity`);
  }

  /** Turns held places into booked ones; false when the session takes no more. */
  confirm(work: UnitOfWork, key: PoolKey, count: number): Promise<boolean> {
    return this.moved(
      work,
      key,
      count,
      `held = held - $4, booked = booked + $4`,
      `NOT closed AND held >= $4`,
    );
  }

  /** Books `count` places outright, all or none. */
  book(work: UnitOfWork, key: PoolKey, count: number): Promise<boolean> {
    return this.moved(
      work,
      key,
      count,
      `booked = booked + $4`,
      `NOT closed AND held + booked + $4 <= capacity`,
    );
  }

  giveBackHeld(work: UnitOfWork, key: PoolKey, count: number): Promise<boolean> {
    return this.moved(work, key, count, `held = held - $4`, `held >= $4`);
  }

  giveBackBooked(work: UnitOfWork, key: PoolKey, count: number): Promise<boolean> {
    return this.moved(work, key, count, `booked = booked - $4`, `booked >= $4`);
  }

  private async moved(
    work: UnitOfWork,
    key: PoolKey,
    count: number,
    change: string,
    when: string,
  ): Promise<boolean> {
    const rows = await work.query(
      `UPDATE session_places SET ${change} WHERE ${KEY} AND ${when} RETURNING pool`,
      [key.facilityId, key.sessionId, key.pool, count],
    );
    return rows.length === 1;
  }
}

/** The one order in which counters are moved. */
export const inOrder = (a: PoolKey, b: PoolKey): number => (textOf(a) < textOf(b) ? -1 : 1);

const textOf = ({ facilityId, sessionId, pool }: PoolKey): string => `${facilityId} ${sessionId} ${pool}`;
