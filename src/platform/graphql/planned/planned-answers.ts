import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  getArgumentValues,
  getVariableValues,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Context } from '../../context';
import { planOf, type RootField } from './answer-plan';
import { type Costs, looksIntoSchema } from '../bounds/cost-plugin';
import { GRAPHQL_PATH, LIMITS } from '../limits';
import { type PlannedOperation, PlannedOperations } from './planned-operations';
import type { RequestStarts } from '../request-starts';

/** What root fields gave, by their names in the answer, when graphql-js is to tell of it. */
type Given = ReadonlyMap<string, PromiseSettledResult<unknown>>;

/**
 * Answers operations that come again by a plan (`planOf`), before Apollo sees them, which takes as long for each as if it
 * were the first. The plan only knows answers in which all is well, of requests to which nothing is to be said: as soon as
 * anything is not as usual, Apollo has the request, and graphql-js makes the answer of what the resolvers gave before;
 * none of them runs twice. So every error and every refusal of a request is still theirs.
 */
export class PlannedAnswers {
  private readonly operations = new PlannedOperations();
  private readonly seen = new WeakSet<OperationDefinitionNode>();
  private readonly unplanned = new WeakSet<OperationDefinitionNode>();
  private readonly given = new WeakMap<object, Given>();

  constructor(
    private readonly starts: Pick<RequestStarts, 'of'>,
    private readonly costs: Costs,
  ) {}

  /** The answer's body, its headers set; null when it is left to Apollo. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<string | null> {
    const asked = usualRequest(request);
    const known = asked && this.operations.of(asked.query, asked.operationName);
    if (!known) return null;
    const ctx = await this.starts.of(request).catch(() => null);
    const calls = ctx && this.callsOf(known, asked.variables, ctx);
    if (!calls) return null;
    const ends = await Promise.allSettled(calls.map(({ run }) => run()));
    const data = told(calls, ends, ctx);
    if (!data) {
      this.given.set(request, new Map(calls.map(({ root }, index) => [root.key, ends[index]!])));
      return null;
    }
    void reply.headers({ 'cache-control': 'no-store', 'content-type': `${asked.type}; charset=utf-8` });
    return JSON.stringify({ data });
  }

  /** By which what Apollo has parsed, validated and found to be open to anybody becomes known, when it comes again. */
  plugin(): ApolloServerPlugin<Context> {
    return {
      serverWillStart: async ({ schema }) => letGivenBeTold(schema, this.given),
      requestDidStart: async () => ({
        responseForOperation: async ({ source, document, operation, request, schema }) => {
          if (operation) this.note(source, request.operationName ?? null, { schema, document, operation });
          return null;
        },
      }),
    };
  }

  /** Not the first time an operation comes: most that come once do not come again. */
  private note(text: string, name: string | null, asked: Omit<PlannedOperation, 'plan'>): void {
    const { schema, document, operation } = asked;
    if (this.unplanned.has(operation) || this.operations.of(text, name)) return;
    if (!this.seen.has(operation)) return void this.seen.add(operation);
    const plan = looksIntoSchema(schema, document) ? null : planOf(schema, document, operation);
    if (plan) this.operations.keep(text, name, { ...asked, plan });
    else this.unplanned.add(operation);
  }

  /** The resolvers that are to run, each with its arguments; null when anything is not as it must be. */
  private callsOf(known: PlannedOperation, variables: Variables, ctx: Context): Call[] | null {
    const { schema, document, operation, plan } = known;
    const definitions = operation.variableDefinitions ?? [];
    const { coerced, errors } = getVariableValues(schema, definitions, variables, { maxErrors: 1 });
    if (errors || this.costs.of(schema, document, operation, variables) > LIMITS.cost) return null;
    try {
      return plan.fields.map(root => callOf(root, known, coerced, ctx));
    } catch {
      return null;
    }
  }
}

/** Has the endpoint's route ask `answers` before Apollo. To be called before there is the route. */
export function answerByPlans(server: FastifyInstance, answers: PlannedAnswers): void {
  server.addHook('onRoute', route => {
    if (route.url !== GRAPHQL_PATH) return;
    route.preHandler = async (request, reply) => {
      const body = await answers.answer(request, reply);
      return body === null ? undefined : reply.send(body);
    };
  });
}

type Variables = Record<string, unknown>;

/** What a request asks as nearly all of them do; null for any other, however good it may be. */
function usualRequest({ method, headers, body }: FastifyRequest) {
  if (method !== 'POST' || !JSON_BODY.test(headers['content-type'] ?? '')) return null;
  const type = answerTypeFor(headers.accept || '*/*');
  const { query, operationName = null, variables = null, extensions = null } = (body ?? {}) as Variables;
  if (type === null || typeof query !== 'string' || extensions !== null) return null;
  if (typeof operationName !== 'string' && operationName !== null) return null;
  if (typeof variables !== 'object' || Array.isArray(variables)) return null;
  return { type, query, operationName, variables: (variables ?? {}) as Variables };
}

/** Not one of those that a page of another origin may send unasked (Fetch §2.2.2), which the CSRF rule is about. */
const JSON_BODY = /^application\/json(?:; ?charset=utf-8)?$/i;

/** The first media type that is accepted is the one that is liked best when it is one of ours, and the rest are plain. */
const ACCEPTED =
  /^(application\/(?:graphql-response\+)?json)(?:, ?[\w.+*-]+\/[\w.+*-]+(?:; ?q=[01](?:\.\d{1,3})?)?)*$/;

/** The type in which Apollo would answer; null where it takes more to tell (RFC 9110 §12.5.1). */
const answerTypeFor = (accept: string): string | null =>
  accept === '*/*' ? 'application/json' : (ACCEPTED.exec(accept)?.[1] ?? null);

interface Call {
  root: RootField;
  info: GraphQLResolveInfo;
  run: () => Promise<unknown>;
}

function callOf(root: RootField, known: PlannedOperation, coerced: Variables, ctx: Context): Call {
  const info = infoOf(root, known, coerced);
  const args = getArgumentValues(root.field, root.nodes[0]!, coerced);
  return { root, info, run: async () => root.field.resolve!(undefined, args, ctx, info) };
}

function infoOf(
  { key, nodes, field }: RootField,
  { schema, operation, plan: { parentType, fragments } }: PlannedOperation,
  variableValues: Variables,
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
      field.resolve = (source, args, ctx: { req?: object }, info) => {
        const before = ctx.req && given.get(ctx.req)?.get(String(info.path.key));
        if (!before) return resolve(source, args, ctx, info);
        if (before.status === 'rejected') throw before.reason;
        return before.value;
      };
    }
}
