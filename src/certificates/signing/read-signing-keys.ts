import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { type SigningKey, SigningKeyState } from './signing-key.graphql';
import { type ListedKey, SigningKeysStore } from './signing-keys.store';

const ALGORITHMS = ['ES256', 'EdDSA'] as const;

/** The public halves of a country's signers, for everybody. */
@Injectable()
export class ReadSigningKeys {
  constructor(
    private readonly database: Database,
    private readonly store: SigningKeysStore,
  ) {}

  async run(ctx: Context): Promise<SigningKey[]> {
    const { tenant } = ctx;
    if (!tenant) throw new AppError('TENANT_REQUIRED');
    const keys = await this.database.readPlatform(work => this.store.listedOf(work, tenant.code));
    const now = ctx.now();
    const signing = new Set(
      ALGORITHMS.map(alg => keys.find(key => key.alg === alg && !key.withdrawnAt && key.notBefore <= now)),
    );
    return keys.map(key => ({
      ...key,
      publicJwk: JSON.stringify(key.publicJwk),
      certificate: key.certificate?.toString('base64') ?? null,
      state: stateOf(key, now, signing.has(key)),
    }));
  }
}

function stateOf(key: ListedKey, now: Date, signs: boolean): SigningKeyState {
  if (key.withdrawnAt) return SigningKeyState.WITHDRAWN;
  if (key.notBefore > now) return SigningKeyState.NEXT;
  return signs ? SigningKeyState.SIGNING : SigningKeyState.VERIFYING;
}
