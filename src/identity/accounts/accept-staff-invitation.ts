import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Database, mustBeWritable } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { hashOfToken } from '../../tenancy';
import { IdentityStore } from './identity.store';
import { PasswordCheck } from './password-check';
import { hashPassword } from './passwords';

/** Someone invited chooses a password; the invitation works once. */
@Injectable()
export class AcceptStaffInvitation {
  constructor(
    private readonly database: Database,
    private readonly store: IdentityStore,
    private readonly check: PasswordCheck,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws UNAUTHENTICATED for an unknown, used or expired token alike; INVALID_INPUT for a password not taken,
   * TENANT_READ_ONLY.
   */
  async run(ctx: Context, input: { token: string; password: string }): Promise<boolean> {
    mustBeWritable(ctx);
    const token = hashOfToken(input.token);
    // Checking a password and hashing it cost what a thousand refusals do: nobody has it done for a token she made up.
    const stands = await this.database.read(ctx, work => this.store.isInvitation(work, token, ctx.now()));
    if (!stands) throw new AppError('UNAUTHENTICATED');
    await this.check.run(ctx, 'password', input.password, '');
    const passwordHash = await hashPassword(input.password);
    return this.database.write(ctx, async work => {
      const id = await this.store.useInvitation(work, token, ctx.now());
      const account = id ? await this.store.staff(work, id) : null;
      if (account?.state !== 'INVITED') throw new AppError('UNAUTHENTICATED');
      this.check.ofAddress('password', input.password, account.email); // rolled back: the invitation is still good
      await this.store.saveStaff(work, Object.assign(account, { passwordHash, state: 'ACTIVE' as const }));
      this.audit.record(ctx, work, { action: 'staff.activate', resource: { type: 'staff', id: account.id } });
      return true;
    });
  }
}
