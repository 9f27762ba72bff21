import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import { EquipmentStore } from '../equipment/equipment.store';
import { LoggersStore } from '../loggers/loggers.store';
import { ExcursionsStore } from './excursions.store';

/** When it was too cold or too warm in which piece of equipment. */
export interface Evidence {
  equipmentId: string;
  side: 'low' | 'high';
  from: Date;
  to: Date;
}

/** What was measured, for those who carry what was in it. They have checked who may. */
@Injectable()
export class ColdEvidence {
  constructor(
    private readonly equipment: EquipmentStore,
    private readonly loggers: LoggersStore,
    private readonly excursions: ExcursionsStore,
  ) {}

  /** Whether a facility has such a piece of equipment. */
  async hasEquipment(work: UnitOfWork, facilityId: string, equipmentId: string): Promise<boolean> {
    return (await this.equipment.one(work, facilityId, equipmentId)) !== null;
  }

  /** Excursions that were measured in these pieces of equipment and opened since. */
  openedIn(
    work: UnitOfWork,
    equipment: readonly { facilityId: string; equipmentId: string }[],
    since: Date,
  ): Promise<{ facilityId: string; excursionId: string }[]> {
    return this.excursions.openedIn(work, equipment, since);
  }

  /** Null for an excursion that came with stock from elsewhere: nobody measured it there. */
  async of(work: UnitOfWork, facilityId: string, excursionId: string): Promise<Evidence | null> {
    const excursion = await this.excursions.one(work, facilityId, excursionId);
    if (!excursion?.loggerId) return null;
    const { equipmentId } = (await this.loggers.one(work, facilityId, excursion.loggerId))!;
    return { equipmentId, side: excursion.side, from: excursion.fromAt, to: excursion.toAt };
  }
}
