export { ConsignmentNews, type News } from './consignments/consignment-news';
export { consignmentExposed, consignmentMoved } from './delivery.events';
export { Tracking } from './consignments/consignment.graphql';
export { DeliveryModule } from './delivery.module';
export { RebuildUnits, type UnitDifferences } from './scans/rebuild-units';
export { RebuildTower } from './tower/rebuild-tower';
export { Post, type PostFault } from './post';
