export type { CountedDose, DoseFacts, DoseRecord, Presence } from './dose-record';
export { Doses } from './doses';
export {
  doseCorrected,
  doseForDeceasedRefused,
  doseNotDone,
  doseRecorded,
  doseVoided,
} from './vaccinations.events';
export { VaccinationsModule } from './vaccinations.module';
