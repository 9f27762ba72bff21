import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { ApolloDriver } from '@nestjs/apollo';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { resetCaches } from 'graphql-tag';
import type { Config } from '../config';
import type { Contexts } from '../context';
import type { Texts } from '../i18n';
import type { Logger } from '../logging';
import { AnonymousDocuments } from './bounds/anonymous-documents';
import { costPlugin, Costs } from './bounds/cost-plugin';
import { errorsPlugin, formatError } from './errors/errors-plugin';
import { GRAPHQL_PATH, LIMITS } from './limits';
import { noStorePlugin } from './no-store-plugin';
import { answerByPlans, PlannedAnswers } from './planned/planned-answers';
import { RequestStarts } from './request-starts';
import { retryAfterPlugin } from './errors/retry-after-plugin';
import { DateTimeScalar } from './scalars';
import { shapeRule } from './bounds/shape-rule';
import { statusPlugin } from './errors/status-plugin';

/** What the endpoint is put into. */
export interface Surroundings {
  config: Config;
  texts: Texts;
  logger: Logger;
  contexts: Contexts;
  server: FastifyInstance;
}

/** How the one GraphQL endpoint is set up: code first, no landing page, bounded, uniform errors, CSRF refused. */
export function apolloOptions({ config, texts, logger, contexts, server }: Surroundings): ApolloDriverConfig {
  const { anonymousDocuments: folders } = config;
  const documents = folders ? new AnonymousDocuments(folders) : null;
  const starts = new RequestStarts(contexts, documents, texts, logger);
  const costs = new Costs();
  const planned = new PlannedAnswers(starts, costs);
  answerByPlans(server, planned);
  return {
    driver: ApolloDriver,
    path: GRAPHQL_PATH,
    autoSchemaFile: true,
    graphiql: false,
    introspection: true, // the cost plugin says to whom
    // By `req` is found what resolvers gave before; whatever copies the context copies it too.
    context: async (request: FastifyRequest) => ({ ...(await starts.of(request)), req: request }),
    formatError,
    stringifyResult: JSON.stringify,
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
      costPlugin(config.sandbox, costs),
      planned.plugin(),
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
