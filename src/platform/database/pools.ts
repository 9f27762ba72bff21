import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { CONFIG, type Config } from '../config';
import type { TenantRef } from '../context';
import { Unavailable } from '../errors';
import { KeyManagement } from '../keys';
import { Gate } from './gate';
import { driverFor } from './either-password';
import { PLATFORM_SCHEMA, passwordsOf, platformLogin, tenantLogin, urlAs } from './logins';
import { PATIENCE_MS } from './patience';

const IDLE_MS = 5 * 60_000;
const TENANT_CONNECTIONS = 8;
const PLATFORM_CONNECTIONS = 6;
/**
 * Connections of a tenant beside those: for what many share and is read anew now and then, by somebody who may hold one of
 * the others. Were there none, all who hold one could wait for one more, and nobody would get it.
 */
const ASIDE_CONNECTIONS = 2;

interface Pool {
  source: Promise<DataSource>;
  gate: Gate;
  aside: Gate;
  inUse: number;
  idleSince: number;
}

/**
 * One small TypeORM `DataSource` a tenant, opened at first use with the tenant's own login and closed when idle
 * (200 open ones cost about 200 MB of heap), and one for the platform plane.
 */
@Injectable()
export class Pools implements OnApplicationShutdown {
  private readonly pools = new Map<string, Pool>();
  private readonly sweeper = setInterval(() => void this.closeIdle(), IDLE_MS / 5).unref();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly keys: KeyManagement,
  ) {}

  /** Lends the DataSource of a tenant (null: of the platform plane) for the length of `use`. Throws {@link Unavailable}. */
  lend<T>(tenant: TenantRef | null, use: (source: DataSource) => Promise<T>): Promise<T> {
    return this.lendFrom(tenant, null, use);
  }

  /**
   * {@link lend} for a short piece of work that many wait for, of whom each may hold a connection. The work must not need
   * another connection itself.
   */
  lendAside<T>(tenant: TenantRef, use: (source: DataSource) => Promise<T>): Promise<T> {
    return this.lendFrom(tenant, null, use, 'aside');
  }

  /** Whether the tenant's server has a replica: only the platform's has. */
  hasReplica({ placementUrl }: TenantRef): boolean {
    return this.config.replicaUrl !== null && !placementUrl;
  }

  /** {@link lend} on the replica, for a tenant that {@link hasReplica}. */
  lendReplica<T>(tenant: TenantRef, use: (source: DataSource) => Promise<T>): Promise<T> {
    return this.lendFrom(tenant, this.config.replicaUrl, use);
  }

  private async lendFrom<T>(
    tenant: TenantRef | null,
    replica: string | null,
    use: (source: DataSource) => Promise<T>,
    through: 'gate' | 'aside' = 'gate',
  ): Promise<T> {
    // With its server: a country that was moved is found there by the next request that knows of it
    const key = `${tenant?.code ?? ''}@${replica ?? tenant?.placementUrl ?? ''}`;
    const pool = this.pools.get(key) ?? this.open(key, tenant, replica);
    pool.inUse++;
    try {
      return await pool[through].through(async () => {
        const source = await pool.source.catch(error => {
          this.pools.delete(key); // tried afresh next time
          throw new Unavailable(error);
        });
        return use(source);
      });
    } finally {
      pool.inUse--;
      pool.idleSince = Date.now();
    }
  }

  /** Last of all: requests under way, the relay and what is written at shutdown still need their pools. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.sweeper);
    await Promise.all([...this.pools.keys()].map(key => this.close(key)));
  }

  private open(key: string, tenant: TenantRef | null, replica: string | null): Pool {
    const pool = {
      source: this.connect(tenant, replica),
      gate: new Gate(tenant ? TENANT_CONNECTIONS : PLATFORM_CONNECTIONS, PATIENCE_MS),
      aside: new Gate(ASIDE_CONNECTIONS, PATIENCE_MS),
      inUse: 0,
      idleSince: Date.now(),
    };
    pool.source.catch(() => undefined); // whoever waits for it gets the error; nobody else must crash by it
    this.pools.set(key, pool);
    return pool;
  }

  private connect(tenant: TenantRef | null, replica: string | null): Promise<DataSource> {
    const { url, passwords } = this.loginFor(tenant);
    return new DataSource({
      type: 'postgres',
      driver: driverFor(passwords),
      url: replica ? onServerOf(replica, url) : url,
      entities: entitiesOf(tenant ? 'tenant' : 'platform'),
      installExtensions: false,
      extra: {
        pipeline: true,
        // Whoever would write says so in a transaction of its own; all else reads (`Database`).
        options: '-c default_transaction_read_only=on',
        max: tenant ? TENANT_CONNECTIONS + ASIDE_CONNECTIONS : PLATFORM_CONNECTIONS,
        connectionTimeoutMillis: PATIENCE_MS,
        idleTimeoutMillis: 60_000,
      },
    }).initialize();
  }

  /** Every plane has its own login, with a derived password: a URL only tells which server and database. */
  private loginFor(tenant: TenantRef | null): { url: string; passwords: string[] } {
    const { loginPrefix, platformUrl, ownerUrl } = this.config;
    const server = tenant?.placementUrl ?? platformUrl ?? ownerUrl!;
    const login = tenant ? tenantLogin(loginPrefix, tenant.code) : platformLogin(loginPrefix);
    const passwords = passwordsOf(this.keys, login);
    return { url: urlAs(server, login, passwords[0]!), passwords };
  }

  private async closeIdle(): Promise<void> {
    const before = Date.now() - IDLE_MS;
    for (const [key, pool] of this.pools) {
      if (pool.inUse === 0 && pool.idleSince < before) await this.close(key);
    }
  }

  private async close(key: string): Promise<void> {
    const pool = this.pools.get(key);
    this.pools.delete(key);
    const source = await pool?.source.catch(() => null);
    await source?.destroy();
  }
}

/** The same login and database on another server. */
function onServerOf(server: string, database: string): string {
  const url = new URL(database);
  const { hostname, port } = new URL(server);
  Object.assign(url, { hostname, port: port || '5432' });
  return url.href;
}

/** Platform tables always name their schema in their entity, tenant tables never do. */
function entitiesOf(plane: 'platform' | 'tenant') {
  return getMetadataArgsStorage()
    .tables.filter(table => (table.schema === PLATFORM_SCHEMA) === (plane === 'platform'))
    .map(table => table.target);
}
