import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuditEventsController } from './fhir/audit-events/audit-events.controller';
import { ReadAuditEvents } from './fhir/audit-events/read-audit-events';
import { DeliveryModule } from '../delivery';
import { WrappedColumns } from '../platform/keys';
import { CaptureEvents } from './epcis/capture-events';
import { EpcisErrors } from './epcis/epcis-errors';
import { EpcisBodies } from './epcis/epcis-http';
import { EpcisController } from './epcis/epcis.controller';
import { EpcisStore } from './epcis/epcis.store';
import { NamedQueries } from './epcis/named-queries';
import { QueryEvents } from './epcis/query-events';
import { CalculateForecast } from './fhir/calculate-forecast';
import { FhirBodies } from './fhir/fhir-http';
import { FhirController } from './fhir/fhir.controller';
import { ForecastPerson } from './fhir/forecast-person';
import { KeepWebhooks } from './webhooks/keep-webhooks';
import { SendWebhooks, WRAPPED_WEBHOOK_SECRETS } from './webhooks/send-webhooks';
import { TellPartners } from './webhooks/tell-partners';
import { WebhooksResolver } from './webhooks/webhooks.resolver';
import { WebhooksStore } from './webhooks/webhooks.store';

@Module({
  imports: [DeliveryModule],
  controllers: [AuditEventsController, EpcisController, FhirController],
  providers: [
    CalculateForecast,
    CaptureEvents,
    EpcisBodies,
    EpcisStore,
    FhirBodies,
    ForecastPerson,
    KeepWebhooks,
    NamedQueries,
    QueryEvents,
    ReadAuditEvents,
    SendWebhooks,
    TellPartners,
    WebhooksResolver,
    WebhooksStore,
    { provide: APP_FILTER, useClass: EpcisErrors },
  ],
})
export class InteropModule {
  constructor(wrapped: WrappedColumns) {
    wrapped.add(...WRAPPED_WEBHOOK_SECRETS);
  }
}
