import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import {
  type GraphQLFieldConfig,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
} from 'graphql';
import type { Context } from '../../context';
import { Costs } from '../bounds/cost-plugin';
import { GRAPHQL_PATH } from '../limits';
import { answerByPlans, PlannedAnswers } from './planned-answers';

/** A field as @nestjs/graphql makes one that is a property. */
function property(name: string, type: GraphQLFieldConfig<unknown, unknown>['type']) {
  const rootFieldResolver = (source: unknown): unknown => (source as Record<string, unknown>)[name];
  return { type, resolve: rootFieldResolver };
}

class Dose {
  constructor(
    readonly lot: unknown,
    readonly number: unknown = 1,
  ) {}
}
class Refused {
  message = 'no';
}
const dose = new GraphQLObjectType({
  name: 'Dose',
  fields: { lot: property('lot', new GraphQLNonNull(GraphQLString)), number: property('number', GraphQLInt) },
});
const refused = new GraphQLObjectType({
  name: 'Refused',
  fields: { message: property('message', GraphQLString) },
});
const result = new GraphQLUnionType({
  name: 'Result',
  types: [dose, refused],
  resolveType: (value: object) => value.constructor.name,
});

/** An endpoint whose one query and one mutation give `give()`, how often they were asked, and how many answers Apollo made. */
async function endpointThat(give: () => unknown) {
  const counted = { asked: 0, byApollo: 0 };
  const resolve = async (): Promise<unknown> => {
    counted.asked++;
    return give();
  };
  const args = { least: { type: GraphQLInt } };
  const planned = new PlannedAnswers({ of: async () => ({}) as Context }, new Costs());
  const apollo = new ApolloServer<Context>({
    schema: new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: { doses: { type: new GraphQLList(result), args, resolve } },
      }),
      mutation: new GraphQLObjectType({ name: 'Mutation', fields: { record: { type: result, resolve } } }),
    }),
    plugins: [planned.plugin(), ApolloServerPluginCacheControlDisabled()],
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  const server = fastify();
  answerByPlans(server, planned);
  const context = async (request: object) => {
    counted.byApollo++;
    return { req: request } as never;
  };
  server.post(GRAPHQL_PATH, fastifyApolloHandler(apollo, { context }));
  opened.push(server);
  const ask = async (query: string, variables: unknown = {}, more: object = {}) =>
    (
      await server.inject({ method: 'POST', url: GRAPHQL_PATH, payload: { query, variables, ...more } })
    ).json();
  return { ask, counted };
}

const opened: FastifyInstance[] = [];
afterEach(() => Promise.all(opened.splice(0).map(server => server.close())));

const DOSES = `query ($least: Int) { doses(least: $least) { __typename ...of ... on Refused { why: message } } }
  fragment of on Dose { lot number }`;
const RECORD = `mutation { record { ... on Dose { lot } } }`;

describe('an operation that comes again', () => {
  it('is answered as the first time', async () => {
    const { ask, counted } = await endpointThat(() => [
      new Dose('A'),
      new Refused(),
      null,
      new Dose('B', null),
    ]);

    const answers = [await ask(DOSES), await ask(DOSES), await ask(DOSES)];

    expect(answers[0].data.doses).toEqual([
      { __typename: 'Dose', lot: 'A', number: 1 },
      { __typename: 'Refused', why: 'no' },
      null,
      { __typename: 'Dose', lot: 'B', number: null },
    ]);
    expect(answers.slice(1)).toEqual([answers[0], answers[0]]);
    expect(counted).toEqual({ asked: 3, byApollo: 2 });
  });

  it('is answered by Apollo again when it is asked in another way', async () => {
    const { ask, counted } = await endpointThat(() => []);
    const again = async (more: object) => {
      counted.byApollo = 0;
      await ask(DOSES, {}, more);
      return counted.byApollo;
    };
    await ask(DOSES);
    await ask(DOSES);

    expect(await again({})).toBe(0);
    expect(await again({ extensions: null, operationName: null, variables: null })).toBe(0);
    expect(await again({ extensions: {} })).toBe(1);
    expect(await again({ operationName: 'Other' })).toBe(1);
    expect(await again({ operationName: 7 })).toBe(1);
    expect(await again({ variables: [] })).toBe(1);
  });

  it.each<[string, () => unknown]>([
    ['a null that must not be', () => new Dose(null)],
    ['a value of the wrong type', () => new Dose('A', 'many')],
    ['a value that is waited for', () => new Dose(Promise.resolve('A'))],
    ['an error in the answer', () => new Dose(new Error('torn label'))],
    ['an error thrown', () => Promise.reject(new Error('no lot'))],
    ['a type that is not of the union', () => new Date(0)],
  ])('with %s is told of as the first time, and nothing is done twice', async (_what, give) => {
    for (const [query, wrapped] of [[RECORD, give] as const, [DOSES, async () => [await give()]] as const]) {
      const { ask, counted } = await endpointThat(wrapped);

      const answers = [await ask(query), await ask(query), await ask(query)];

      expect(answers.slice(1)).toEqual([answers[0], answers[0]]);
      expect(counted.asked).toBe(3);
    }
  });

  it('is not begun with variables that are wrong', async () => {
    const { ask, counted } = await endpointThat(() => []);

    const answers = [await ask(DOSES), await ask(DOSES, { least: 'x' }), await ask(DOSES, { least: 'x' })];

    expect(answers[1].errors[0].message).toContain('$least');
    expect(answers[2]).toEqual(answers[1]);
    expect(counted.asked).toBe(1);
  });
});
