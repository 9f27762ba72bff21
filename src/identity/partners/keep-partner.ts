import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { EndSignIns } from '../sign-ins/end-sign-ins';
import { Partner } from './partner.graphql';
import { partnerChanged } from './partners.events';
import { type PartnerRow, PartnersStore } from './partners.store';
import { ShowPartner } from './show-partner';

/** Keeps what became of a partner: the row, its tokens ended, the trail, the fact. */
@Injectable()
export class KeepPartner {
  constructor(
    private readonly store: PartnersStore,
    private readonly endings: EndSignIns,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly showing: ShowPartner,
  ) {}

  /** What its tokens said of it holds no more: they work no longer, here at once and elsewhere within two seconds. */
  async in(ctx: Context, work: UnitOfWork, row: PartnerRow, action: string): Promise<Partner> {
    await this.store.save(work, row);
    await this.endings.ofPartner(ctx, work, row.id);
    this.audit.record(ctx, work, {
      action,
      resource: { type: 'partner', id: row.id },
      detail: { state: row.state, scopes: row.scopes, keys: row.keys.map(({ kid }) => kid) },
    });
    this.outbox.announce(ctx, work, partnerChanged, row.id, { partnerId: row.id, state: row.state });
    return this.showing.one(work, row.id);
  }
}
