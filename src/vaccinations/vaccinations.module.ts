import { Global, Module } from '@nestjs/common';
import { ChangeVaccination } from './corrections/change-vaccination';
import { DoseChanges } from './corrections/dose-changes';
import { CorrectVaccination } from './corrections/correct-vaccination';
import { Doses } from './doses';
import { BacklogResolver } from './backlog/backlog.resolver';
import { KeepPending } from './backlog/keep-pending';
import { EnterPaper } from './backlog/paper/enter-paper';
import { PaperCalls } from './backlog/paper/paper-calls';
import { PaperStore } from './backlog/paper/paper.store';
import { RecordPaper } from './backlog/paper/record-paper';
import { RecordPending } from './backlog/record-pending';
import { ReadBacklog } from './backlog/read-backlog';
import { PendingStore } from './backlog/pending.store';
import { OfflineResolver } from './offline/offline.resolver';
import { PackSession } from './offline/pack-session';
import { SyncDoses } from './offline/sync-doses';
import { JudgeDose } from './recording/judge-dose';
import { PresenceCheck } from './recording/presence';
import { RecordDoses } from './recording/record-doses';
import { TakeDoses } from './recording/take-doses';
import { DueListsResolver } from './due-lists/due-lists.resolver';
import { DueListsStore } from './due-lists/due-lists.store';
import { ReadDueList } from './due-lists/read-due-list';
import { ExplainForecast } from './forecast/explain-forecast';
import { ForecastsResolver } from './forecast/forecasts.resolver';
import { ForecastsStore } from './forecast/forecasts.store';
import { KeepForecasts } from './forecast/keep-forecasts';
import { RebuildForecasts } from './forecast/rebuild-forecasts';
import { Reforecast } from './forecast/reforecast';
import { ReadForecast } from './forecast/read-forecast';
import { NextVisitResolver } from './next-visit/next-visit.resolver';
import { ProposeNextVisit } from './next-visit/propose-next-visit';
import { ReadVaccinations } from './read-vaccinations';
import { RecordNotDone } from './record-not-done';
import { ReadRecall } from './recall/read-recall';
import { RecallResolver } from './recall/recall.resolver';
import { RecallStore } from './recall/recall.store';
import { RecordVaccination } from './recording/record-vaccination';
import { VaccinationsResolver } from './vaccinations.resolver';
import { DoseRefusals } from './vaccinations.refusals';
import { VaccinationsStore } from './vaccinations.store';
import { ReadSimulation } from './simulation/read-simulation';
import { SimulateProgramme } from './simulation/simulate-programme';
import { SimulationResolver } from './simulation/simulation.resolver';
import { SimulationsStore } from './simulation/simulations.store';
import { VoidVaccination } from './corrections/void-vaccination';
import { HinderErasure } from './hinder-erasure';
import { ExtractsResolver } from './extracts/extracts.resolver';
import { ExtractsStore } from './extracts/extracts.store';
import { MakeExtract } from './extracts/make-extract';
import { RequestExtract } from './extracts/request-extract';

@Global()
@Module({
  providers: [
    BacklogResolver,
    ChangeVaccination,
    CorrectVaccination,
    DoseChanges,
    DoseRefusals,
    Doses,
    DueListsResolver,
    DueListsStore,
    EnterPaper,
    ExplainForecast,
    ExtractsResolver,
    ExtractsStore,
    MakeExtract,
    RequestExtract,
    ForecastsResolver,
    ForecastsStore,
    HinderErasure,
    JudgeDose,
    KeepForecasts,
    KeepPending,
    NextVisitResolver,
    OfflineResolver,
    PackSession,
    PaperCalls,
    PaperStore,
    PendingStore,
    PresenceCheck,
    ProposeNextVisit,
    ReadBacklog,
    ReadDueList,
    ReadForecast,
    ReadVaccinations,
    RebuildForecasts,
    RecordDoses,
    RecordPaper,
    RecordPending,
    ReadSimulation,
    Reforecast,
    SimulateProgramme,
    SimulationResolver,
    SimulationsStore,
    SyncDoses,
    TakeDoses,
    RecordNotDone,
    ReadRecall,
    RecallResolver,
    RecallStore,
    RecordVaccination,
    VaccinationsResolver,
    VaccinationsStore,
    VoidVaccination,
  ],
  exports: [DoseChanges, Doses, RebuildForecasts, RecallStore],
})
export class VaccinationsModule {}
