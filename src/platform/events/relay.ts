import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { newId } from '../../common';
import { type Context, SYSTEM, type TenantRef } from '../context';
import { Database, type UnitOfWork } from '../database';
import { SOURCE_LANGUAGE } from '../i18n';
import { type Logger, LOGGER } from '../logging';
import { FactListeners } from './fact-listeners';
import type { Fact } from './facts';
import { Nudge } from './nudge';

const LOOK_EVERY_MS = 1_000;
const BATCH = 50;
/** No further fact of a batch is begun after this long: what it carried so far is committed. */
const BATCH_MS = 5_000;
/** How often the transaction of a slow listener shows that it lives; PostgreSQL ends one idle for half a minute. */
const SIGN_OF_LIFE_MS = 3_000;
/** Waits after a failed try: 1, 2, 4 … seconds, at the most an hour. Nothing is ever given up. */
const backOff = (attempts: number): number => Math.min(2 ** attempts, 3600);

interface Row {
  id: string;
  type: string;
  aggregate_id: string;
  payload: Record<string, unknown>;
  occurred_at: Date;
  attempts: number;
}

/**
 * Carries announced facts to their listeners: at least once, in order for each aggregate, several workers side by
 * side (`FOR UPDATE SKIP LOCKED`). A fact whose listener fails is tried again later and holds back only the facts
 * of its own aggregate.
 */
@Injectable()
export class Relay implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private again = false;
  private busy = false;
  private stopped = false;
  private tenants: () => Promise<readonly TenantRef[]> = async () => [];

  constructor(
    private readonly database: Database,
    private readonly listeners: FactListeners,
    private readonly nudge: Nudge,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Begins to carry facts of the platform plane and of every tenant that `tenants` gives at each look. A process in
   * which it is not called (the API) carries none, however often it announces: it may lack the logins and the way out.
   */
  start(tenants: () => Promise<readonly TenantRef[]>): void {
    this.tenants = tenants;
    this.stopped = false;
    this.nudge.onSoon(() => this.look());
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Looks once, now; a look asked for during a look follows it. */
  private look(): void {
    if (this.stopped) return;
    this.again = true;
    if (!this.busy) this.running = this.lookUntilQuiet();
  }

  private async lookUntilQuiet(): Promise<void> {
    this.busy = true;
    while (this.again && !this.stopped) {
      this.again = false;
      await this.carryAll().catch(error => this.logger.error({ err: error }, 'the relay could not look'));
    }
    this.busy = false;
  }

  /** Carries everything that is due now, plane by plane. A plane that cannot be reached does not stop the others. */
  async carryAll(): Promise<void> {
    for (const tenant of [null, ...(await this.tenants())]) {
      await this.carryPlane(tenant).catch(error =>
        this.logger.error({ err: error, tenant: tenant?.code }, 'facts of a plane could not be carried'),
      );
    }
  }

  private async carryPlane(tenant: TenantRef | null): Promise<void> {
    const ctx = systemContext(tenant);
    let carried = 1;
    while (carried > 0 && !this.stopped) {
      const step = (work: UnitOfWork) => this.carryBatch(ctx, work);
      carried = tenant
        ? await this.database.writeEvenIfSuspended(ctx, step)
        : await this.database.writePlatform(step);
    }
  }

  private async carryBatch(ctx: Context, work: UnitOfWork): Promise<number> {
    const rows = await work.query<Row>(
      `SELECT id, type, aggregate_id, payload, occurred_at, attempts FROM outbox_event e
       WHERE delivered_at IS NULL AND next_attempt_at <= now()
         AND NOT EXISTS (SELECT 1 FROM outbox_event earlier WHERE earlier.aggregate_id = e.aggregate_id
                         AND earlier.delivered_at IS NULL AND earlier.id < e.id)
       ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    );
    const until = performance.now() + BATCH_MS;
    for (const row of rows) {
      if (this.stopped || performance.now() > until) break;
      await this.carry(ctx, work, row);
    }
    return rows.length;
  }

  private async tell(ctx: Context, fact: Fact): Promise<void> {
    // Whatever comes of a fact is found by the fact's own id, told once or again.
    const told = { ...ctx, traceId: fact.id };
    for (const listener of this.listeners.of(fact.type)) await listener(told, fact);
  }

  private async carry(ctx: Context, work: UnitOfWork, row: Row): Promise<void> {
    const fact: Fact = {
      id: row.id,
      type: row.type,
      aggregateId: row.aggregate_id,
      payload: row.payload,
      occurredAt: row.occurred_at,
    };
    try {
      await keepingAlive(work, () => this.tell(ctx, fact));
      await work.query(`UPDATE outbox_event SET delivered_at = now() WHERE id = $1`, [row.id]);
    } catch (error) {
      this.logger.error(
        { err: error, fact: row.type, id: row.id, tenant: ctx.tenant?.code },
        'a listener failed',
      );
      await work.query(
        `UPDATE outbox_event SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $2) WHERE id = $1`,
        [row.id, backOff(row.attempts)],
      );
    }
  }
}

/** The lock on a fact lives as long as its listeners work, and not a moment longer than this process. */
async function keepingAlive(work: UnitOfWork, effect: () => Promise<void>): Promise<void> {
  let sign: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    sign = sign.then(() => work.query('SELECT 1')).catch(() => undefined);
  }, SIGN_OF_LIFE_MS);
  try {
    await effect();
  } finally {
    clearInterval(timer);
    await sign;
  }
}

/** The context of the service acting for itself in one tenant, or on the platform plane. */
export function systemContext(tenant: TenantRef | null): Context {
  return {
    actor: SYSTEM,
    tenant,
    languages: [SOURCE_LANGUAGE],
    now: () => new Date(),
    newId,
    traceId: newId(),
    address: null,
    purpose: null,
  };
}
