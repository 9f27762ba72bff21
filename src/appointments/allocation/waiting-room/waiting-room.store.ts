import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../../platform/database';
import { intervalOf, type Pace } from './waiting-rules';

/** When an account is let in, and until when it may book then. */
export interface Ticket {
  admittedFrom: Date;
  validUntil: Date;
}

const TICKET = `SELECT admitted_from AS "admittedFrom", valid_until AS "validUntil" FROM waiting_ticket
  WHERE account_id = $1 AND valid_until > $2`;

@Injectable()
export class WaitingRoomStore {
  /** How fast people are let in; null when there is no need to wait. */
  async pace(work: UnitOfWork): Promise<Pace | null> {
    const [row] = await work.query<Pace>(
      `SELECT per_minute AS "perMinute", burst FROM waiting_room WHERE name = 'booking'`,
    );
    return row ?? null;
  }

  /** Sets the pace, with a full bucket to begin with; whoever has a ticket keeps it. Null opens the doors. */
  async setPace(work: UnitOfWork, pace: Pace | null): Promise<void> {
    if (pace === null) await work.query(`DELETE FROM waiting_room WHERE name = 'booking'`);
    else
      await work.query(
        `INSERT INTO waiting_room (name, per_minute, burst, next_at) VALUES ('booking', $1, $2, 'epoch')
         ON CONFLICT (name) DO UPDATE SET per_minute = excluded.per_minute, burst = excluded.burst`,
        [pace.perMinute, pace.burst],
      );
  }

  async ticket(work: UnitOfWork, accountId: string, now: Date): Promise<Ticket | null> {
    const [row] = await work.query<Ticket>(TICKET, [accountId, now]);
    return row ?? null;
  }

  /**
   * The account's ticket; a new one, at the end of the line, when it has none. The bucket is one instant: each ticket
   * moves it by one interval, and it is never more than the burst behind the clock.
   */
  async take(
    work: UnitOfWork,
    accountId: string,
    { pace, now, validMs }: { pace: Pace; now: Date; validMs: number },
  ): Promise<Ticket> {
    const known = await this.ticket(work, accountId, now);
    if (known) return known;
    const interval = intervalOf(pace);
    const full = new Date(now.getTime() - interval * (pace.burst - 1));
    const [row] = await work.query<Ticket>(
      `WITH turn AS (
         UPDATE waiting_room SET next_at = greatest(next_at, $2) + make_interval(secs => $3)
         WHERE name = 'booking' RETURNING greatest(next_at - make_interval(secs => $3), $5) AS at)
       INSERT INTO waiting_ticket AS t (account_id, admitted_from, valid_until)
       SELECT $1, coalesce(max(at), $5), coalesce(max(at), $5) + make_interval(secs => $4) FROM turn
       ON CONFLICT (account_id) DO UPDATE SET admitted_from = excluded.admitted_from, valid_until = excluded.valid_until
         WHERE t.valid_until <= $5
       RETURNING admitted_from AS "admittedFrom", valid_until AS "validUntil"`,
      [accountId, full, interval / 1000, validMs / 1000, now],
    );
    return row ?? (await this.ticket(work, accountId, now))!; // two at once: the first one's
  }
}
