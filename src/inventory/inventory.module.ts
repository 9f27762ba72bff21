import { Global, Module } from '@nestjs/common';
import { CloseOutRefusals } from './close-out/close-out.refusals';
import { CloseOutResolver } from './close-out/close-out.resolver';
import { CloseOutSession } from './close-out/close-out-session';
import { CloseOutStore } from './close-out/close-out.store';
import { DecideCloseOut } from './close-out/decide-close-out';
import { LineProducts } from './close-out/line-products';
import { ReadCloseOut } from './close-out/read-close-out';
import { SettleLine } from './close-out/settle-line';
import { HoldLot } from './hold-lot';
import { InventoryResolver } from './inventory.resolver';
import { InventoryStore } from './inventory.store';
import { LotRefusals } from './inventory.refusals';
import { DiscardVial } from './open-vials/discard-vial';
import { OpenVial } from './open-vials/open-vial';
import { ReadVials } from './open-vials/read-vials';
import { SessionLinesStore } from './open-vials/session-lines.store';
import { VialsResolver } from './open-vials/vials.resolver';
import { VialsStore } from './open-vials/vials.store';
import { Quarantine } from './quarantine';
import { QuarantineStore } from './quarantine.store';
import { ReadStock } from './read-stock';
import { RebuildStock } from './rebuild-stock';
import { RebuildStockStore } from './rebuild-stock.store';
import { ReceiveStock } from './receive-stock';
import { ReleaseLot } from './release-lot';
import { AllocateStock } from './shipments/allocate-stock';
import { DespatchStock } from './shipments/despatch-stock';
import { ReadShipments } from './shipments/read-shipments';
import { ReceiveShipment } from './shipments/receive-shipment';
import { ShipmentRefusals } from './shipments/shipments.refusals';
import { ShipmentsResolver } from './shipments/shipments.resolver';
import { ShipmentsStore } from './shipments/shipments.store';
import { Stock } from './stock';
import { WasteStock } from './waste-stock';
import { WhereaboutsStore } from './whereabouts.store';

@Global()
@Module({
  providers: [
    AllocateStock,
    CloseOutRefusals,
    CloseOutResolver,
    CloseOutSession,
    CloseOutStore,
    DecideCloseOut,
    DespatchStock,
    DiscardVial,
    HoldLot,
    InventoryResolver,
    InventoryStore,
    LineProducts,
    LotRefusals,
    OpenVial,
    Quarantine,
    QuarantineStore,
    ReadCloseOut,
    ReadShipments,
    ReadStock,
    ReadVials,
    RebuildStock,
    RebuildStockStore,
    ReceiveShipment,
    ReceiveStock,
    ReleaseLot,
    SessionLinesStore,
    SettleLine,
    ShipmentRefusals,
    ShipmentsResolver,
    ShipmentsStore,
    Stock,
    VialsResolver,
    VialsStore,
    WasteStock,
    WhereaboutsStore,
  ],
  exports: [LotRefusals, Quarantine, RebuildStock, Stock],
})
export class InventoryModule {}
