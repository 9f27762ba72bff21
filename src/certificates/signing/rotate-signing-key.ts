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

  /**
   * `replacing` is the kid of the key made last of its algorithm; CONFLICT when it no longer is, so that twice is once.
   * INVALID_INPUT for a day that has passed.
   */
  async run(ctx: Context, input: { replacing: string; signsFrom: Date | null }): Promise<SigningKey[]> {
    may(ctx, 'certificate.rotate-key');
    const asked = ctx.now();
    const signsFrom = input.signsFrom ?? asked;
    if (signsFrom < asked) throw new AppError('INVALID_INPUT');
    const { replaced, newest, count } = await this.database.read(ctx, async work => {
      // First: counted after another rotation that `newest` did not see, it would give a second new key a free number
      const count = await this.store.count(work);
      const replaced = await this.store.byKid(work, input.replacing);
      const newest = replaced && (await this.store.newest(work, replaced.alg));
      return { replaced, newest, count };
    });
    if (!replaced || newest?.kid !== replaced.kid) throw new AppError('CONFLICT');
    const next = await this.signingKeys.make(ctx, replaced.alg, count, signsFrom);
    await this.signingKeys.open(ctx, next);
    return this.read.run(ctx);
  }
}
