import { Global, Module } from '@nestjs/common';
import { BundlingResolver } from './bundling/bundling.resolver';
import { BundlingStore } from './bundling/bundling.store';
import { ReadBundledSupplies } from './bundling/read-bundled-supplies';
import { ReadSessionSupplies } from './bundling/read-session-supplies';
import { RecordSuppliesUsed } from './bundling/record-supplies-used';
import { CloseOutSession } from './close-out/close-out-session';
import { CloseOutRefusals } from './close-out/close-out.refusals';
import { CloseOutResolver } from './close-out/close-out.resolver';
import { CloseOutStore } from './close-out/close-out.store';
import { DecideCloseOut } from './close-out/decide-close-out';
import { LineProducts } from './close-out/line-products';
import { ReadCloseOut } from './close-out/read-close-out';
import { SettleLine } from './close-out/settle-line';
import { UncountedStore } from './close-out/uncounted.store';
import { WatchSessions } from './close-out/watch-sessions';
import { DestructionRefusals } from './destruction/destruction.refusals';
import { DestructionResolver } from './destruction/destruction.resolver';
import { DestructionStore } from './destruction/destruction.store';
import { ReadDestructions } from './destruction/read-destructions';
import { RecordDestruction } from './destruction/record-destruction';
import { WitnessDestruction } from './destruction/witness-destruction';
import { DrawManyStore } from './draw-many.store';
import { Frost } from './frost';
import { HoldLot } from './hold-lot';
import { LotRefusals } from './inventory.refusals';
import { InventoryResolver } from './inventory.resolver';
import { InventoryStore } from './inventory.store';
import { FiguresStore } from './levels/figures.store';
import { KeepFigures } from './levels/keep-figures';
import { LevelsResolver } from './levels/levels.resolver';
import { LevelsStore } from './levels/levels.store';
import { ReadAlerts } from './levels/read-alerts';
import { ReadLevels } from './levels/read-levels';
import { SetStockLevel } from './levels/set-stock-level';
import { TellStaff } from './letters/tell-staff';
import { KeepWastage } from './wastage/keep-wastage';
import { ReadWastage } from './wastage/read-wastage';
import { WastageResolver } from './wastage/wastage.resolver';
import { WastageStore } from './wastage/wastage.store';
import { StockWatch } from './levels/stock-watch';
import { UsedProducts } from './levels/used-products';
import { WorkOutFigures } from './levels/work-out-figures';
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
import { AllocateRequisition } from './requisitions/allocate-requisition';
import { CancelRequisition } from './requisitions/cancel-requisition';
import { DecideRequisition } from './requisitions/decide-requisition';
import { ReadRequisitions } from './requisitions/read-requisitions';
import { RequestStock } from './requisitions/request-stock';
import { RequisitionRefusals } from './requisitions/requisitions.refusals';
import { RequisitionsResolver } from './requisitions/requisitions.resolver';
import { RequisitionsStore } from './requisitions/requisitions.store';
import { ReturnStock } from './returns/return-stock';
import { ReturnRefusals } from './returns/returns.refusals';
import { ReturnsResolver } from './returns/returns.resolver';
import { AllocateStock } from './shipments/allocate-stock';
import { DespatchStock } from './shipments/despatch-stock';
import { BoxesStore } from './shipments/boxes.store';
import { PackShipment } from './shipments/pack-shipment';
import { ReadShipments } from './shipments/read-shipments';
import { ReceiveShipment } from './shipments/receive-shipment';
import { ShipmentRefusals } from './shipments/shipments.refusals';
import { ShipmentsResolver } from './shipments/shipments.resolver';
import { ShipmentsStore } from './shipments/shipments.store';
import { Stock } from './stock';
import { CancelStocktake } from './stocktake/cancel-stocktake';
import { CountStock } from './stocktake/count-stock';
import { DecideStocktake } from './stocktake/decide-stocktake';
import { OpenStocktake } from './stocktake/open-stocktake';
import { ReadStocktakes } from './stocktake/read-stocktakes';
import { SetApart } from './stocktake/set-apart';
import { SettleStocktakeLine } from './stocktake/settle-stocktake-line';
import { StocktakeRefusals } from './stocktake/stocktake.refusals';
import { StocktakeResolver } from './stocktake/stocktake.resolver';
import { StocktakeStore } from './stocktake/stocktake.store';
import { SubmitStocktake } from './stocktake/submit-stocktake';
import { Counts } from './units/counts';
import { RecordVvm } from './vvm/record-vvm';
import { ShelfVvm } from './vvm/shelf-vvm';
import { VvmRefusals } from './vvm/vvm.refusals';
import { VvmResolver } from './vvm/vvm.resolver';
import { VvmStore } from './vvm/vvm.store';
import { WasteStock } from './waste-stock';
import { WhereaboutsStore } from './whereabouts.store';

@Global()
@Module({
  providers: [
    AllocateRequisition,
    AllocateStock,
    CancelRequisition,
    CancelStocktake,
    CloseOutRefusals,
    CloseOutResolver,
    CloseOutSession,
    CloseOutStore,
    CountStock,
    DecideCloseOut,
    DecideRequisition,
    DecideStocktake,
    DespatchStock,
    DestructionRefusals,
    DestructionResolver,
    DestructionStore,
    DiscardVial,
    FiguresStore,
    Frost,
    HoldLot,
    InventoryResolver,
    DrawManyStore,
    InventoryStore,
    KeepFigures,
    LevelsResolver,
    LevelsStore,
    LineProducts,
    LotRefusals,
    OpenStocktake,
    OpenVial,
    BoxesStore,
    PackShipment,
    Quarantine,
    QuarantineStore,
    ReadAlerts,
    ReadBundledSupplies,
    ReadCloseOut,
    ReadLevels,
    ReadRequisitions,
    ReadDestructions,
    ReadShipments,
    ReadStock,
    ReadStocktakes,
    ReadVials,
    RebuildStock,
    RebuildStockStore,
    ReceiveShipment,
    ReceiveStock,
    RecordDestruction,
    RecordVvm,
    ReleaseLot,
    RequestStock,
    RequisitionRefusals,
    RequisitionsResolver,
    RequisitionsStore,
    ReturnRefusals,
    ReturnStock,
    ReturnsResolver,
    SessionLinesStore,
    SetStockLevel,
    SetApart,
    SettleLine,
    SettleStocktakeLine,
    ShelfVvm,
    ShipmentRefusals,
    ShipmentsResolver,
    ShipmentsStore,
    Stock,
    Counts,
    BundlingResolver,
    BundlingStore,
    ReadSessionSupplies,
    RecordSuppliesUsed,
    StockWatch,
    UsedProducts,
    StocktakeRefusals,
    StocktakeResolver,
    StocktakeStore,
    SubmitStocktake,
    VialsResolver,
    VialsStore,
    VvmRefusals,
    VvmResolver,
    VvmStore,
    KeepWastage,
    ReadWastage,
    TellStaff,
    WastageResolver,
    WastageStore,
    WasteStock,
    UncountedStore,
    WatchSessions,
    WhereaboutsStore,
    WorkOutFigures,
    WitnessDestruction,
  ],
  exports: [LotRefusals, Quarantine, RebuildStock, Stock, StockWatch],
})
export class InventoryModule {}
