import { ColdCapacity, ColdEquipment } from './equipment.graphql';
import type { EquipmentRow } from './equipment.store';

/** Equipment as it is shown. */
export const asEquipment = (row: EquipmentRow): ColdEquipment =>
  Object.assign(new ColdEquipment(), row, {
    capacities: row.capacities.map(one => Object.assign(new ColdCapacity(), one)),
  });
