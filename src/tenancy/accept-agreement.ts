import { Injectable } from '@nestjs/common';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { AppError, invalid, notFound } from '../platform/errors';
import { Outbox } from '../platform/events';
import { licenceIn } from './licence';
import { StepTenant } from './step-tenant';
import { agreementAccepted } from './tenancy.events';
import { TenancyStore } from './tenancy.store';
import type { TenantEntity } from './tenant.entity';

export interface AcceptAgreementInput {
  /** Language, version and hash of the text that the signatory was shown and accepts. */
  language: string;
  version: string;
  textSha256: string;
  firstAdminName: string;
  firstAdminEmail: string;
}

/**
 * The signatory accepts the licence for her ministry; the evidence (who, when, version, hash) is kept for ever and
 * provisioning follows. What is accepted must be the very text that was sent.
 */
@Injectable()
export class AcceptAgreement {
  constructor(
    private readonly database: Database,
    private readonly store: TenancyStore,
    private readonly step: StepTenant,
    private readonly outbox: Outbox,
  ) {}

  run(ctx: Context, input: AcceptAgreementInput): Promise<TenantEntity> {
    may(ctx, 'agreement.accept', { accountId: signatorysTenant(ctx) });
    return this.database.writePlatform(async work => {
      const tenant = await this.store.tenant(work, signatorysTenant(ctx));
      if (!tenant) throw notFound();
      if (!tenant.licenceVersion) throw new AppError('STATE_FORBIDS', { state: tenant.state });
      const licence = licenceIn([input.language], tenant.licenceVersion);
      if (input.version !== licence.version) throw invalid('version', 'validation.licenceVersion');
      if (input.textSha256 !== licence.sha256) throw invalid('textSha256', 'validation.licenceText');
      const accepted = await this.step.in(ctx, work, tenant.code, 'ACCEPT_AGREEMENT', {
        firstAdminName: input.firstAdminName,
        firstAdminEmail: input.firstAdminEmail,
      });
      await this.store.addAcceptance(ctx, work, accepted, licence);
      this.outbox.announce(ctx, work, agreementAccepted, accepted.code, { tenantCode: accepted.code });
      return accepted;
    });
  }
}

/** A signatory's account is her tenant's code: the one country she can speak for. */
export function signatorysTenant(ctx: Context): string {
  if (ctx.actor.kind !== 'signatory' || !ctx.actor.id) throw new AppError('FORBIDDEN');
  return ctx.actor.id;
}
