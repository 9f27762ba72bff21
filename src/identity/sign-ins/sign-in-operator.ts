import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { IdentityStore } from '../accounts/identity.store';
import { Admit, type Admitted } from '../second-factor/admit';
import { PasswordTry, type SignInInput } from './password-try';

/** A platform operator signs in. */
@Injectable()
export class SignInOperator {
  constructor(
    private readonly trying: PasswordTry,
    private readonly store: IdentityStore,
    private readonly admit: Admit,
  ) {}

  /** Throws UNAUTHENTICATED, or RATE_LIMITED while the name is locked. */
  run(ctx: Context, input: SignInInput): Promise<Admitted> {
    const find: IdentityStore['operatorByEmail'] = (work, email) => this.store.operatorByEmail(work, email);
    return this.trying.run(ctx, input, { kind: 'operator', find }, (work, { id }) =>
      this.admit.in(ctx, work, { kind: 'operator', id }),
    );
  }
}
