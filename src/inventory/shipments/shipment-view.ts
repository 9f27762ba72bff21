import { amountOf } from '../units/unit-rules';
import { ShipmentBoxLot, ShipmentBox, StockShipment, StockShipmentLine } from './shipment.graphql';
import type { ShipmentRow } from './shipments.store';

/** A shipment as it is shown. */
export const asShipment = (row: ShipmentRow): StockShipment =>
  Object.assign(new StockShipment(), row, {
    lines: row.lines.map(line =>
      Object.assign(new StockShipmentLine(), line, amountOf(line.unit, line.doses)),
    ),
    boxes: [...new Set(row.boxed.map(({ unitId }) => unitId))].map(unit =>
      Object.assign(new ShipmentBox(), {
        unit,
        into: row.boxed.find(({ unitId }) => unitId === unit)!.intoUnitId,
        lots: row.boxed.filter(({ unitId }) => unitId === unit).map(asLot),
      }),
    ),
  });

const asLot = ({ lotId, unit, doses }: ShipmentRow['boxed'][number]): ShipmentBoxLot =>
  Object.assign(new ShipmentBoxLot(), { lotId, ...amountOf(unit, doses) });
