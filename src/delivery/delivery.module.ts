import { Module } from '@nestjs/common';
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
    FindRoute,
    ImportHubs,
    ImportLegs,
    ImportReport,
    LegResolver,
    NetworkResolver,
    Networks,
    NetworkStore,
    PublishSortPlan,
    ReadNetwork,
    ReadSortPlan,
    ReadUnit,
    RebuildUnits,
    ScansResolver,
    ScansStore,
    SortDirectionResolver,
    SortPlansStore,
    TakeScans,
  ],
})
export class DeliveryModule {}
