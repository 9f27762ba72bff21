import { hash } from 'node:crypto';
import type { Context } from '../context';
import { AppError, invalid } from '../errors';
import type { UnitOfWork } from './unit-of-work';

const KEY = /^[\x21-\x7e]{8,100}$/;
/** How long an account's key is remembered. */
const REMEMBERED_DAYS = 30;

/**
 * Runs `effect` once for each idempotency key of an actor. `effect` returns the id of the record it made, or null
 * for a refusal, which leaves nothing behind and may be tried again with the same key. A repeated key gives the
 * first record's id without running anything; the same key with another `request` throws IDEMPOTENCY_KEY_REUSED.
 * A key is remembered for 30 days. Two calls at once: the second waits for the first one's commit.
 */
export async function once(
  ctx: Context,
  work: UnitOfWork,
  key: string,
  request: unknown,
  effect: () => Promise<string | null>,
): Promise<{ id: string; repeated: boolean } | null> {
  if (!KEY.test(key)) throw invalid('idempotencyKey', 'validation.idempotencyKey');
  const owner = [ownerOf(ctx), key];
  const hash = hashOf(request);
  const [made] = await work.query<{ key: string }>(
    `INSERT INTO idempotency_key (actor_id, key, request_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (actor_id, key) DO NOTHING RETURNING key`,
    [...owner, hash, ctx.now(), expiryOf({ ctx })],
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

const ownerOf = (ctx: Context): string => `${ctx.actor.kind}:${ctx.actor.id ?? ''}`;

const hashOf = (request: unknown): Buffer => hash('sha256', JSON.stringify(request), 'buffer');

/** A request as its caller marked it; a repeated one is known by it. */
export interface KeyedRequest {
  ctx: Context;
  key: string;
  request: unknown;
  /**
   * Whose key it is: a device's, say, whoever carries it in, and then it is remembered for ever, since nobody knows when a
   * device is found again. The caller's own when left out.
   */
  owner?: string;
}

const ownerOfRequest = ({ ctx, owner }: KeyedRequest): string => owner ?? ownerOf(ctx);

/** What became of requests that were sent before. */
export interface Answered {
  /**
   * The id of the record that the request made, or null when it has made none. Throws INVALID_INPUT for a key that is
   * none, IDEMPOTENCY_KEY_REUSED when the caller's key was another request's.
   */
  idOf: (request: KeyedRequest) => string | null;
}

/** {@link once} for many, before: which of these requests have made their record already. */
export async function answeredBefore(work: UnitOfWork, requests: readonly KeyedRequest[]): Promise<Answered> {
  const rows = await work.query<{ owner: string; key: string; hash: Buffer; id: string }>(
    `SELECT a.* FROM unnest($1::text[], $2::text[]) k(owner, key), LATERAL (
       SELECT actor_id AS owner, i.key, request_hash AS hash, result_id AS id FROM idempotency_key i
       WHERE i.actor_id = k.owner AND i.key = k.key OFFSET 0) a`,
    [requests.map(ownerOfRequest), requests.map(({ key }) => (KEY.test(key) ? key : ''))],
  );
  const known = new Map(rows.map(row => [`${row.owner} ${row.key}`, row]));
  return {
    idOf: request => {
      if (!KEY.test(request.key)) throw invalid('idempotencyKey', 'validation.idempotencyKey');
      const earlier = known.get(`${ownerOfRequest(request)} ${request.key}`);
      if (earlier && !earlier.hash.equals(hashOf(request.request)))
        throw new AppError('IDEMPOTENCY_KEY_REUSED');
      return earlier?.id ?? null;
    },
  };
}

/**
 * {@link once} for many, after: keeps what each made. False, with the work to be rolled back, when one was sent
 * meanwhile.
 */
export async function keepAnswers(
  work: UnitOfWork,
  made: readonly (KeyedRequest & { resultId: string })[],
): Promise<boolean> {
  const kept = await work.query(
    `INSERT INTO idempotency_key (actor_id, key, request_hash, result_id, created_at, expires_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::text[], $5::timestamptz[], $6::timestamptz[])
     ON CONFLICT (actor_id, key) DO NOTHING RETURNING key`,
    [
      made.map(ownerOfRequest),
      made.map(({ key }) => key),
      made.map(({ request }) => hashOf(request)),
      made.map(({ resultId }) => resultId),
      made.map(({ ctx }) => ctx.now().toISOString()),
      made.map(request => expiryOf(request)?.toISOString() ?? null),
    ],
  );
  return kept.length === made.length;
}

/** When a key is forgotten; null: never. */
const expiryOf = ({ ctx, owner }: Pick<KeyedRequest, 'ctx' | 'owner'>): Date | null =>
  owner === undefined ? new Date(ctx.now().getTime() + REMEMBERED_DAYS * 86_400_000) : null;

/** Forgets keys whose time is over, `most` of them at the most; how many. */
export async function forgetKeys(ctx: Context, work: UnitOfWork, most: number): Promise<number> {
  const gone = await work.query(
    `DELETE FROM idempotency_key WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM idempotency_key WHERE expires_at < $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED))
     RETURNING 1`,
    [ctx.now(), most],
  );
  return gone.length;
}
