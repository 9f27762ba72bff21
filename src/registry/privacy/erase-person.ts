import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { CitizenAccounts } from '../../identity';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { personChanged, personErased } from '../registry.events';
import { type ErasureGround, ErasuresStore } from './erasures.store';
import { PersonKeys } from './person-keys.store';

/**
 * Erases a person: her key is shredded, and what names or reaches her goes. Her doses, appointments and what the trail
 * says stay, under an id that leads to nobody. Whether she may be erased was decided before, with her row locked.
 */
@Injectable()
export class ErasePerson {
  constructor(
    private readonly store: ErasuresStore,
    private readonly keys: PersonKeys,
    private readonly accounts: CitizenAccounts,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  async in(ctx: Context, work: UnitOfWork, personId: string, ground: ErasureGround): Promise<void> {
    const alone = await this.store.erase(work, personId);
    await this.accounts.forget(work, alone);
    await this.keys.shred(ctx, work, personId);
    this.audit.record(ctx, work, {
      action: 'person.erase',
      resource: { type: 'person', id: personId },
      personId,
      detail: { ground },
    });
    this.outbox.announce(ctx, work, personErased, personId, { personId });
    this.outbox.announce(ctx, work, personChanged, personId, { personId, fields: ['status'] });
  }
}
