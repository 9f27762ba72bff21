import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { type Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { AppError, notFound } from '../platform/errors';
import { Catalogue } from './catalogue';
import { TenancyStore } from './tenancy.store';
import type { TenantEntity } from './tenant.entity';
import { stateAfter, stepsFrom, type TenantStep } from './tenant-states';

/** Takes a tenant one step on: the only place that changes its state. Every verb of the life cycle ends here. */
@Injectable()
export class StepTenant {
  constructor(
    private readonly store: TenancyStore,
    private readonly catalogue: Catalogue,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Checks the step, changes the row with `change`, logs the transition. Throws NOT_FOUND, or STATE_FORBIDS with
   * the state and the steps that do apply.
   */
  async in(
    ctx: Context,
    work: UnitOfWork,
    code: string,
    step: TenantStep,
    change: Partial<TenantEntity> & { reason?: string } = {},
  ): Promise<TenantEntity> {
    const tenant = await this.store.tenantForChange(work, code);
    if (!tenant) throw notFound();
    const next = stateAfter(tenant.state, step, tenant.resumeState);
    if (!next) {
      throw new AppError('STATE_FORBIDS', {
        state: tenant.state,
        step,
        possible: stepsFrom(tenant.state).join(', '),
      });
    }
    const { reason = null, ...columns } = change;
    await this.store.logTransition(ctx, work, code, tenant.state, next, reason);
    const resumeState = step === 'SUSPEND' ? tenant.state : null;
    Object.assign(tenant, columns, { state: next, resumeState, changedAt: ctx.now() });
    await this.store.save(work, tenant);
    this.audit.record(ctx, work, {
      action: `tenant.${step.toLowerCase()}`,
      resource: { type: 'tenant', id: code },
    });
    work.atClose(async () => this.catalogue.forget());
    return tenant;
  }
}
