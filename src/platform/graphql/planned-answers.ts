import {
  type ApolloServerPlugin,
  type GraphQLRequestContext,
  type GraphQLResponse,
  HeaderMap,
} from '@apollo/server';
import {
  type DocumentNode,
  getArgumentValues,
  getVariableValues,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Context } from '../context';
import { type AnswerPlan, planOf, type RootField } from './answer-plan';

/** Fields of all plans together that are kept, a few hundred bytes each: enough for every operation of many clients. */
const MOST_KEPT = 50_000;

/**
 * The plans of operations that came lately, null for one that has none. Bounded by their size: a document of one line may
 * ask every refusal there is for its message, and whoever is signed in may send as many documents as she likes.
 */
class Plans {
  private readonly kept = new Map<OperationDefinitionNode, AnswerPlan | null>();
  private size = 0;

  of(operation: OperationDefinitionNode): AnswerPlan | null | undefined {
    const plan = this.kept.get(operation);
    if (plan !== undefined) {
      this.kept.delete(operation); // and again, as the latest
      this.kept.set(operation, plan);
    }
    return plan;
  }

  keep(operation: OperationDefinitionNode, plan: AnswerPlan | null): void {
    this.kept.set(operation, plan);
    this.size += sizeOf(plan);
    for (const [oldest, its] of this.kept) {
      if (this.size <= MOST_KEPT) return;
      this.kept.delete(oldest);
      this.size -= sizeOf(its);
    }
  }
}

const sizeOf = (plan: AnswerPlan | null): number => 10 + (plan?.size ?? 0);

/** What root fields gave, by their names in the answer, when graphql-js is to tell of it. */
type Given = ReadonlyMap<string, PromiseSettledResult<unknown>>;

/**
 * Makes the answers of operations that come again by a plan (`planOf`), several times as fast as graphql-js, which looks
 * anew at each field of each value. The plan only knows answers in which all is well: as soon as anything is not,
 * graphql-js makes the answer, of what the resolvers gave before; none of them runs twice. So every error is still its.
 */
export function plannedAnswers(): ApolloServerPlugin<Context> {
  const plans = new Plans();
  const seen = new WeakSet<OperationDefinitionNode>();
  const given = new WeakMap<object, Given>();

  /** None the first time an operation comes: most that come once do not come again. */
  const planFor = ({ schema, document, operation }: Asked): AnswerPlan | null => {
    const known = plans.of(operation);
    if (known !== undefined || !seen.has(operation)) {
      seen.add(operation);
      return known ?? null;
    }
    const plan = planOf(schema, document, operation);
    plans.keep(operation, plan);
    return plan;
  };

  return {
    async serverWillStart({ schema }) {
      letGivenBeTold(schema, given);
    },
    async requestDidStart() {
      return {
        async responseForOperation({ document, operation, request, schema, contextValue }) {
          if (!operation) return null; // none of the name that was asked for
          const asked = { document, operation, request, schema, contextValue };
          const plan = planFor(asked);
          const calls = plan && callsOf(plan, asked);
          if (!calls) return null;
          const ends = await Promise.allSettled(calls.map(({ run }) => run()));
          const data = told(calls, ends, contextValue);
          if (data) return { http: { headers: new HeaderMap() }, body: singleOf(data) };
          given.set(contextValue, new Map(calls.map(({ root }, index) => [root.key, ends[index]!])));
          return null;
        },
      };
    },
  };
}

/** What Apollo says of an operation that is about to be executed. */
type Asked = Pick<GraphQLRequestContext<Context>, 'request' | 'schema' | 'contextValue'> & {
  document: DocumentNode;
  operation: OperationDefinitionNode;
};

const singleOf = (data: Record<string, unknown>): GraphQLResponse['body'] => ({
  kind: 'single',
  singleResult: { data },
});

interface Call {
  root: RootField;
  info: GraphQLResolveInfo;
  run: () => Promise<unknown>;
}

/** The resolvers that are to run, each with its arguments; null when some of those are not as they must be. */
function callsOf(plan: AnswerPlan, { schema, operation, request, contextValue }: Asked): Call[] | null {
  const { coerced, errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    request.variables ?? {},
    { maxErrors: 1 },
  );
  if (errors) return null;
  try {
    return plan.fields.map(root => {
      const args = getArgumentValues(root.field, root.nodes[0]!, coerced);
      const info = infoOf(plan, root, schema, operation, coerced);
      return { root, info, run: async () => root.field.resolve!(undefined, args, contextValue, info) };
    });
  } catch {
    return null;
  }
}

function infoOf(
  { parentType, fragments }: AnswerPlan,
  { key, nodes, field }: RootField,
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variableValues: Record<string, unknown>,
): GraphQLResolveInfo {
  return {
    fieldName: field.name,
    fieldNodes: nodes,
    returnType: field.type,
    parentType,
    path: { prev: undefined, key, typename: parentType.name },
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues,
  };
}

/** The whole answer; null when there is anything in it that only graphql-js may tell of. */
function told(
  calls: readonly Call[],
  ends: readonly PromiseSettledResult<unknown>[],
  ctx: Context,
): Record<string, unknown> | null {
  try {
    const data: Record<string, unknown> = {};
    for (const [index, { root, info }] of calls.entries()) {
      const end = ends[index]!;
      if (end.status === 'rejected') return null;
      data[root.key] = root.complete(end.value, ctx, info);
    }
    return data;
  } catch {
    return null; // whatever it is, graphql-js comes upon it too
  }
}

/** Root fields whose resolvers ran already for a request give what those gave. */
function letGivenBeTold(schema: GraphQLSchema, given: WeakMap<object, Given>): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()])
    for (const field of Object.values(type?.getFields() ?? {})) {
      const { resolve } = field;
      if (!resolve) continue;
      field.resolve = (source, args, ctx: object, info) => {
        const before = given.get(ctx)?.get(String(info.path.key));
        if (!before) return resolve(source, args, ctx, info);
        if (before.status === 'rejected') throw before.reason;
        return before.value;
      };
    }
}
