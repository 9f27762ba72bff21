import { Injectable } from '@nestjs/common';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, isReadOnly } from '../platform/database';
import { StopEnding } from './ending/stop-ending';
import { StepTenant } from './step-tenant';
import type { TenantEntity } from './tenant.entity';
import type { TenantStep } from './tenant-states';

/** The steps that an operator takes by hand; the others follow from what the ministry does. */
export type OperatorStep = Extract<TenantStep, 'START_PILOT' | 'GO_LIVE' | 'SUSPEND' | 'RESUME' | 'ARCHIVE'>;

export interface ChangeTenantStateInput {
  code: string;
  step: OperatorStep;
  /** Why; kept in the log of transitions. */
  reason: string;
}

/**
 * A platform operator pilots, opens, suspends, resumes or archives a country. A suspended one stays readable, and one that
 * is resumed is not ended.
 */
@Injectable()
export class ChangeTenantState {
  constructor(
    private readonly database: Database,
    private readonly step: StepTenant,
    private readonly ending: StopEnding,
  ) {}

  run(ctx: Context, input: ChangeTenantStateInput): Promise<TenantEntity> {
    may(ctx, 'tenant.change-state');
    return this.database.writePlatform(async work => {
      const tenant = await this.step.in(ctx, work, input.code, input.step, { reason: input.reason });
      if (!isReadOnly(tenant)) await this.ending.in(ctx, work, input.code);
      return tenant;
    });
  }
}
