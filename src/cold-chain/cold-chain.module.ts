import { Module } from '@nestjs/common';
import { AlarmsResolver } from './alarms/alarms.resolver';
import { ReadAlarms } from './alarms/read-alarms';
import { SilencesStore } from './alarms/silences.store';
import { TellStaff } from './alarms/tell-staff';
import { WatchLoggers } from './alarms/watch-loggers';
import { ChangeEquipment } from './equipment/change-equipment';
import { EquipmentResolver } from './equipment/equipment.resolver';
import { EquipmentStore } from './equipment/equipment.store';
import { ReadEquipment } from './equipment/read-equipment';
import { RegisterEquipment } from './equipment/register-equipment';
import { Bearings } from './excursions/bearings';
import { ColdEvidence } from './excursions/cold-evidence';
import { DecideExcursion } from './excursions/decide-excursion';
import { ExcursionRefusals } from './excursions/excursions.refusals';
import { ExcursionsResolver } from './excursions/excursions.resolver';
import { ExcursionsStore } from './excursions/excursions.store';
import { ExposeStock } from './excursions/expose-stock';
import { ColdWatch } from './excursions/cold-watch';
import { FollowStock } from './excursions/follow-stock';
import { JudgeReadings } from './excursions/judge-readings';
import { ReadExcursions } from './excursions/read-excursions';
import { FilesStore } from './loggers/files.store';
import { ImportLoggerFile } from './loggers/import-logger-file';
import { LoggersResolver } from './loggers/loggers.resolver';
import { LoggersStore } from './loggers/loggers.store';
import { ReadHistory } from './loggers/read-history';
import { ReadLoggers } from './loggers/read-loggers';
import { ReadingsStore } from './loggers/readings.store';
import { RebuildTemperatures } from './loggers/rebuild-temperatures';
import { RecordTemperatures } from './loggers/record-temperatures';
import { RegisterLogger } from './loggers/register-logger';
import { TakeReadings } from './loggers/take-readings';

@Module({
  providers: [
    AlarmsResolver,
    Bearings,
    ChangeEquipment,
    ColdEvidence,
    ColdWatch,
    DecideExcursion,
    EquipmentResolver,
    EquipmentStore,
    ExcursionRefusals,
    ExcursionsResolver,
    ExcursionsStore,
    ExposeStock,
    FilesStore,
    FollowStock,
    ImportLoggerFile,
    JudgeReadings,
    LoggersResolver,
    LoggersStore,
    ReadAlarms,
    ReadEquipment,
    ReadExcursions,
    ReadHistory,
    ReadLoggers,
    ReadingsStore,
    RebuildTemperatures,
    RecordTemperatures,
    RegisterEquipment,
    RegisterLogger,
    SilencesStore,
    TakeReadings,
    TellStaff,
    WatchLoggers,
  ],
  exports: [ColdEvidence, ColdWatch, FollowStock],
})
export class ColdChainModule {}
