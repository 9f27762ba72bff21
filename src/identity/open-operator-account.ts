import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { IdentityStore } from './identity.store';
import { OperatorAccountEntity } from './operator-account.entity';
import { hashPassword } from './passwords';

/** Opens the account of a platform operator, or gives it a new password. Only from the command line and the sandbox. */
@Injectable()
export class OpenOperatorAccount {
  constructor(
    private readonly database: Database,
    private readonly store: IdentityStore,
  ) {}

  async run(ctx: Context, input: { email: string; name: string; password: string }): Promise<void> {
    const account = Object.assign(new OperatorAccountEntity(), {
      id: ctx.newId(),
      email: input.email.trim().toLowerCase(),
      name: input.name,
      passwordHash: await hashPassword(input.password),
      failedAttempts: 0,
      lockedUntil: null,
    });
    await this.database.writePlatform(work => this.store.addOperator(work, account));
  }
}
