import { Module } from '@nestjs/common';
import { ColdChainModule } from '../cold-chain';
import { ImportReport } from '../platform/tables';
import { Carriers } from './carriers/carriers';
import { CarriersResolver } from './carriers/carriers.resolver';
import { ColdUnitsStore } from './carriers/cold-units.store';
import { FollowExcursions } from './carriers/follow-excursions';
import { LabelColdEquipment } from './carriers/label-cold-equipment';
import { ConsignmentsResolver } from './consignments/consignments.resolver';
import { ConsignmentsStore } from './consignments/consignments.store';
import { Destinations } from './consignments/destinations';
import { Dispatch } from './consignments/dispatch';
import { FollowConsignments } from './consignments/follow-consignments';
import { FindRoom } from './room/find-room';
import { LoadsStore } from './room/loads.store';
import { PlanConsignment } from './consignments/plan-consignment';
import { ReadConsignment } from './consignments/read-consignment';
import { SendConsignment } from './consignments/send-consignment';
import { TrackConsignment } from './consignments/track-consignment';
import { TrackingStore } from './consignments/tracking.store';
import { CheckHandover } from './doors/check-handover';
import { DirectConsignment } from './doors/direct-consignment';
import { DoorsResolver } from './doors/doors.resolver';
import { DoorsStore } from './doors/doors.store';
import { HandoverSecrets } from './doors/handover-secrets';
import { ReadHandoverSecret } from './doors/read-handover-secret';
import { LabelsResolver } from './labels/labels.resolver';
import { PrintLabels } from './labels/print-labels';
import { PublishRates } from './rates/publish-rates';
import { Rates } from './rates/rates';
import { RatesResolver } from './rates/rates.resolver';
import { RatesStore } from './rates/rates.store';
import { ReadRates } from './rates/read-rates';
import { ReadTrip } from './trips/read-trip';
import { TripsResolver } from './trips/trips.resolver';
import { TripsStore } from './trips/trips.store';
import { KeepTower } from './tower/keep-tower';
import { ReadTower } from './tower/read-tower';
import { RebuildTower } from './tower/rebuild-tower';
import { TowerResolver } from './tower/tower.resolver';
import { TowerStore } from './tower/tower.store';
import { IssueSsccs } from './numbers/issue-ssccs';
import { NumbersResolver } from './numbers/numbers.resolver';
import { NumbersStore } from './numbers/numbers.store';
import { OwnSsccs } from './numbers/own-ssccs';
import { SetCompanyPrefix } from './numbers/set-company-prefix';
import { Post } from './post';
import { ForgetReceivers } from './messages/forget-receivers';
import { QuietConsignment } from './messages/quiet-consignment';
import { Receivers } from './messages/receivers';
import { ReceiversStore } from './messages/receivers.store';
import { TellReceiver } from './messages/tell-receiver';
import { ConsignmentNews } from './consignments/consignment-news';
import { OrderConsignments } from './consignments/order-consignments';
import { OrdersResolver } from './consignments/orders.resolver';
import { CancelRun } from './network/cancel-run';
import { FindRoute } from './network/find-route';
import { ImportHubs } from './network/import-hubs';
import { ImportLegs } from './network/import-legs';
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
  imports: [ColdChainModule],
  providers: [
    CancelRun,
    CaptureScans,
    Carriers,
    CarriersResolver,
    CheckHandover,
    ColdUnitsStore,
    ConsignmentNews,
    ConsignmentsResolver,
    ConsignmentsStore,
    Destinations,
    DirectConsignment,
    Dispatch,
    DoorsResolver,
    DoorsStore,
    FindRoom,
    FindRoute,
    FollowConsignments,
    FollowExcursions,
    ForgetReceivers,
    HandoverSecrets,
    ImportHubs,
    ImportLegs,
    ImportReport,
    IssueSsccs,
    KeepTower,
    LabelColdEquipment,
    LabelsResolver,
    LegResolver,
    LoadsStore,
    NetworkResolver,
    Networks,
    NetworkStore,
    NumbersResolver,
    NumbersStore,
    OwnSsccs,
    PlanConsignment,
    Post,
    PrintLabels,
    OrderConsignments,
    OrdersResolver,
    PublishRates,
    PublishSortPlan,
    QuietConsignment,
    Rates,
    RatesResolver,
    RatesStore,
    ReadConsignment,
    ReadHandoverSecret,
    ReadNetwork,
    ReadRates,
    ReadSortPlan,
    ReadTower,
    ReadTrip,
    ReadUnit,
    RebuildTower,
    RebuildUnits,
    Receivers,
    ReceiversStore,
    ScansResolver,
    ScansStore,
    SendConsignment,
    SetCompanyPrefix,
    SortDirectionResolver,
    SortPlansStore,
    TakeScans,
    TellReceiver,
    TowerResolver,
    TowerStore,
    TrackConsignment,
    TrackingStore,
    TripsResolver,
    TripsStore,
  ],
  exports: [ConsignmentNews, Post],
})
export class DeliveryModule {}
