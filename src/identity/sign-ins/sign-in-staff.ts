import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { IdentityStore } from '../accounts/identity.store';
import type { StaffAccountEntity } from '../accounts/staff-account.entity';
import type { IssuedToken } from '../tokens/tokens';
import { PasswordTry, type SignInInput } from './password-try';
import { StartSignIn } from './start-sign-in';

/** A member of a tenant's staff signs in. */
@Injectable()
export class SignInStaff {
  constructor(
    private readonly trying: PasswordTry,
    private readonly store: IdentityStore,
    private readonly start: StartSignIn,
  ) {}

  /** Throws UNAUTHENTICATED, or RATE_LIMITED while the name is locked. Works in a suspended tenant, to read. */
  run(ctx: Context, input: SignInInput): Promise<IssuedToken> {
    const find = (work: UnitOfWork, email: string) => this.mayEnter(work, email);
    return this.trying.run(ctx, input, { kind: 'staff', find }, async (work, { id }) =>
      this.start.in(ctx, work, { kind: 'staff', id, grants: await this.store.grantsOf(work, id) }),
    );
  }

  private async mayEnter(work: UnitOfWork, email: string): Promise<StaffAccountEntity | null> {
    const account = await this.store.staffByEmail(work, email);
    return account?.state === 'ACTIVE' ? account : null;
  }
}
