import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { ReadSigningKeys } from './read-signing-keys';
import type { SigningKey } from './signing-key.graphql';
import { SigningKeys } from './signing-keys';
import { SigningKeysStore } from './signing-keys.store';

/** A new key signs from now on; what the earlier ones signed stays valid. */
@Injectable()
export class RotateSigningKey {
  constructor(
    private readonly database: Database,
    private readonly store: SigningKeysStore,
    private readonly signingKeys: SigningKeys,
    private readonly read: ReadSigningKeys,
  ) {}

  /** `replacing` is the kid of the key that signs now; CONFLICT when it no longer does, so that twice is once. */
  async run(ctx: Context, input: { replacing: string }): Promise<SigningKey[]> {
    may(ctx, 'certificate.rotate-key');
    const newest = await this.database.read(ctx, work => this.store.newest(work));
    if (newest?.kid !== input.replacing) throw new AppError('CONFLICT');
    const next = await this.signingKeys.make(ctx, newest.number + 1);
    await this.signingKeys.open(ctx, next);
    return this.read.run(ctx);
  }
}
