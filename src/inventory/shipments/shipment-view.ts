import { StockShipment, StockShipmentLine } from './shipment.graphql';
import type { ShipmentRow } from './shipments.store';

/** A shipment as it is shown. */
export const asShipment = (row: ShipmentRow): StockShipment =>
  Object.assign(new StockShipment(), row, {
    lines: row.lines.map(line => Object.assign(new StockShipmentLine(), line)),
  });
