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
import type { Context } from '../../context';
import { LIMITS } from '../limits';

/** Refuses, before anything is executed, an operation that costs too much or looks into the schema uninvited. */
export function costPlugin(sandbox: boolean, costs: Costs): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (!sandbox && contextValue.actor.kind === 'anonymous') refuseIntrospection(schema, document);
          const cost = operation ? costs.of(schema, document, operation, request.variables ?? {}) : 0;
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
 * Costs of all documents together that are remembered: a document is sent with few page sizes. Then it begins anew, for
 * whoever sends many documents or numbers once must neither fill the memory nor keep out those that come again.
 */
const REMEMBERED = 5_000;
/** With more variables than that it is not remembered. */
const KEY_LENGTH = 500;

/**
 * What operations cost, reckoned once for a document and the numbers among its variables and the lengths of their lists: no
 * field's cost hangs on anything else (a page is as dear as it is long), nor on what is inside an input. Apollo keeps
 * parsed documents, so the same one is the same object.
 */
export class Costs {
  private known = new WeakMap<object, Map<string, number>>();
  private remembered = 0;

  of(
    schema: GraphQLSchema,
    document: Parameters<typeof validate>[1],
    operation: OperationDefinitionNode,
    variables: Record<string, unknown>,
  ): number {
    const key = (operation.name?.value ?? '') + JSON.stringify(mapValues(variables, whatCosts));
    const known = this.known.get(document)?.get(key);
    if (known !== undefined) return known;
    const cost = costOf(schema, document, operation, variables);
    // One that could not be reckoned costs what its next variables say.
    if (cost > 0 && key.length <= KEY_LENGTH) this.remember(document, key, cost);
    return cost;
  }

  private remember(document: object, key: string, cost: number): void {
    if (this.remembered >= REMEMBERED) {
      this.known = new WeakMap();
      this.remembered = 0;
    }
    this.remembered++;
    const ofDocument = this.known.get(document) ?? new Map<string, number>();
    this.known.set(document, ofDocument.set(key, cost));
  }
}

/** Of one variable, what a cost may hang on. */
function whatCosts(value: unknown): unknown {
  if (Array.isArray(value)) return [value.length];
  return typeof value === 'number' || typeof value === 'boolean' ? value : typeof value;
}

const mapValues = (values: Record<string, unknown>, change: (value: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

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
  if (!looksIntoSchema(schema, document)) return;
  throw new GraphQLError('Sign in to look into the schema.', {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 400 } },
  });
}

const looks = new WeakMap<object, boolean>();

/** Whether any operation of a document asks what the schema is (introspection, GraphQL §4). */
export function looksIntoSchema(schema: GraphQLSchema, document: Parameters<typeof validate>[1]): boolean {
  const known = looks.get(document);
  if (known !== undefined) return known;
  const found = validate(schema, document, [NoSchemaIntrospectionCustomRule]).length > 0;
  looks.set(document, found);
  return found;
}
