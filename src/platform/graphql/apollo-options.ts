import type { ApolloDriverConfig } from '@nestjs/apollo';
import { ApolloDriver } from '@nestjs/apollo';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import type { Context } from '../context';
import type { Texts } from '../i18n';
import type { Logger } from '../logging';
import { costPlugin } from './cost-plugin';
import { errorsPlugin, formatError } from './errors-plugin';
import { LIMITS } from './limits';
import { DateTimeScalar } from './scalars';
import { shapeRule } from './shape-rule';
import { statusPlugin } from './status-plugin';

/** Makes the {@link Context} of a request. */
export type ContextOf = (request: FastifyRequest, reply: FastifyReply) => Promise<Context>;

/** How the one GraphQL endpoint is set up: code first, no landing page, bounded, uniform errors, CSRF refused. */
export function apolloOptions(
  config: Config,
  texts: Texts,
  logger: Logger,
  context: ContextOf,
): ApolloDriverConfig {
  return {
    driver: ApolloDriver,
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    graphiql: false,
    introspection: true, // the cost plugin says to whom
    context,
    formatError,
    hideSchemaDetailsFromClientErrors: !config.sandbox,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules: [shapeRule],
    plugins: [statusPlugin(), errorsPlugin(texts, logger), costPlugin(config.sandbox)],
    fieldResolverEnhancers: [],
    buildSchemaOptions: { scalarsMap: [{ type: Date, scalar: DateTimeScalar }] },
    persistedQueries: false,
  };
}
