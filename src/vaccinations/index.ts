export type { CountedDose, DoseFacts, DoseRecord, Presence } from './dose-record';
export { Doses, enginePerson } from './doses';
export { doseCorrected, doseRecorded, doseVoided } from './vaccinations.events';
export { SessionPack } from './offline/session-pack.graphql';
export { VaccinationsModule } from './vaccinations.module';
export { RebuildForecasts } from './forecast/rebuild-forecasts';
export { RecallStore } from './recall/recall.store';
export { DoseChanges } from './corrections/dose-changes';
export { whileHistoryMoves } from './history-moved';
