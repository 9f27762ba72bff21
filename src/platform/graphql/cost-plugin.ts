import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLSchema, NoSchemaIntrospectionCustomRule, validate } from 'graphql';
import { fieldExtensionsEstimator, getComplexity, simpleEstimator } from 'graphql-query-complexity';
import type { Context } from '../context';
import { LIMITS } from './limits';

/** Refuses, before anything is executed, an operation that costs too much or looks into the schema uninvited. */
export function costPlugin(sandbox: boolean): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, request, contextValue, operationName }) {
          if (!sandbox && contextValue.actor.kind === 'anonymous') refuseIntrospection(schema, document);
          const cost = getComplexity({
            schema,
            query: document,
            variables: request.variables ?? {},
            ...(operationName ? { operationName } : {}),
            estimators: [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })],
          });
          if (cost > LIMITS.cost) {
            throw new GraphQLError(`The operation costs ${cost}; at most ${LIMITS.cost} is served.`, {
              extensions: { code: 'OPERATION_TOO_COMPLEX', http: { status: 400 } },
            });
          }
        },
      };
    },
  };
}

function refuseIntrospection(schema: GraphQLSchema, document: Parameters<typeof validate>[1]): void {
  const [error] = validate(schema, document, [NoSchemaIntrospectionCustomRule]);
  if (error) {
    throw new GraphQLError('Sign in to look into the schema.', {
      extensions: { code: 'UNAUTHENTICATED', http: { status: 400 } },
    });
  }
}
