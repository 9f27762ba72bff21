export type { CountedDose, DoseFacts, DoseRecord, Presence } from './dose-record';
export { Doses } from './doses';
export { doseCorrected, doseRecorded, doseVoided } from './vaccinations.events';
export { VaccinationsModule } from './vaccinations.module';
