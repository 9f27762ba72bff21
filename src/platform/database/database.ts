import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import type { Context, TenantRef, TenantState } from '../context';
import { AppError, ConnectionLost, Unavailable } from '../errors';
import { type Logger, LOGGER } from '../logging';
import { Coalescer, type Outcome } from './coalescer';
import { Pools } from './pools';
import { Refused } from './refused';
import { type Gathered, sendTogether, UnitOfWork } from './unit-of-work';

/** In these states a tenant's records can be read and its certificates verified, and nothing is written. */
const READ_ONLY_STATES: readonly TenantState[] = ['SUSPENDED', 'ARCHIVED'];

/** Whether nothing may be written in a tenant, as it was when `tenant` was read. */
export const isReadOnly = (tenant: Pick<TenantRef, 'state'>): boolean =>
  READ_ONLY_STATES.includes(tenant.state);

/** How long a replica that did not answer is left alone: whoever asks meanwhile must not wait for it. */
const REPLICA_REST_MS = 30_000;

/** What was asked of a replica it does not know yet. */
export class ReplicaBehind extends Error {}

/** Finds, in few statements, what is asked of each of these keys; by nothing but them, for it is asked for many callers. */
export type FindAll<Key, Found> = (
  work: UnitOfWork,
  keys: readonly Key[],
) => Promise<ReadonlyMap<Key, Found>>;

type Lend = <T>(use: (source: DataSource) => Promise<T>) => Promise<T>;
type Work<T> = (work: UnitOfWork) => Promise<T>;

type Mode = 'READ ONLY' | 'READ WRITE' | 'SNAPSHOT';
const BEGIN = {
  'READ WRITE': 'START TRANSACTION READ WRITE',
  SNAPSHOT: 'START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY',
};

/**
 * The one place where transactions are opened, and where whoever opened one closes it. `read` and `write` work on
 * the tenant that `ctx` names, `readPlatform` and `writePlatform` on the platform plane. All throw {@link Unavailable} when
 * no connection is to be had (the server is away, or too many wait for it) or it is lost before the commit is asked for. What
 * is lost later may be committed or not: only who repeats it by its idempotency key will know.
 */
@Injectable()
export class Database {
  /** What units that only read leave to be written (the audit of reads): those of one moment in one transaction. */
  private readonly left = new Coalescer<Left, void>({
    run: async calls => {
      await this.run(calls[0]!.tenant, 'READ WRITE', async work => {
        for (const { gathered } of calls) work.take(gathered);
      });
      return calls.map(() => ({ answer: undefined }));
    },
    keysOf: () => [],
    neverStill: () => new AppError('CONFLICT'),
  });

  /** Those who wait for what is found together, by how it is found. */
  private readonly together = new WeakMap<FindAll<unknown, unknown>, Coalescer<Question, unknown>>();

  private replicaRestsUntil = 0;

