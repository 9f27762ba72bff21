import { Injectable } from '@nestjs/common';
import { CompactSign } from 'jose';
import type { Context, TenantRef } from '../../platform/context';
import { Database } from '../../platform/database';
import { ProofsStore } from '../proofs/proofs.store';
import { SigningKeys } from '../signing/signing-keys';
import { SigningKeysStore } from '../signing/signing-keys.store';
import { nextUpdateOf } from './next-update-rules';
import { cardList, dccBatches } from './revocation-rules';

/**
 * What was revoked, for verifiers of each format. Whatever ended a certificate (a dose corrected or voided, a person
 * corrected, a key withdrawn) is on every list as soon as it has ended: they are made of that one fact. Public: checks no
 * permission, and names nobody.
 */
@Injectable()
export class PublishRevocations {
  constructor(
    private readonly database: Database,
    private readonly proofs: ProofsStore,
    private readonly keys: SigningKeysStore,
    private readonly signingKeys: SigningKeys,
  ) {}

  /** The EU's hashes in one list, a JWS in compact form signed by the country; `serial` never goes back. */
  async dccList(ctx: Context, { country, state }: TenantRef): Promise<string> {
    return this.database.read(ctx, async work => {
      const revocations = await this.proofs.revocations(work);
      const list = {
        country,
        serial: revocations.reduce((sum, { count }) => sum + count, 0),
        issuedAt: ctx.now().toISOString(),
        nextUpdate: nextUpdateOf(state, ctx.now()).toISOString(),
        batches: dccBatches(country, await this.proofs.revoked(work, ctx.now())),
      };
      const { privateKey, thumbprint } = await this.signingKeys.signer(ctx, work);
      return new CompactSign(new TextEncoder().encode(JSON.stringify(list)))
        .setProtectedHeader({ alg: 'ES256', kid: thumbprint })
        .sign(privateKey);
    });
  }

  /** The list of SMART Health Cards that a key signed; null for a key of which nothing was revoked. */
  async cardList(ctx: Context, tenant: TenantRef, thumbprint: string): Promise<object | null> {
    const key = await this.keyNamed(tenant, thumbprint);
    if (!key) return null;
    const ctr = (await this.cardVersions(ctx)).get(key.kid);
    if (!ctr) return null;
    const revoked = await this.database.read(ctx, work => this.proofs.revoked(work, ctx.now()));
    return cardList(thumbprint, key.kid, revoked, ctr);
  }

  /** The version of the list of each key that has one, by kid: its `crlVersion` in the key set. */
  async cardVersions(ctx: Context): Promise<ReadonlyMap<string, number>> {
    const revocations = await this.database.read(ctx, work => this.proofs.revocations(work));
    return new Map(
      revocations.flatMap(({ format, kid, count }) => (format === 'smart-health-card' ? [[kid, count]] : [])),
    );
  }

  private async keyNamed({ code }: TenantRef, thumbprint: string) {
    const keys = await this.database.readPlatform(work => this.keys.listedOf(work, code));
    return keys.find(key => key.thumbprint === thumbprint);
  }
}
