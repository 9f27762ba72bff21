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

  /** Keeps what became of a name, and sweeps. */
  async keep(work: UnitOfWork, nameHash: Buffer, tries: Tries, now: Date): Promise<void> {
    await work.query(`UPDATE sign_in_try SET failures = $2, locked_until = $3 WHERE name_hash = $1`, [
      nameHash,
      tries.failures,
      tries.lockedUntil,
    ]);
    await this.sweep(work, now);
  }

  /** How often each has failed, in their order, and until when that counts; null for who has not. */
  async failures(
    work: UnitOfWork,
    nameHashes: readonly Buffer[],
    now: Date,
  ): Promise<({ failures: number; until: Date } | null)[]> {
    const rows = await work.query<{ nameHash: Buffer; failures: number; until: Date }>(
      `SELECT name_hash AS "nameHash", failures, locked_until AS until FROM sign_in_try
       WHERE name_hash = ANY ($1::bytea[]) AND locked_until > $2`,
      [nameHashes, now],
    );
    return nameHashes.map(hash => rows.find(({ nameHash }) => nameHash.equals(hash)) ?? null);
  }

  /**
   * One more failure of each, in one order: nobody waits in a circle. They count until the end of the time that the first
   * of them began.
   */
  async fail(work: UnitOfWork, nameHashes: readonly Buffer[], now: Date): Promise<void> {
    await work.query(
      `INSERT INTO sign_in_try AS t (name_hash, failures, last_at, locked_until)
       SELECT h, 1, $2, $3 FROM unnest($1::bytea[]) h ORDER BY h
       ON CONFLICT (name_hash) DO UPDATE SET last_at = excluded.last_at,
         failures = CASE WHEN t.locked_until > excluded.last_at THEN t.failures + 1 ELSE 1 END,
         locked_until = CASE WHEN t.locked_until > excluded.last_at THEN t.locked_until ELSE excluded.locked_until END`,
      [nameHashes, now, new Date(now.getTime() + LOCKOUT.minutes * 60_000)],
    );
    await this.sweep(work, now);
  }

  /** Drops a few that nobody has tried for as long as a lock lasts. */
  private async sweep(work: UnitOfWork, now: Date): Promise<void> {
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
