import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { SecondFactorsStore } from '../second-factor/second-factors.store';
import { IdentityStore } from './identity.store';
import { OperatorAccountEntity } from './operator-account.entity';
import { hashPassword } from './passwords';

/** Opens the account of a platform operator, or gives it a new password. Only from the command line and the sandbox. */
@Injectable()
export class OpenOperatorAccount {
  constructor(
    private readonly database: Database,
    private readonly store: IdentityStore,
    private readonly factors: SecondFactorsStore,
    private readonly audit: AuditTrail,
  ) {}

  async run(ctx: Context, input: { email: string; name: string; password: string }): Promise<void> {
    const email = input.email.trim().toLowerCase();
    const passwordHash = await hashPassword(input.password);
    await this.database.writePlatform(async work => {
      const known = await this.store.operatorByEmail(work, email);
      const account = Object.assign(new OperatorAccountEntity(), {
        id: known?.id ?? ctx.newId(), // what an operator did stays hers when she forgets her password
        email,
        name: input.name,
        passwordHash,
      });
      await this.store.saveOperator(work, account);
      await this.factors.remove(work, { kind: 'operator', id: account.id }); // she may have lost that too
      this.audit.record(ctx, work, {
        action: known ? 'operator.reset' : 'operator.open',
        resource: { type: 'operator', id: account.id },
      });
    });
  }
}
