import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import { LOCKOUT, type Tries } from './lockout-rules';

/** Rows removed with each try at most: more than one adds, so that names nobody has do not fill the table. */
const SWEPT = 10;

/** How often each name was tried, whether or not an account has it. */
@Injectable()
export class SignInTriesStore {
  /** What is known of a name; its row is locked until the unit of work ends. */
  async lock(work: UnitOfWork, nameHash: Buffer, now: Date): Promise<Tries> {
    const [row] = await work.query<Tries>(
      `INSERT INTO sign_in_try (name_hash, failures, last_at) VALUES ($1, 0, $2)
       ON CONFLICT (name_hash) DO UPDATE SET last_at = $2
       RETURNING failures, locked_until AS "lockedUntil"`,
      [nameHash, now],
    );
    return row!;
  }

  /** Keeps what became of a name, and drops a few that nobody has tried for as long as a lock lasts. */
  async keep(work: UnitOfWork, nameHash: Buffer, tries: Tries, now: Date): Promise<void> {
    await work.query(`UPDATE sign_in_try SET failures = $2, locked_until = $3 WHERE name_hash = $1`, [
      nameHash,
      tries.failures,
      tries.lockedUntil,
    ]);
    await work.query(
      `DELETE FROM sign_in_try WHERE name_hash IN (
         SELECT name_hash FROM sign_in_try WHERE last_at < $1 ORDER BY last_at LIMIT ${SWEPT} FOR UPDATE SKIP LOCKED)`,
      [new Date(now.getTime() - LOCKOUT.minutes * 60_000)],
    );
  }

  /** Somebody proved that the name is hers: what was tried before does not count. */
  async forget(work: UnitOfWork, nameHash: Buffer): Promise<void> {
    await work.query(`DELETE FROM sign_in_try WHERE name_hash = $1`, [nameHash]);
  }
}
