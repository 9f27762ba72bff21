import 'reflect-metadata';
import helmet from '@fastify/helmet';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import type { Config } from './platform/config';
import { inputPipe, LIMITS } from './platform/graphql';

/** Makes the service, ready to listen. The caller closes it. */
export async function makeApp(config: Config): Promise<NestFastifyApplication> {
  Logger.overrideLogger(['fatal', 'warn']); // errors are logged once, by the errors plugin
  const adapter = new FastifyAdapter({
    bodyLimit: LIMITS.bodyBytes,
    trustProxy: (_address, hop) => hop < config.trustedProxies,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), adapter, {
    abortOnError: false,
  });
  app.useGlobalPipes(inputPipe());
  app.enableShutdownHooks();
  // The pages are ours alone: no inline script, nothing from elsewhere. Pages that need more say so themselves.
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
  });
  return app;
}
