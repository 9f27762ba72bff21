import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, isReadOnly } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { TenancyStore } from '../tenancy.store';
import { readPublicKey } from './public-key';
import { type EndingRow, TenantEndingsStore } from './tenant-endings.store';

export interface RequestEndingInput {
  code: string;
  instruction: string;
  reason: string;
  publicKey: string;
  waitDays: number;
}

/** An operator asks, at the ministry's written word, that a country's records be destroyed. Nothing happens yet. */
@Injectable()
export class RequestEnding {
  constructor(
    private readonly database: Database,
    private readonly tenancy: TenancyStore,
    private readonly store: TenantEndingsStore,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws NOT_FOUND, INVALID_INPUT for a key that is none, STATE_FORBIDS unless the country is suspended or archived,
   * CONFLICT while another request is under way.
   */
  async run(ctx: Context, input: RequestEndingInput): Promise<EndingRow> {
    may(ctx, 'tenant.request-ending');
    const publicKey = await readPublicKey(input.publicKey);
    return this.database.writePlatform(async work => {
      const tenant = await this.tenancy.tenantForChange(work, input.code);
      if (!tenant) throw notFound();
      if (!isReadOnly(tenant)) throw new AppError('STATE_FORBIDS', { state: tenant.state });
      const ending = await this.store.ask(ctx, work, { ...input, tenantCode: tenant.code, publicKey });
      if (!ending) throw new AppError('CONFLICT');
      this.audit.record(ctx, work, {
        action: 'tenant.request-ending',
        resource: { type: 'tenant', id: tenant.code },
        detail: { endingId: ending.id, instruction: ending.instruction },
      });
      return ending;
    });
  }
}
