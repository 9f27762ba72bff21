import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { type SigningKey, SigningKeyState } from './signing-key.graphql';
import { type ListedKey, SigningKeysStore } from './signing-keys.store';

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
    const signing = keys.find(key => !key.withdrawnAt);
    return keys.map(key => ({
      ...key,
      publicJwk: JSON.stringify(key.publicJwk),
      state: stateOf(key, key === signing),
    }));
  }
}

function stateOf(key: ListedKey, signs: boolean): SigningKeyState {
  if (key.withdrawnAt) return SigningKeyState.WITHDRAWN;
  return signs ? SigningKeyState.SIGNING : SigningKeyState.VERIFYING;
}
