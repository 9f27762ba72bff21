import 'reflect-metadata';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BadRequestException, Logger, NotFoundException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from 'helmet';
import { AppModule } from './app.module';
import type { Config } from './platform/config';
import { headerTwice } from './platform/context';
import { HealthPort } from './platform/health';
import {
  answerRequestErrors,
  GRAPHQL_PATH,
  GraphqlRequestErrors,
  inputPipe,
  isTooDeep,
  LIMITS,
} from './platform/graphql';
import { CrossOrigin } from './tenancy';

/** Makes the service, ready to listen. The caller closes it. */
export async function makeApp(config: Config): Promise<NestFastifyApplication> {
  Logger.overrideLogger(['fatal', 'warn']); // errors are logged once, by the errors plugin
  const adapter = new FastifyAdapter({
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: LIMITS.requestMs,
    trustProxy: (_address, hop) => hop < config.trustedProxies,
  });
  answerRequestErrors(adapter.getInstance(), () => app.get(GraphqlRequestErrors));
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), adapter, {
    abortOnError: false,
  });
  app.useGlobalPipes(inputPipe());
  app.enableShutdownHooks();
  const headers = securityHeaders();
  adapter.getInstance().addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers);
    const twice = headerTwice(request.raw.rawHeaders);
    if (twice) void reply.header('connection', 'close'); // what follows on it may be another's
    done(twice ? Object.assign(new BadRequestException(), { statusCode: 400 }) : undefined);
  });
  // GraphQL looks at its variables itself, and says so in its own words
  adapter.getInstance().addHook('preValidation', (request, _reply, done) => {
    const deep = request.routeOptions.url !== GRAPHQL_PATH && isTooDeep(request.body);
    done(deep ? Object.assign(new BadRequestException(), { statusCode: 400 }) : undefined);
  });
  const health = app.get(HealthPort);
  adapter.getInstance().addHook('onRequest', (request, _reply, done) => {
    if (health.isAtHome(request)) done();
    else done(Object.assign(new NotFoundException(), { statusCode: 404 }));
  });
  const crossOrigin = app.get(CrossOrigin);
  if (config.origins.size > 0)
    adapter.getInstance().addHook('onRequest', (request, reply) => crossOrigin.answer(request, reply));
  return app;
}

/** An answer of the API is data: should a browser take it for a page, nothing in it runs, loads, posts or is framed. */
const NOTHING = ["'none'"];
const CONTENT_SECURITY = {
  useDefaults: false,
  directives: { defaultSrc: NOTHING, baseUri: NOTHING, formAction: NOTHING, frameAncestors: NOTHING },
};

/** What helmet sets on every answer, worked out once. Pages, their scripts and workers say themselves what they need. */
function securityHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => void (headers[name] = value),
    removeHeader: () => undefined,
  };
  helmet({ contentSecurityPolicy: CONTENT_SECURITY, xFrameOptions: { action: 'deny' } })(
    {} as IncomingMessage,
    answer as unknown as ServerResponse,
    () => undefined,
  );
  return headers;
}
