import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { TenantKeys } from '../tenancy';
import { SignInCodesStore } from './sign-in-codes.store';

/** How a citizen who signed in can be reached: only by the phone that she proved herself. */
@Injectable()
export class CitizenContacts {
  constructor(
    private readonly store: SignInCodesStore,
    private readonly keys: TenantKeys,
  ) {}

  /** The proved phone of a citizen's account, E.164; null when there is no such account. */
  async phoneOf(ctx: Context, work: UnitOfWork, accountId: string): Promise<string | null> {
    const sealed = await this.store.sealedPhoneOf(work, accountId);
    if (!sealed) return null;
    return this.keys.open(ctx, { table: 'citizen_account', column: 'phone_sealed', row: accountId }, sealed);
  }
}
