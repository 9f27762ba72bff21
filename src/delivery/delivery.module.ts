import { Module } from '@nestjs/common';
import { ConsignmentsResolver } from './consignments/consignments.resolver';
import { ConsignmentsStore } from './consignments/consignments.store';
import { FollowConsignments } from './consignments/follow-consignments';
import { ReadConsignment } from './consignments/read-consignment';
import { SendConsignment } from './consignments/send-consignment';
import { TrackConsignment } from './consignments/track-consignment';
import { CancelRun } from './network/cancel-run';
import { FindRoute } from './network/find-route';
import { ImportHubs } from './network/import-hubs';
import { ImportLegs } from './network/import-legs';
import { ImportReport } from './network/import-report';
import { LegResolver, NetworkResolver, SortDirectionResolver } from './network/network.resolver';
import { NetworkStore } from './network/network.store';
import { Networks } from './network/networks';
import { PublishSortPlan } from './network/publish-sort-plan';
import { ReadNetwork } from './network/read-network';
import { ReadSortPlan } from './network/read-sort-plan';
import { SortPlansStore } from './network/sort-plans.store';
import { CaptureScans } from './scans/capture-scans';
import { ReadUnit } from './scans/read-unit';
import { RebuildUnits } from './scans/rebuild-units';
import { ScansResolver } from './scans/scans.resolver';
import { ScansStore } from './scans/scans.store';
import { TakeScans } from './scans/take-scans';

@Module({
  providers: [
    CancelRun,
    CaptureScans,
    ConsignmentsResolver,
    ConsignmentsStore,
    FindRoute,
    FollowConsignments,
    ImportHubs,
    ImportLegs,
    ImportReport,
    LegResolver,
    NetworkResolver,
    Networks,
    NetworkStore,
    PublishSortPlan,
    ReadConsignment,
    ReadNetwork,
    ReadSortPlan,
    ReadUnit,
    RebuildUnits,
    ScansResolver,
    ScansStore,
    SendConsignment,
    SortDirectionResolver,
    SortPlansStore,
    TakeScans,
    TrackConsignment,
  ],
})
export class DeliveryModule {}
