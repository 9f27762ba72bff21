import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { IdentityStore } from '../accounts/identity.store';
import type { IssuedToken } from '../tokens/tokens';
import { PasswordTry, type SignInInput } from './password-try';
import { StartSignIn } from './start-sign-in';

/** A platform operator signs in. */
@Injectable()
export class SignInOperator {
  constructor(
    private readonly trying: PasswordTry,
    private readonly store: IdentityStore,
    private readonly start: StartSignIn,
  ) {}

  /** Throws UNAUTHENTICATED, or RATE_LIMITED while the name is locked. */
  run(ctx: Context, input: SignInInput): Promise<IssuedToken> {
    const find: IdentityStore['operatorByEmail'] = (work, email) => this.store.operatorByEmail(work, email);
    return this.trying.run(ctx, input, { kind: 'operator', find }, (work, { id }) =>
      this.start.in(ctx, work, {
        kind: 'operator',
        id,
        grants: [{ role: 'operator', reach: { kind: 'country' } }],
      }),
    );
  }
}
