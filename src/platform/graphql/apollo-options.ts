import { randomBytes } from 'node:crypto';
import { HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { ApolloDriver } from '@nestjs/apollo';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { resetCaches } from 'graphql-tag';
import type { Config } from '../config';
import type { Context, Contexts } from '../context';
import { AppError, appErrorOf, ERROR_LEVELS, type ErrorCode, retryAfter } from '../errors';
import type { Texts } from '../i18n';
import type { Logger } from '../logging';
import { AnonymousDocuments } from './anonymous-documents';
import { costPlugin } from './cost-plugin';
import { areTooMany, isTooLarge } from './document-size';
import { errorsPlugin, formatError } from './errors-plugin';
import { GRAPHQL_PATH, LIMITS } from './limits';
import { noStorePlugin } from './no-store-plugin';
import { plannedAnswers } from './planned-answers';
import { retryAfterPlugin } from './retry-after-plugin';
import { DateTimeScalar } from './scalars';
import { shapeRule } from './shape-rule';
import { statusPlugin } from './status-plugin';

/** HTTP status of a request that is refused before it has a context. */
const REFUSED: Partial<Record<ErrorCode, number>> = {
  INTERNAL_SERVER_ERROR: 500,
  RATE_LIMITED: 429,
  TENANT_NOT_SERVED: 404,
  UNAUTHENTICATED: 401,
  UNAVAILABLE: 503,
};

/** How the one GraphQL endpoint is set up: code first, no landing page, bounded, uniform errors, CSRF refused. */
export function apolloOptions(
  config: Config,
  texts: Texts,
  logger: Logger,
  contexts: Contexts,
): ApolloDriverConfig {
  const { anonymousDocuments: folders } = config;
  const documents = folders ? new AnonymousDocuments(folders) : null;
  const context = async (request: FastifyRequest): Promise<Context> => {
    try {
      const ctx = await contexts.of(request);
      if (ctx.actor.kind === 'anonymous') documents?.mustAllow(request); // here, since the next step is to parse it
      const { query, variables } = (request.body ?? request.query ?? {}) as Record<string, unknown>;
      if ((typeof query === 'string' && isTooLarge(query)) || areTooMany(variables))
        throw new AppError('OPERATION_TOO_COMPLEX');
      return ctx;
    } catch (error) {
      const reference = randomBytes(16).toString('hex');
      const app = appErrorOf(error);
      const { code } = app;
      const unforeseen = app === error ? {} : { err: error };
      logger[ERROR_LEVELS[code]]({ code, reference, ...unforeseen }, 'a request was refused before it began');
      const speaker = { languages: contexts.languagesOf(request), tenant: null };
      const message = texts.say(speaker, `errors.${code}`, app.params);
      const seconds = retryAfter(app);
      const later = seconds === null ? {} : { retryAfter: seconds };
      const headers = new HeaderMap(seconds === null ? [] : [['retry-after', String(seconds)]]);
      const http = { status: REFUSED[code] ?? 400, headers };
      throw new GraphQLError(message, { extensions: { code, reference, ...later, http } });
    }
  };
  return {
    driver: ApolloDriver,
    path: GRAPHQL_PATH,
    autoSchemaFile: true,
    graphiql: false,
    introspection: true, // the cost plugin says to whom
    context,
    formatError,
    hideSchemaDetailsFromClientErrors: !config.sandbox,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxLexicalTokens: LIMITS.tokens },
    validationRules: [shapeRule],
    validationOptions: { maxErrors: LIMITS.faults },
    // Its hints of how long a field may be cached would have every field resolved through a wrapper; nothing may be.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      noStorePlugin(),
      retryAfterPlugin(),
      statusPlugin(),
      errorsPlugin(texts, logger),
      costPlugin(config.sandbox),
      plannedAnswers(),
    ],
    fieldResolverEnhancers: [],
    transformSchema: schema => {
      resetCaches(); // else the parsed text that Nest made the schema of stays there for ever: 20 MB
      return schema;
    },
    buildSchemaOptions: { scalarsMap: [{ type: Date, scalar: DateTimeScalar }] },
    persistedQueries: false,
  };
}
