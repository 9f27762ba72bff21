import { type DynamicModule, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { AppointmentsModule } from './appointments';
import { AuditModule } from './audit';
import { CertificatesModule } from './certificates';
import { ColdChainModule } from './cold-chain';
import { DeliveryModule } from './delivery';
import { FacilitiesModule } from './facilities';
import { IdentityModule, RequestContext } from './identity';
import { InteropModule } from './interop';
import { InventoryModule } from './inventory';
import { LaboratoryModule } from './laboratory';
import { LocalisationModule } from './localisation';
import { OperationsModule } from './operations';
import { PagesModule } from './pages';
import { AccessModule } from './platform/access';
import { CONFIG, type Config, ConfigModule } from './platform/config';
import { DatabaseModule } from './platform/database';
import { EventsModule } from './platform/events';
import { apolloOptions, GraphqlRequestErrors } from './platform/graphql';
import { HealthModule } from './platform/health';
import { Texts, TextsModule } from './platform/i18n';
import { JobsModule } from './platform/jobs';
import { KeysModule } from './platform/keys';
import { LOGGER, type Logger, LoggingModule } from './platform/logging';
import { MessagingModule } from './platform/messaging';
import { OutboundModule } from './platform/outbound';
import { ProgrammesModule } from './programmes';
import { RegistryModule } from './registry';
import { TenancyModule } from './tenancy';
import { VaccinationsModule } from './vaccinations';

/** The whole service: the machinery, then the business modules from the foundation up. */
@Module({})
export class AppModule {
  static of(config: Config): DynamicModule {
    return {
      module: AppModule,
      providers: [GraphqlRequestErrors],
      imports: [
        ConfigModule.of(config),
        LoggingModule,
        KeysModule,
        DatabaseModule,
        EventsModule,
        JobsModule,
        TextsModule,
        MessagingModule,
        OutboundModule,
        AccessModule,
        HealthModule,
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          inject: [CONFIG, Texts, LOGGER, RequestContext, HttpAdapterHost],
          useFactory: (
            options: Config,
            texts: Texts,
            logger: Logger,
            contexts: RequestContext,
            { httpAdapter }: HttpAdapterHost,
          ) => apolloOptions({ config: options, texts, logger, contexts, server: httpAdapter.getInstance() }),
        }),
        AuditModule,
        TenancyModule,
        LocalisationModule,
        IdentityModule,
        ProgrammesModule,
        FacilitiesModule,
        RegistryModule,
        InventoryModule,
        ColdChainModule,
        DeliveryModule,
        AppointmentsModule,
        VaccinationsModule,
        LaboratoryModule,
        CertificatesModule,
        InteropModule,
        PagesModule,
        OperationsModule,
      ],
    };
  }
}
