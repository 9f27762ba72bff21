import { Global, Module } from '@nestjs/common';
import { HoldLot } from './hold-lot';
import { InventoryResolver } from './inventory.resolver';
import { InventoryStore } from './inventory.store';
import { LotRefusals } from './inventory.refusals';
import { ReadStock } from './read-stock';
import { RebuildStock } from './rebuild-stock';
import { ReceiveStock } from './receive-stock';
import { ReleaseLot } from './release-lot';
import { Stock } from './stock';
import { WasteStock } from './waste-stock';

@Global()
@Module({
  providers: [
    HoldLot,
    InventoryResolver,
    InventoryStore,
    LotRefusals,
    ReadStock,
    RebuildStock,
    ReceiveStock,
    ReleaseLot,
    Stock,
    WasteStock,
  ],
  exports: [LotRefusals, RebuildStock, Stock],
})
export class InventoryModule {}
