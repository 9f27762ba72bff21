import type { FacilityPlace } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { ShipmentRow } from './shipments.store';

/**
 * What goes back may be sent by whoever runs the facility, anything else only by those who supply others. One that
 * there is not is refused as one that is not theirs to send.
 */
export const maySend = (
  ctx: Context,
  shipment: Pick<ShipmentRow, 'returnReason'> | null,
  place: FacilityPlace,
): void => may(ctx, shipment?.returnReason ? 'stock.return' : 'stock.despatch', place);
