import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { mayAnywhere, type Role, STAFF_ROLES } from '../../platform/access';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { rolesThatNeedOne } from './second-factor-rules';
import { SecondFactorsStore } from './second-factors.store';

/** Which roles of a country need a second factor to sign in. */
@Injectable()
export class SecondFactorSetting {
  constructor(
    private readonly database: Database,
    private readonly store: SecondFactorsStore,
    private readonly audit: AuditTrail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** As the country has set it, by {@link rolesThatNeedOne}. */
  async read(ctx: Context): Promise<readonly string[]> {
    mayAnywhere(ctx, 'second-factor.configure');
    const set = await this.database.read(ctx, work => this.store.rolesThatNeedOne(work));
    return rolesThatNeedOne(set, this.config);
  }

  /** From the next sign-in on; what counts from then on. Throws INVALID_INPUT for a role that there is not. */
  async change(ctx: Context, input: { roles: readonly string[] }): Promise<readonly string[]> {
    mayAnywhere(ctx, 'second-factor.configure');
    const roles = [...new Set(input.roles)].sort();
    if (roles.some(role => !STAFF_ROLES.includes(role as Role))) throw invalid('roles', 'validation.isIn');
    await this.database.write(ctx, async work => {
      await this.store.setRolesThatNeedOne(work, roles, ctx.now());
      this.audit.record(ctx, work, {
        action: 'second-factor.configure',
        resource: { type: 'sign-in-rules', id: null },
        detail: { roles },
      });
    });
    return rolesThatNeedOne(roles, this.config);
  }
}
