import { createHash } from 'node:crypto';
import type { Context } from '../context';
import { AppError, invalid } from '../errors';
import type { UnitOfWork } from './unit-of-work';

const KEY = /^[\x21-\x7e]{8,100}$/;

/**
 * Runs `effect` once for each idempotency key of an actor. `effect` returns the id of the record it made, or null
 * for a refusal, which leaves nothing behind and may be tried again with the same key. A repeated key gives the
 * first record's id without running anything; the same key with another `request` throws IDEMPOTENCY_KEY_REUSED.
 * Two calls at once: the second waits for the first one's commit.
 */
export async function once(
  ctx: Context,
  work: UnitOfWork,
  key: string,
  request: unknown,
  effect: () => Promise<string | null>,
): Promise<{ id: string; repeated: boolean } | null> {
  if (!KEY.test(key)) throw invalid('idempotencyKey', 'validation.idempotencyKey');
  const owner = [ctx.actor.kind + ':' + (ctx.actor.id ?? ''), key];
  const hash = createHash('sha256').update(JSON.stringify(request)).digest();
  const [made] = await work.query<{ key: string }>(
    `INSERT INTO idempotency_key (actor_id, key, request_hash, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (actor_id, key) DO NOTHING RETURNING key`,
    [...owner, hash, ctx.now()],
  );
  if (!made) return { id: await earlierResult(work, owner, hash), repeated: true };
  const id = await effect();
  await work.query(
    id === null
      ? `DELETE FROM idempotency_key WHERE actor_id = $1 AND key = $2`
      : `UPDATE idempotency_key SET result_id = $3 WHERE actor_id = $1 AND key = $2`,
    id === null ? owner : [...owner, id],
  );
  return id === null ? null : { id, repeated: false };
}

async function earlierResult(work: UnitOfWork, owner: string[], hash: Buffer): Promise<string> {
  const [earlier] = await work.query<{ request_hash: Buffer; result_id: string }>(
    `SELECT request_hash, result_id FROM idempotency_key WHERE actor_id = $1 AND key = $2`,
    owner,
  );
  if (!earlier?.request_hash.equals(hash)) throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return earlier.result_id;
}
