import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Database, destroyKeys, destroyTenant, isReadOnly, ownerAt } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { Rounds } from '../rounds';
import { StepTenant } from '../step-tenant';
import { tenantEnded } from '../tenancy.events';
import { TenancyStore } from '../tenancy.store';
import { type EndedCountry, EndedList } from './ended-list';
import { type EndingRow, TenantEndingsStore } from './tenant-endings.store';

/** Tables of a country whose rows are keys, wrapped. */
const KEY_TABLES = ['person_key', 'data_key'];

/** Nothing migrates it any more, or looks for keys in it. */
const NO_SCHEMA = { schemaVersion: 0 };

/**
 * Destroys what is left of countries whose time is over: the keys, then the records and the login. Each step can be
 * repeated, so a worker killed in the middle is followed by another that finishes. A country on the list of the ended
 * that a restored copy has brought back goes again.
 */
@Injectable()
export class EndTenant implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly tenancy: TenancyStore,
    private readonly store: TenantEndingsStore,
    private readonly step: StepTenant,
    private readonly list: EndedList,
    private readonly rounds: Rounds,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'a country could not be ended';
    this.rounds.add({ seconds: 60, fault, platformToo: true, run: ctx => this.run(ctx) });
  }

  /** The turn of the platform plane; countries have none. */
  async run(ctx: Context): Promise<void> {
    if (ctx.tenant) return;
    await this.begin(ctx);
    const underway = await this.database.readPlatform(work => this.store.inState(work, 'ENDING'));
    for (const ending of underway) await this.finish(ctx, ending);
    for (const country of await this.list.all()) await this.again(ctx, country);
  }

  /** From here on nobody is served, and nobody can stop it. */
  private begin(ctx: Context): Promise<void> {
    return this.database.writePlatform(async work => {
      for (const { id, tenantCode, reason } of await this.store.due(ctx, work)) {
        await this.store.begin(work, id);
        await this.step.in(ctx, work, tenantCode, 'END', { reason, ...NO_SCHEMA });
      }
    });
  }

  private async finish(ctx: Context, { id, tenantCode: code }: EndingRow): Promise<void> {
    const tenant = await this.database.readPlatform(work => this.tenancy.tenant(work, code));
    await this.list.add({ code, since: tenant!.createdAt });
    const owner = await this.ownerOf(code);
    await destroyKeys(owner, code, KEY_TABLES);
    await this.database.writePlatform(work => this.store.keysGone(ctx, work, id));
    await destroyTenant(owner, code);
    await this.database.writePlatform(async work => {
      if (await this.store.end(ctx, work, id))
        this.outbox.announce(ctx, work, tenantEnded, code, { endingId: id });
    });
  }

  /** A restored copy knows a country in the state it had. Its state comes last: if this stops before, it is done again. */
  private async again(ctx: Context, { code, since }: EndedCountry): Promise<void> {
    const tenant = await this.database.readPlatform(work => this.tenancy.tenant(work, code));
    if (!tenant || tenant.state === 'ENDED' || tenant.createdAt.getTime() !== since.getTime()) return;
    const owner = await this.ownerOf(code);
    await destroyKeys(owner, code, KEY_TABLES);
    await destroyTenant(owner, code);
    await this.database.writePlatform(async work => {
      const reason = 'a copy of the database had brought it back';
      if (!isReadOnly(tenant)) await this.step.in(ctx, work, code, 'SUSPEND', { reason });
      await this.step.in(ctx, work, code, 'END', { reason, ...NO_SCHEMA });
    });
  }

  /** On the server that it lives on. */
  private async ownerOf(code: string): Promise<{ ownerUrl: string; loginPrefix: string }> {
    const { ownerUrl, loginPrefix } = this.config;
    if (!ownerUrl) throw new Error('Ending a country needs DATABASE_URL, the login that may drop schemas');
    const placement = await this.database.readPlatform(work => this.tenancy.placementUrl(work, code));
    return { ownerUrl: ownerAt(placement, ownerUrl), loginPrefix };
  }
}
