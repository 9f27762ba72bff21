import { Global, Module } from '@nestjs/common';
import { ChangeVaccination } from './corrections/change-vaccination';
import { CorrectVaccination } from './corrections/correct-vaccination';
import { Doses } from './doses';
import { PresenceCheck } from './presence';
import { ReadForecast } from './forecast/read-forecast';
import { ReadVaccinations } from './read-vaccinations';
import { RecordNotDone } from './record-not-done';
import { RecordVaccination } from './record-vaccination';
import { VaccinationsResolver } from './vaccinations.resolver';
import { DoseRefusals } from './vaccinations.refusals';
import { VaccinationsStore } from './vaccinations.store';
import { VoidVaccination } from './corrections/void-vaccination';
import { WeighDose } from './weigh-dose';

@Global()
@Module({
  providers: [
    ChangeVaccination,
    CorrectVaccination,
    DoseRefusals,
    Doses,
    PresenceCheck,
    ReadForecast,
    ReadVaccinations,
    RecordNotDone,
    RecordVaccination,
    VaccinationsResolver,
    VaccinationsStore,
    VoidVaccination,
    WeighDose,
  ],
  exports: [Doses],
})
export class VaccinationsModule {}
