export { InventoryModule } from './inventory.module';
export { LotExpired, LotNotInStock, LotOnHold, LotRefusals } from './inventory.refusals';
export type { Lot, LotAtFacility } from './lot';
export { type PlacedHold, Quarantine } from './quarantine';
export { RebuildStock } from './rebuild-stock';
export { type Draw, type Drawn, type Return, type Shelf, Stock } from './stock';
export { StockWatch } from './levels/stock-watch';
export type { LotAt } from './whereabouts.store';
export { asOfDay, type DrawRefusal, refusalToDraw } from './stock-rules';
