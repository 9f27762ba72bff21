import 'reflect-metadata';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from 'helmet';
import { AppModule } from './app.module';
import type { Config } from './platform/config';
import { answerRequestErrors, GraphqlRequestErrors, inputPipe, LIMITS } from './platform/graphql';
import { CrossOrigin } from './tenancy';

/** Makes the service, ready to listen. The caller closes it. */
export async function makeApp(config: Config): Promise<NestFastifyApplication> {
  Logger.overrideLogger(['fatal', 'warn']); // errors are logged once, by the errors plugin
  const adapter = new FastifyAdapter({
    bodyLimit: LIMITS.bodyBytes,
    trustProxy: (_address, hop) => hop < config.trustedProxies,
  });
  answerRequestErrors(adapter.getInstance(), () => app.get(GraphqlRequestErrors));
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), adapter, {
    abortOnError: false,
  });
  app.useGlobalPipes(inputPipe());
  app.enableShutdownHooks();
  const headers = securityHeaders();
  adapter.getInstance().addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
  const crossOrigin = app.get(CrossOrigin);
  adapter.getInstance().addHook('onRequest', (request, reply) => crossOrigin.answer(request, reply));
  return app;
}

/**
 * What helmet sets on every answer, worked out once. The pages are ours alone: no inline script, nothing from elsewhere.
 * Pages that need more say so themselves.
 */
function securityHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => void (headers[name] = value),
    removeHeader: () => undefined,
  };
  helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } })(
    {} as IncomingMessage,
    answer as unknown as ServerResponse,
    () => undefined,
  );
  return headers;
}
