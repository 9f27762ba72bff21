import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { IdentityStore } from '../accounts/identity.store';
import type { StaffAccountEntity } from '../accounts/staff-account.entity';
import { Admit, type Admitted } from '../second-factor/admit';
import { PasswordTry, type SignInInput } from './password-try';

/** A member of a tenant's staff signs in. */
@Injectable()
export class SignInStaff {
  constructor(
    private readonly trying: PasswordTry,
    private readonly store: IdentityStore,
    private readonly admit: Admit,
  ) {}

  /** Throws UNAUTHENTICATED, or RATE_LIMITED while the name is locked. Works in a suspended tenant, to read. */
  run(ctx: Context, input: SignInInput): Promise<Admitted> {
    const find = (work: UnitOfWork, email: string) => this.mayEnter(work, email);
    return this.trying.run(ctx, input, { kind: 'staff', find }, (work, { id }) =>
      this.admit.in(ctx, work, { kind: 'staff', id }),
    );
  }

  private async mayEnter(work: UnitOfWork, email: string): Promise<StaffAccountEntity | null> {
    const account = await this.store.staffByEmail(work, email);
    return account?.state === 'ACTIVE' ? account : null;
  }
}
