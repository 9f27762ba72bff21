import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { ColdEvidence } from '../../cold-chain';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { unitCode } from '../../codecs/unit-codes';
import { type ColdUnitRow, ColdUnitsStore } from './cold-units.store';

/**
 * A cold box or vehicle bears a label: what is measured in it is known of what it carries. To say it again changes
 * nothing.
 */
@Injectable()
export class LabelColdEquipment {
  constructor(
    private readonly database: Database,
    private readonly store: ColdUnitsStore,
    private readonly coldEvidence: ColdEvidence,
    private readonly places: Places,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for no such equipment, INVALID_INPUT for a text that is no unit's code. */
  run(
    ctx: Context,
    { unit, facilityId, equipmentId }: Omit<ColdUnitRow, 'unitId'> & { unit: string },
  ): Promise<ColdUnitRow> {
    mayAnywhere(ctx, 'cold-equipment.register');
    return this.database.write(ctx, async work => {
      may(ctx, 'cold-equipment.register', await this.places.of(work, facilityId));
      const read = unitCode(unit);
      if ('fault' in read) throw invalid('unit', `delivery.scanFault.${read.fault}`);
      if (!(await this.coldEvidence.hasEquipment(work, facilityId, equipmentId))) throw notFound();
      const labelled = { unitId: read.code, facilityId, equipmentId };
      await this.store.put(ctx, work, labelled);
      this.audit.record(ctx, work, {
        action: 'cold-equipment.label',
        resource: { type: 'cold-equipment', id: equipmentId },
        facilityId,
        detail: { unit: read.code },
      });
      return labelled;
    });
  }
}
