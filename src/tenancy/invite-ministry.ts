import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, TENANT_CODE, violates } from '../platform/database';
import { AppError, invalid } from '../platform/errors';
import { TenantEntity } from './tenant.entity';
import { TenancyStore } from './tenancy.store';

export interface InviteMinistryInput {
  code: string;
  country: string;
  names: { language: string; text: string }[];
  languages: string[];
  timeZone: string;
  hosts?: string[] | null;
  agreementRef: string;
  signatoryName: string;
  signatoryTitle: string;
  signatoryEmail: string;
}

/** A platform operator names a ministry as a future tenant. Nothing is provisioned yet. */
@Injectable()
export class InviteMinistry {
  constructor(
    private readonly database: Database,
    private readonly store: TenancyStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws CONFLICT when the code is taken, INVALID_INPUT for a code, country or time zone that cannot be. */
  run(ctx: Context, input: InviteMinistryInput): Promise<TenantEntity> {
    may(ctx, 'tenant.invite');
    check(input);
    return this.database.writePlatform(async work => {
      const tenant = asTenant(ctx, input);
      try {
        await this.store.add(work, tenant);
      } catch (error) {
        throw violates(error, 'tenant_pkey') ? new AppError('CONFLICT') : error;
      }
      await this.store.logTransition(ctx, work, tenant.code, null, 'INVITED', null);
      this.audit.record(ctx, work, {
        action: 'tenant.invite',
        resource: { type: 'tenant', id: tenant.code },
      });
      return tenant;
    });
  }
}

function check(input: InviteMinistryInput): void {
  if (!TENANT_CODE.test(input.code)) throw invalid('code', 'validation.tenantCode');
  if (!/^[A-Z]{2}$/.test(input.country)) throw invalid('country', 'validation.countryCode');
  if (input.languages.length === 0) throw invalid('languages', 'validation.atLeastOne');
  if (!isTimeZone(input.timeZone)) throw invalid('timeZone', 'validation.timeZone');
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function asTenant(ctx: Context, input: InviteMinistryInput): TenantEntity {
  return Object.assign(new TenantEntity(), {
    code: input.code,
    country: input.country,
    names: Object.fromEntries(input.names.map(name => [name.language, name.text])),
    languages: input.languages,
    timeZone: input.timeZone,
    hosts: input.hosts ?? [],
    state: 'INVITED' as const,
    placementId: 'home',
    schemaVersion: 0,
    agreementRef: input.agreementRef,
    signatoryName: input.signatoryName,
    signatoryTitle: input.signatoryTitle,
    signatoryEmail: input.signatoryEmail,
    createdAt: ctx.now(),
    changedAt: ctx.now(),
  });
}
