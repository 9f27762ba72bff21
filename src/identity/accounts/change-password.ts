import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Notices } from '../notices/notices';
import { Planes } from '../planes';
import { EndSignIns } from '../sign-ins/end-sign-ins';
import { PasswordTry } from '../sign-ins/password-try';
import { IdentityStore } from './identity.store';
import { PasswordCheck } from './password-check';
import { hashPassword } from './passwords';

export interface ChangePasswordInput {
  current: string;
  password: string;
}

/** Somebody chooses another password: the old one is asked as at a sign-in, and everybody else who knew it is out. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly planes: Planes,
    private readonly trying: PasswordTry,
    private readonly check: PasswordCheck,
    private readonly store: IdentityStore,
    private readonly signIns: EndSignIns,
    private readonly notices: Notices,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * How many other sign-ins ended. Throws UNAUTHENTICATED for a current password that is wrong, RATE_LIMITED after five
   * of them (those at the door count too), INVALID_INPUT for a new one that is not taken.
   */
  async run(ctx: Context, input: ChangePasswordInput): Promise<number> {
    const me = signedIn(ctx);
    const kind = me.kind as 'staff' | 'operator';
    const find = (work: UnitOfWork) => this.store.account(work, { kind, id: me.id });
    const account = await this.planes.read(ctx, kind, find);
    if (!account) throw new AppError('UNAUTHENTICATED');
    await this.check.run(ctx, 'password', input.password, account.email);
    const tried = { email: account.email, password: input.current };
    const proved = await this.trying.run(ctx, tried, { kind, find }, async (_work, now) => now.passwordHash);
    // Only now: whoever has a token and not the password has nothing hashed for her that is not counted.
    const passwordHash = await hashPassword(input.password);
    await this.planes.write(ctx, kind, async work => {
      if ((await find(work))?.passwordHash !== proved) throw new AppError('UNAUTHENTICATED');
      await this.store.setPassword(work, { kind, id: me.id }, passwordHash);
      this.notices.tell(ctx, work, { kind, id: me.id }, 'password-changed');
      this.audit.record(ctx, work, { action: 'identity.password', resource: { type: kind, id: me.id } });
    });
    return this.signIns.others(ctx);
  }
}
