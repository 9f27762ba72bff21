import { Injectable } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import type { Context, TenantRef, TenantState } from '../context';
import { AppError } from '../errors';
import { Pools } from './pools';
import { UnitOfWork } from './unit-of-work';

/** In these states a tenant's records can be read and its certificates verified, and nothing is written. */
const READ_ONLY_STATES: readonly TenantState[] = ['SUSPENDED', 'ARCHIVED'];

type Work<T> = (work: UnitOfWork) => Promise<T>;

/**
 * The one place where transactions are opened, and where whoever opened one closes it. `read` and `write` work on
 * the tenant that `ctx` names, `readPlatform` and `writePlatform` on the platform plane.
 */
@Injectable()
export class Database {
  constructor(private readonly pools: Pools) {}

  /** A read-only transaction on the caller's tenant. Throws TENANT_REQUIRED when `ctx` names none. */
  read<T>(ctx: Context, work: Work<T>): Promise<T> {
    return this.run(tenantOf(ctx), 'READ ONLY', work);
  }

  /**
   * A transaction on the caller's tenant, committed before this returns. Throws TENANT_READ_ONLY when the tenant is
   * suspended or archived.
   */
  write<T>(ctx: Context, work: Work<T>): Promise<T> {
    const tenant = tenantOf(ctx);
    if (READ_ONLY_STATES.includes(tenant.state)) throw new AppError('TENANT_READ_ONLY');
    return this.run(tenant, 'READ WRITE', work);
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

  private run<T>(tenant: TenantRef | null, mode: 'READ ONLY' | 'READ WRITE', work: Work<T>): Promise<T> {
    return this.pools.lend(tenant, async source => {
      const runner = source.createQueryRunner();
      try {
        return await inTransaction(runner, mode, work);
      } finally {
        await runner.release();
      }
    });
  }
}

async function inTransaction<T>(
  runner: QueryRunner,
  mode: 'READ ONLY' | 'READ WRITE',
  work: Work<T>,
): Promise<T> {
  const unit = new UnitOfWork(runner.manager);
  const result = await transaction(runner, mode, async () => {
    const answer = await work(unit);
    if (mode === 'READ WRITE') await unit.close();
    return answer;
  });
  if (unit.hasClosingEffects) await transaction(runner, 'READ WRITE', () => unit.close());
  return result;
}

async function transaction<T>(runner: QueryRunner, mode: string, body: () => Promise<T>): Promise<T> {
  // TypeORM must know of a writing transaction, or its `save` would open and commit one of its own inside ours.
  if (mode === 'READ WRITE') await runner.startTransaction();
  else await runner.query('START TRANSACTION READ ONLY');
  try {
    const answer = await body();
    await (mode === 'READ WRITE' ? runner.commitTransaction() : runner.query('COMMIT'));
    return answer;
  } catch (error) {
    // A broken connection cannot roll back and has no need to; the first error is the one worth telling.
    await (mode === 'READ WRITE' ? runner.rollbackTransaction() : runner.query('ROLLBACK')).catch(
      () => undefined,
    );
    throw error;
  }
}

function tenantOf(ctx: Context): TenantRef {
  if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
  return ctx.tenant;
}
