import { Injectable } from '@nestjs/common';
import { Database, expectedVersion } from '../platform/database';
import { SERVED_STATES } from './tenant-states';
import { type CatalogueRow, TenancyStore } from './tenancy.store';

/** How old the catalogue may be in another process than the one that changed it. */
const FRESH_MS = 2_000;

/** Which countries are served here and how a request finds its own. Read once for many requests. */
@Injectable()
export class Catalogue {
  private rows: Promise<CatalogueRow[]> | null = null;
  private readAt = -Infinity;
  private readonly version = expectedVersion('tenant');

  constructor(
    private readonly database: Database,
    private readonly store: TenancyStore,
  ) {}

  /** The tenant of this code, if its schema exists and matches this build. */
  async byCode(code: string): Promise<CatalogueRow | null> {
    return (await this.all()).find(row => row.code === code && this.serves(row)) ?? null;
  }

  /** The tenant whose own address this host name is. */
  async byHost(host: string): Promise<CatalogueRow | null> {
    return (await this.all()).find(row => row.hosts.includes(host) && this.serves(row)) ?? null;
  }

  /** Every tenant that requests are answered for. One whose schema is behind or ahead of this build is left out. */
  async served(): Promise<CatalogueRow[]> {
    return (await this.all()).filter(row => this.serves(row));
  }

  private serves(row: CatalogueRow): boolean {
    return SERVED_STATES.includes(row.state) && row.schemaVersion === this.version;
  }

  /** Forgets what was read, after a change in this process. */
  forget(): void {
    this.rows = null;
  }

  private all(): Promise<CatalogueRow[]> {
    if (!this.rows || performance.now() - this.readAt > FRESH_MS) {
      this.readAt = performance.now();
      this.rows = this.database.readPlatform(work => this.store.catalogue(work));
      this.rows.catch(() => this.forget());
    }
    return this.rows;
  }
}