  constructor(
    private readonly pools: Pools,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Reads of the caller's tenant, in which nothing can be written. Throws TENANT_REQUIRED when `ctx` names none. */
  read<T>(ctx: Context, work: Work<T>): Promise<T> {
    return this.run(tenantOf(ctx), 'READ ONLY', work);
  }

  /**
   * As {@link read}, for what many ask at one moment, each by a key: `find` is asked for all of them at once, and `tell`
   * makes each caller's answer of what was found for her. It asks nothing more, may leave entries to be written, and
   * throws for its own caller alone. What is found is told to everybody who asked by its key: it must not be changed.
   */
  readTogether<Key, Found, T>(
    ctx: Context,
    { find, key }: { find: FindAll<Key, Found>; key: Key },
    tell: (work: UnitOfWork, found: Found | undefined) => T,
  ): Promise<T> {
    const tenant = tenantOf(ctx);
    const question = { tenant, key, tell } as Question;
    return this.asking(find as FindAll<unknown, unknown>).submit(tenant.code, question) as Promise<T>;
  }

  private asking(find: FindAll<unknown, unknown>): Coalescer<Question, unknown> {
    const known = this.together.get(find);
    if (known) return known;
    const made = new Coalescer<Question, unknown>({
      run: questions => this.answerAll(find, questions),
      keysOf: () => [],
      neverStill: () => new AppError('CONFLICT'),
    });
    this.together.set(find, made);
    return made;
  }

  private answerAll(
    find: FindAll<unknown, unknown>,
    questions: readonly Question[],
  ): Promise<readonly Outcome<unknown>[]> {
    return this.run(questions[0]!.tenant, 'READ ONLY', async work => {
      const found = await find(work, [...new Set(questions.map(({ key }) => key))]);
      return questions.map(question => answerOf(work, question, found));
    });
  }

  /** As {@link read}, all of it as of one moment, in a transaction of its own: for what may take long. */
  readSnapshot<T>(ctx: Context, work: Work<T>): Promise<T> {
    return this.run(tenantOf(ctx), 'SNAPSHOT', work);
  }

  /**
   * As {@link read}, for what a process reads once for many: also by somebody who holds a connection already, and even
   * when all others do and wait for it. `work` is short and asks for no other unit of work.
   */
  readShared<T>(ctx: Context, work: Work<T>): Promise<T> {
    const tenant = tenantOf(ctx);
    return this.run(tenant, 'READ ONLY', work, use => this.pools.lendAside(tenant, use));
  }

  /** As {@link readShared}, where what is shared has to be made first. Throws as {@link write}. */
  writeShared<T>(ctx: Context, work: Work<T>): Promise<T> {
    const tenant = mustBeWritable(ctx);
    return this.run(tenant, 'READ WRITE', work, use => this.pools.lendAside(tenant, use));
  }

  /**
   * As {@link read}, on the replica of the tenant's server when it has one: for what says as of when it is true. Asked
   * again of the tenant's own server when `work` throws {@link ReplicaBehind} or the replica fails, which then rests.
   */
  async readBehind<T>(ctx: Context, work: Work<T>): Promise<T> {
    const tenant = tenantOf(ctx);
    if (!this.pools.hasReplica(tenant) || performance.now() < this.replicaRestsUntil)
      return this.read(ctx, work);
    try {
      return await this.run(tenant, 'READ ONLY', work, use => this.pools.lendReplica(tenant, use));
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (!(error instanceof ReplicaBehind)) {
        this.replicaRestsUntil = performance.now() + REPLICA_REST_MS;
        this.log.warn({ error: (error as Error).message }, 'the replica does not answer');
      }
      return this.read(ctx, work);
    }
  }

  /**
   * A transaction on the caller's tenant, committed before this returns. Throws TENANT_READ_ONLY when the tenant is
   * suspended or archived.
   */
  write<T>(ctx: Context, work: Work<T>): Promise<T> {
    return this.run(mustBeWritable(ctx), 'READ WRITE', work);
  }

  /**
   * As {@link write}, also for a suspended tenant: for what keeps it readable (signing in, the audit of reads)
   * and nothing else.
   */
  writeEvenIfSuspended<T>(ctx: Context, work: Work<T>): Promise<T> {
    return this.run(tenantOf(ctx), 'READ WRITE', work);
  }

  readPlatform<T>(work: Work<T>): Promise<T> {
    return this.run(null, 'READ ONLY', work);
  }

  writePlatform<T>(work: Work<T>): Promise<T> {
    return this.run(null, 'READ WRITE', work);
  }

  private async run<T>(
    tenant: TenantRef | null,
    mode: Mode,
    work: Work<T>,
    lend: Lend = use => this.pools.lend(tenant, use),
  ): Promise<T> {
    const { answer, gathered } = await lend(source => within(source, mode, work));
    if (gathered.size > 0) await this.left.submit(tenant?.code ?? '', { tenant, gathered });
    return answer;
  }
}

/** Entries that are still to be written when a unit that only read is over. */
interface Left {
  tenant: TenantRef | null;
  gathered: Gathered;
}

/** What somebody asks who is answered together with others. */
interface Question {
  tenant: TenantRef;
  key: unknown;
  tell: (work: UnitOfWork, found: unknown) => unknown;
}

/** Who is refused leaves nothing to be written. */
function answerOf(
  work: UnitOfWork,
  { key, tell }: Question,
  found: ReadonlyMap<unknown, unknown>,
): Outcome<unknown> {
  const own = work.beside();
  try {
    const answer = tell(own, found.get(key));
    work.take(own.gathered);
    return { answer };
  } catch (error) {
    return { error };
  }
}

async function within<T>(
  source: DataSource,
  mode: Mode,
  work: Work<T>,
): Promise<{ answer: T; gathered: Gathered }> {
  const runner = source.createQueryRunner();
  try {
    return await (mode === 'READ ONLY' ? reading(runner, work) : inTransaction(runner, work, BEGIN[mode]));
  } finally {
    await runner.release();
  }
}

const connect = (runner: QueryRunner): Promise<PoolClient> =>
  runner.connect().catch(error => {
    throw new Unavailable(error);
  });

/**
 * A connection of ours is read-only unless a transaction says otherwise (`Pools`), and PostgreSQL's READ COMMITTED looks
 * anew with every statement: a transaction around statements that only read would add nothing but two of its own, one of
 * them a round trip.
 */
async function reading<T>(runner: QueryRunner, work: Work<T>): Promise<{ answer: T; gathered: Gathered }> {
  const connection = await connect(runner);
  const unit = new UnitOfWork(runner.manager, connection);
  try {
    return { answer: await work(unit), gathered: unit.gathered };
  } catch (error) {
    // What was asked beside the one that failed is over before somebody else has the connection.
    throw (await answers(connection, 'SELECT')) ? error : lost(error);
  } finally {
    unit.end();
  }
}

async function inTransaction<T>(
  runner: QueryRunner,
  work: Work<T>,
  begin: string,
): Promise<{ answer: T; gathered: Gathered }> {
  const connection = await connect(runner);
  const unit = new UnitOfWork(runner.manager, connection);
  // Not waited for: what the work asks first goes out with it, in that order.
  sendTogether(connection);
  const begun = connection.query(begin);
  begun.catch(() => undefined);
  // TypeORM must know of it, or its `save` would open and commit a transaction of its own inside ours.
  Object.assign(runner, { isTransactionActive: true });
  let isClosed = false;
  try {
    const answer = await work(unit);
    await unit.close();
    isClosed = true;
    await Promise.all([begun, commit(connection, unit)]);
    return { answer, gathered: unit.gathered };
  } catch (error) {
    unit.end();
    // A broken connection cannot roll back and has no need to.
    throw (await answers(connection, 'ROLLBACK')) || isClosed ? error : lost(error);
  }
}

const answers = (connection: PoolClient, statement: string): Promise<boolean> =>
  connection.query(statement).then(
    () => true,
    () => false,
  );

/** What a unit of work ended with whose connection is gone, and which has committed nothing; what was decided stays so. */
const lost = (error: unknown): unknown =>
  error instanceof AppError || error instanceof Refused ? error : new ConnectionLost(error);

/**
 * What was gathered and the commit go out together. A transaction that a statement has broken, one of these too, is rolled
 * back by COMMIT, and PostgreSQL does not call that an error.
 */
async function commit(connection: PoolClient, unit: UnitOfWork): Promise<void> {
  sendTogether(connection);
  const written = unit.writeGathered();
  unit.end();
  const [{ command }] = await Promise.all([connection.query('COMMIT'), written]);
  if (command !== 'COMMIT')
    throw new Error('The transaction was broken by a statement whose error was caught.');
}

/** The caller's tenant, in which something is to be written. Throws TENANT_REQUIRED, or TENANT_READ_ONLY. */
export function mustBeWritable(ctx: Context): TenantRef {
  const tenant = tenantOf(ctx);
  if (isReadOnly(tenant)) throw new AppError('TENANT_READ_ONLY');
  return tenant;
}

function tenantOf(ctx: Context): TenantRef {
  if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
  return ctx.tenant;
}
