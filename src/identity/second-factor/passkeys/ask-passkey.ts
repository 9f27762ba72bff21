import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { signedIn } from '../../../platform/access';
import type { Actor, Context } from '../../../platform/context';
import type { UnitOfWork } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { IdentityStore } from '../../accounts/identity.store';
import { Planes } from '../../planes';
import { AddingFactors } from '../adding-factors';
import { accountOf } from '../second-factor-rules';
import { CHALLENGE_SECONDS, MOST_PASSKEYS } from './passkey-rules';
import { PasskeySignatures } from './passkey-signatures';
import { type ChallengePurpose, PasskeysStore } from './passkeys.store';

/** What an authenticator is to sign: random, for this sign-in, once. The answer is JSON for the browser's own call. */
@Injectable()
export class AskPasskey {
  constructor(
    private readonly planes: Planes,
    private readonly accounts: IdentityStore,
    private readonly store: PasskeysStore,
    private readonly adding: AddingFactors,
    private readonly signatures: PasskeySignatures,
  ) {}

  /** To make a new one. Throws as {@link AddingFactors.check}, and STATE_FORBIDS when she has as many as one may have. */
  async toRegister(ctx: Context): Promise<string> {
    const me = signedIn(ctx);
    const account = accountOf(me);
    return this.planes.write(ctx, account.kind, async work => {
      await this.adding.check(work, me);
      const [owner, known] = [await this.accounts.account(work, account), await this.store.of(work, account)];
      if (!owner) throw new AppError('UNAUTHENTICATED');
      if (known.length >= MOST_PASSKEYS) throw new AppError('STATE_FORBIDS', { state: 'TOO_MANY' });
      return this.signatures.toRegister(ctx, owner, known, await this.ask(ctx, work, me, 'REGISTER'));
    });
  }

  /** To prove one that she has. Throws STATE_FORBIDS when she has none. */
  async toProve(ctx: Context): Promise<string> {
    const me = signedIn(ctx);
    const account = accountOf(me);
    return this.planes.write(ctx, account.kind, async work => {
      const known = (await this.store.of(work, account)).filter(({ refusedAt }) => refusedAt === null);
      if (known.length === 0) throw new AppError('STATE_FORBIDS', { state: 'NO_PASSKEY' });
      return this.signatures.toProve(ctx, known, await this.ask(ctx, work, me, 'PROVE'));
    });
  }

  private async ask(ctx: Context, work: UnitOfWork, me: Actor, purpose: ChallengePurpose): Promise<Buffer> {
    if (!me.signIn) throw new AppError('UNAUTHENTICATED');
    const challenge = randomBytes(32);
    const expiresAt = new Date(ctx.now().getTime() + CHALLENGE_SECONDS * 1000);
    await this.store.ask(work, me.signIn.id, { purpose, challenge, expiresAt });
    return challenge;
  }
}
