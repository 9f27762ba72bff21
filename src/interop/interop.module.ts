import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuditEventsController } from './fhir/audit-events/audit-events.controller';
import { ReadAuditEvents } from './fhir/audit-events/read-audit-events';
import { CalculateForecast } from './fhir/calculate-forecast';
import { FhirErrors } from './fhir/fhir-errors';
import { FhirBodies } from './fhir/fhir-http';
import { FhirController } from './fhir/fhir.controller';
import { ForecastPerson } from './fhir/forecast-person';

@Module({
  controllers: [AuditEventsController, FhirController],
  providers: [
    CalculateForecast,
    FhirBodies,
    ForecastPerson,
    ReadAuditEvents,
    { provide: APP_FILTER, useClass: FhirErrors },
  ],
})
export class InteropModule {}
