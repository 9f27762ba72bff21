import { Inject, Injectable } from '@nestjs/common';
import { vaccinationTypeAt } from '../../codecs/sd-jwt';
import { CONFIG, type Config } from '../../platform/config';
import type { Context, TenantRef } from '../../platform/context';
import { Database } from '../../platform/database';
import { type ListedKey, SigningKeysStore } from '../signing/signing-keys.store';
import { addressesOf, vaccinationTypeAddress } from './addresses';
import { PublishRevocations } from './publish-revocations';
import { didDocumentOf, gdhcnListOf, jwksOf } from './published-keys-rules';

/** A country's keys for everybody, in the shapes that verifiers of each format look for. Public: checks no permission. */
@Injectable()
export class PublishKeys {
  constructor(
    private readonly database: Database,
    private readonly store: SigningKeysStore,
    private readonly revocations: PublishRevocations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async jwks(ctx: Context, tenant: TenantRef): Promise<object> {
    return jwksOf(await this.listed(tenant), await this.revocations.cardVersions(ctx));
  }

  async didDocument(tenant: TenantRef): Promise<object> {
    return didDocumentOf(addressesOf(this.config.publicUrl, tenant.code), await this.listed(tenant));
  }

  async gdhcnList(ctx: Context, tenant: TenantRef): Promise<object[]> {
    const authority = await this.database.read(ctx, work => this.store.authority(work));
    return gdhcnListOf(tenant.country, await this.listed(tenant), authority);
  }

  issuerMetadata({ code }: TenantRef): object {
    const { issuer } = addressesOf(this.config.publicUrl, code);
    return { issuer, jwks_uri: `${issuer}/.well-known/jwks.json` };
  }

  vaccinationType(): object {
    return vaccinationTypeAt(vaccinationTypeAddress(this.config.publicUrl));
  }

  private listed(tenant: TenantRef): Promise<ListedKey[]> {
    return this.database.readPlatform(work => this.store.listedOf(work, tenant.code));
  }
}
