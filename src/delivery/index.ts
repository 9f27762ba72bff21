export { ConsignmentNews, type News } from './consignments/consignment-news';
export { consignmentMoved } from './delivery.events';
export { DeliveryModule } from './delivery.module';
export { RebuildUnits, type UnitDifferences } from './scans/rebuild-units';
