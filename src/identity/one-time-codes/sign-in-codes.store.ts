import { Injectable } from '@nestjs/common';
import { firstIdAt } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { BlindIndex } from '../../tenancy';
import { CODE_RULES, type CodeChannel, type RecentTries } from './sign-in-code-rules';

export interface SignInCodeRow {
  id: string;
  phoneSealed: Buffer;
  codeHash: Buffer;
  expiresAt: Date;
}

/** Who asks for a code, as far as it is known. */
export interface Asker {
  /** Thumbprint of the key that her device proved to hold (DPoP). */
  device: string | null;
  address: string | null;
  network: string | null;
}

@Injectable()
export class SignInCodesStore {
  /** Sends and guesses of the window, for the number across all its codes and for who asks. */
  async recentTries(work: UnitOfWork, phone: BlindIndex, asker: Asker, now: Date): Promise<RecentTries> {
    const since = new Date(now.getTime() - CODE_RULES.windowSeconds * 1000);
    const [row] = await work.query<RecentTries>(
      `SELECT (SELECT count(*)::int FROM sign_in_code
               WHERE phone_index = ANY ($1::bytea[]) AND created_at > $2) AS sends,
              (SELECT count(*)::int FROM sign_in_code WHERE device = $3 AND created_at > $2) AS "sendsFromDevice",
              (SELECT count(*)::int FROM sign_in_code WHERE address = $4 AND created_at > $2) AS "sendsFromAddress",
              (SELECT count(*)::int FROM sign_in_code WHERE network = $5 AND created_at > $2) AS "sendsFromNetwork",
              (SELECT coalesce(sum(attempts), 0)::int FROM sign_in_code
               WHERE phone_index = ANY ($1::bytea[]) AND created_at > $2) AS guesses`,
      [phone.all, since, asker.device, asker.address, asker.network],
    );
    return row!;
  }

  async add(
    ctx: Context,
    work: UnitOfWork,
    code: SignInCodeRow & { phone: BlindIndex; asker: Asker; channel: CodeChannel },
  ): Promise<void> {
    await work.query(
      `INSERT INTO sign_in_code (id, phone_index, phone_sealed, address, device, network, channel, code_hash, created_at,
                                 expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        code.id,
        code.phone.stored,
        code.phoneSealed,
        code.asker.address,
        code.asker.device,
        code.asker.network,
        code.channel,
        code.codeHash,
        ctx.now(),
        code.expiresAt,
      ],
    );
  }

  async find(work: UnitOfWork, id: string): Promise<SignInCodeRow | null> {
    const [row] = await work.query<SignInCodeRow>(
      `SELECT id, phone_sealed AS "phoneSealed", code_hash AS "codeHash",
              expires_at AS "expiresAt"
       FROM sign_in_code WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** Counts a guess before it is looked at; false when the number has none left in the window. One statement: no race. */
  async spendGuess(work: UnitOfWork, row: SignInCodeRow, phone: BlindIndex, now: Date): Promise<boolean> {
    const since = new Date(now.getTime() - CODE_RULES.windowSeconds * 1000);
    await work.query(
      `SELECT 1 FROM sign_in_code WHERE phone_index = ANY ($1::bytea[]) AND created_at > $2 ORDER BY id FOR UPDATE`,
      [phone.all, since],
    );
    const spent = await work.query(
      `UPDATE sign_in_code SET attempts = attempts + 1 WHERE id = $1 AND (
         SELECT coalesce(sum(attempts), 0) FROM sign_in_code
         WHERE phone_index = ANY ($2::bytea[]) AND created_at > $3) < $4
       RETURNING id`,
      [row.id, phone.all, since, CODE_RULES.guesses],
    );
    return spent.length === 1;
  }

  /** Takes the code so that it cannot be used again; false when it has been. One statement: no race. */
  async use(work: UnitOfWork, id: string, now: Date): Promise<boolean> {
    const used = await work.query(
      `UPDATE sign_in_code SET used_at = $2 WHERE id = $1 AND used_at IS NULL RETURNING id`,
      [id, now],
    );
    return used.length === 1;
  }

  /** Forgets codes sent before an instant, `most` of them at the most; how many. */
  async forget(work: UnitOfWork, before: Date, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM sign_in_code WHERE id = ANY (ARRAY(SELECT id FROM sign_in_code WHERE id < $1 ORDER BY id LIMIT $2))
       RETURNING 1`,
      [firstIdAt(before), most],
    );
    return gone.length;
  }
}
