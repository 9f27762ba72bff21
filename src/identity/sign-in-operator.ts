import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import type { Actor, Context } from '../platform/context';
import { Database } from '../platform/database';
import { AppError } from '../platform/errors';
import { IdentityStore } from './identity.store';
import { afterTry, secondsLocked } from './lockout-rules';
import { isPassword } from './passwords';
import { type IssuedToken, Tokens } from './tokens';

export interface SignInInput {
  email: string;
  password: string;
}

/** A platform operator signs in. Unknown address and wrong password get the same answer after the same work. */
@Injectable()
export class SignInOperator {
  constructor(
    private readonly database: Database,
    private readonly store: IdentityStore,
    private readonly tokens: Tokens,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws UNAUTHENTICATED, or RATE_LIMITED while the account is locked. */
  async run(ctx: Context, input: SignInInput): Promise<IssuedToken> {
    const actor = await this.database.writePlatform(async work => {
      const account = await this.store.operatorToSignIn(work, input.email.trim().toLowerCase());
      const locked = account ? secondsLocked(account, ctx.now()) : 0;
      if (locked > 0) throw new AppError('RATE_LIMITED', { seconds: locked });
      const right = await isPassword(input.password, account?.passwordHash ?? null);
      if (account) await this.store.noteTry(work, account, afterTry(account, right, ctx.now()));
      if (!account || !right) return null; // committed, so that the failure counts
      const signedIn = operatorActor(account.id);
      this.audit.record({ ...ctx, actor: signedIn }, work, {
        action: 'identity.sign-in',
        resource: { type: 'operator', id: account.id },
      });
      return signedIn;
    });
    if (!actor) throw new AppError('UNAUTHENTICATED');
    return this.tokens.issue(ctx, actor);
  }
}

const operatorActor = (id: string): Actor & { kind: 'operator'; id: string } => ({
  kind: 'operator',
  id,
  grants: [{ role: 'operator', reach: { kind: 'country' } }],
});
