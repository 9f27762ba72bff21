import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, SealKeys } from '../../audit';
import { CONFIG, type Config } from '../../platform/config';
import type { Context, TenantRef } from '../../platform/context';
import {
  asOwner,
  Database,
  letsIn,
  ownerAt,
  type Owner,
  passwordOf,
  PLATFORM_SCHEMA,
  platformLogin,
  schemaOf,
  setPassword,
  tenantLogin,
  urlAs,
} from '../../platform/database';
import { systemContext } from '../../platform/events';
import { KeyManagement, type WrappedColumn, WrappedColumns } from '../../platform/keys';
import { type WrappedValue, WrappedValuesStore } from './wrapped-values.store';

/** What was done to one plane. */
export interface PlaneChanged {
  /** Its schema. */
  plane: string;
  /** Values that another master key than the one in use had wrapped. */
  rewrapped: number;
  /** Whether the login got another password. */
  loginChanged: boolean;
  /** RFC 7638 thumbprint of the key that signs its seals from now on, to be noted outside. */
  sealKey: string;
}

/**
 * Moves everything that hangs on a former master key to the one in use: what the key management wrapped, and the
 * passwords of the logins, plane by plane, while everybody goes on. Whatever was done already is left as it is, so that one
 * that was killed is begun again; and with one key alone it shows that nothing hangs on another.
 */
@Injectable()
export class ChangeMasterKey {
  constructor(
    private readonly database: Database,
    private readonly store: WrappedValuesStore,
    private readonly keys: KeyManagement,
    private readonly columns: WrappedColumns,
    private readonly seals: SealKeys,
    private readonly audit: AuditTrail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** `tell` hears of each plane when it is done. Throws at the first value that no key which is held opens. */
  async run(ctx: Context, tell: (plane: PlaneChanged) => void): Promise<void> {
    const { ownerUrl } = this.config;
    if (!ownerUrl)
      throw new Error('Changing the master key needs DATABASE_URL, the login that owns the schemas');
    const tenants = await asOwner(ownerUrl, owner => this.store.tenants(owner));
    for (const tenant of [null, ...tenants]) {
      const done = await this.changePlane(tenant, ownerUrl);
      await this.record(ctx, done);
      tell(done);
    }
  }

  private changePlane(tenant: TenantRef | null, ownerUrl: string): Promise<PlaneChanged> {
    const plane = tenant ? schemaOf(tenant.code) : PLATFORM_SCHEMA;
    return asOwner(ownerAt(tenant?.placementUrl, ownerUrl), async owner => {
      let rewrapped = 0;
      for (const column of this.columns.of(tenant ? 'tenant' : 'platform'))
        rewrapped += await this.rewrapColumn(owner, plane, tenant, column);
      const loginChanged = await this.changeLogin(owner, tenant, ownerUrl);
      return { plane, rewrapped, loginChanged, sealKey: this.seals.signerOf(plane).thumbprint };
    });
  }

  private async rewrapColumn(
    owner: Owner,
    schema: string,
    tenant: TenantRef | null,
    column: WrappedColumn,
  ): Promise<number> {
    const rewrap = ({ names, wrapped }: WrappedValue): Buffer | null =>
      this.keys.rewrap(wrapped, column.contextOf(systemContext(tenant), names));
    const former = (await this.store.values(owner, schema, column))
      .map(value => ({ value, anew: rewrap(value) }))
      .filter(({ anew }) => anew !== null);
    for (const { value, anew } of former) await this.store.replace(owner, schema, column, value, anew!);
    return former.length;
  }

  /** Asked of the server itself, before and after: a password that was set and does not let in is no password. */
  private async changeLogin(owner: Owner, tenant: TenantRef | null, ownerUrl: string): Promise<boolean> {
    const { loginPrefix } = this.config;
    const login = tenant ? tenantLogin(loginPrefix, tenant.code) : platformLogin(loginPrefix);
    const url = urlAs(ownerAt(tenant?.placementUrl, ownerUrl), login, passwordOf(this.keys, login));
    if (await letsIn(url)) return false;
    await setPassword(owner, this.keys, login);
    if (await letsIn(url)) return true;
    throw new Error(`The login ${login} has a new password and is not let in with it`);
  }

  private record(ctx: Context, { plane, rewrapped, loginChanged }: PlaneChanged): Promise<void> {
    return this.database.writePlatform(async work =>
      this.audit.record(ctx, work, {
        action: 'platform.change-master-key',
        resource: { type: 'plane', id: plane },
        detail: { rewrapped, loginChanged },
      }),
    );
  }
}
