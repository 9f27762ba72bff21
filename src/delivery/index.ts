export { DeliveryModule } from './delivery.module';
export { RebuildUnits, type UnitDifferences } from './scans/rebuild-units';
