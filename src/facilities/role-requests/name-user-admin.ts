import { Injectable } from '@nestjs/common';
import { OpenStaffAccount, StaffDirectory } from '../../identity';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';

/** From so many on they give the role to each other, and need nobody from outside. */
const ENOUGH = 2;

/**
 * Invites somebody who answers for a country's users, from the command line alone. Roles beyond a facility are given by two
 * people, so that a country that has lost one of its two could give none any more.
 */
@Injectable()
export class NameUserAdmin {
  constructor(
    private readonly database: Database,
    private readonly directory: StaffDirectory,
    private readonly accounts: OpenStaffAccount,
  ) {}

  /** Throws CONFLICT while two can sign in. */
  async run(ctx: Context, { email, name }: { email: string; name: string }): Promise<void> {
    may(ctx, 'staff.name-user-admin');
    const { send } = await this.database.write(ctx, async work => {
      const there = await this.directory.addressesOf(work, ['user-admin']);
      if (there.length >= ENOUGH) throw new AppError('CONFLICT');
      const grants = [{ role: 'user-admin', reach: { kind: 'country' as const } }];
      return this.accounts.in(ctx, work, { email, name, grants });
    });
    await send();
  }
}
