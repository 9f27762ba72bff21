import type { ApolloServerPlugin } from '@apollo/server';
import {
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  validate,
} from 'graphql';
import { fieldExtensionsEstimator, getComplexity, simpleEstimator } from 'graphql-query-complexity';
import type { Context } from '../context';
import { LIMITS } from './limits';

/** Refuses, before anything is executed, an operation that costs too much or looks into the schema uninvited. */
export function costPlugin(sandbox: boolean): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (!sandbox && contextValue.actor.kind === 'anonymous') refuseIntrospection(schema, document);
          const cost = operation ? costOf(schema, document, operation, request.variables ?? {}) : 0;
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

/**
 * What an operation costs. Nothing when its variables are of the wrong types: the executor refuses those, with a code
 * and the place, before it runs anything. Without bound when it has more fields than can be counted.
 */
function costOf(
  schema: GraphQLSchema,
  query: Parameters<typeof validate>[1],
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  const operationName = operation.name?.value;
  try {
    return getComplexity({
      schema,
      query,
      variables,
      ...(operationName ? { operationName } : {}),
      estimators: [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })],
    });
  } catch {
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    return errors ? 0 : Infinity;
  }
}

function refuseIntrospection(schema: GraphQLSchema, document: Parameters<typeof validate>[1]): void {
  const [error] = validate(schema, document, [NoSchemaIntrospectionCustomRule]);
  if (error) {
    throw new GraphQLError('Sign in to look into the schema.', {
      extensions: { code: 'UNAUTHENTICATED', http: { status: 400 } },
    });
  }
}
