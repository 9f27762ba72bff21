import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { AppError } from '../platform/errors';
import { IdentityStore } from './identity.store';
import { afterTry, secondsLocked } from './lockout-rules';
import { isPassword } from './passwords';
import type { SignInInput } from './sign-in-operator';
import { type IssuedToken, Tokens } from './tokens';

/** A member of a tenant's staff signs in. Unknown address and wrong password get the same answer after the same work. */
@Injectable()
export class SignInStaff {
  constructor(
    private readonly database: Database,
    private readonly store: IdentityStore,
    private readonly tokens: Tokens,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws UNAUTHENTICATED, or RATE_LIMITED while the account is locked. Works in a suspended tenant, to read. */
  async run(ctx: Context, input: SignInInput): Promise<IssuedToken> {
    const actor = await this.database.writeEvenIfSuspended(ctx, async work => {
      const account = await this.store.staffToSignIn(work, input.email.trim().toLowerCase());
      const locked = account ? secondsLocked(account, ctx.now()) : 0;
      if (locked > 0) throw new AppError('RATE_LIMITED', { seconds: locked });
      const right = await isPassword(input.password, account?.passwordHash ?? null);
      if (account) await this.store.noteTry(work, account, afterTry(account, right, ctx.now()));
      if (!account || !right || account.state !== 'ACTIVE') return null; // committed, so that the failure counts
      const grants = await this.store.grantsOf(work, account.id);
      const signedIn = { kind: 'staff' as const, id: account.id, grants };
      this.audit.record({ ...ctx, actor: signedIn }, work, {
        action: 'identity.sign-in',
        resource: { type: 'staff', id: account.id },
      });
      return signedIn;
    });
    if (!actor) throw new AppError('UNAUTHENTICATED');
    return this.tokens.issue(ctx, actor);
  }
}
