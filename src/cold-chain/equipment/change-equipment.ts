import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { equipmentChanged } from '../cold-chain.events';
import type { EquipmentState } from './equipment-rules';
import type { ColdEquipment } from './equipment.graphql';
import { EquipmentStore } from './equipment.store';
import { asEquipment } from './equipment-view';

export interface ChangeEquipmentInput {
  facilityId: string;
  equipmentId: string;
  state: EquipmentState;
  remark: string;
}

/** Equipment fails, is repaired, works again or is retired. To say the same again changes nothing. */
@Injectable()
export class ChangeEquipment {
  constructor(
    private readonly database: Database,
    private readonly store: EquipmentStore,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND, and STATE_FORBIDS for what is retired: that is for ever. */
  run(
    ctx: Context,
    { facilityId, equipmentId, state, remark }: ChangeEquipmentInput,
  ): Promise<ColdEquipment> {
    mayAnywhere(ctx, 'cold-equipment.register');
    return this.database.write(ctx, async work => {
      may(ctx, 'cold-equipment.register', await this.places.of(work, facilityId));
      const before = await this.store.one(work, facilityId, equipmentId);
      if (!before) throw notFound();
      if (before.state === 'RETIRED' && state !== 'RETIRED')
        throw new AppError('STATE_FORBIDS', { state: before.state });
      if (await this.store.setState(ctx, work, before, state, remark)) {
        this.audit.record(ctx, work, {
          action: 'cold-equipment.change',
          resource: { type: 'cold-equipment', id: equipmentId },
          facilityId,
          detail: { state },
        });
        this.outbox.announce(ctx, work, equipmentChanged, equipmentId, { facilityId, equipmentId, state });
      }
      return asEquipment((await this.store.one(work, facilityId, equipmentId))!);
    });
  }
}
