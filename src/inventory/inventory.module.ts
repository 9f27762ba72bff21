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
import { ReadStock } from './read-stock';
import { RebuildStock } from './rebuild-stock';
import { RebuildStockStore } from './rebuild-stock.store';
import { ReceiveStock } from './receive-stock';
import { ReleaseLot } from './release-lot';
import { Stock } from './stock';
import { WasteStock } from './waste-stock';

@Global()
@Module({
  providers: [
    CloseOutRefusals,
    CloseOutResolver,
    CloseOutSession,
    CloseOutStore,
    DecideCloseOut,
    DiscardVial,
    HoldLot,
    InventoryResolver,
    InventoryStore,
    LineProducts,
    LotRefusals,
    OpenVial,
    ReadCloseOut,
    ReadStock,
    ReadVials,
    RebuildStock,
    RebuildStockStore,
    ReceiveStock,
    ReleaseLot,
    SessionLinesStore,
    SettleLine,
    Stock,
    VialsResolver,
    VialsStore,
    WasteStock,
  ],
  exports: [LotRefusals, RebuildStock, Stock],
})
export class InventoryModule {}
