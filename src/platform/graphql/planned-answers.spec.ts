import { ApolloServer } from '@apollo/server';
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
import { plannedAnswers } from './planned-answers';

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

/** A server whose one query and one mutation give `give()`, and how often they were asked. */
function serverThat(give: () => unknown) {
  const asked = { times: 0 };
  const resolve = async (): Promise<unknown> => {
    asked.times++;
    return give();
  };
  const args = { least: { type: GraphQLInt } };
  const server = new ApolloServer<object>({
    schema: new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: { doses: { type: new GraphQLList(result), args, resolve } },
      }),
      mutation: new GraphQLObjectType({ name: 'Mutation', fields: { record: { type: result, resolve } } }),
    }),
    plugins: [plannedAnswers() as never],
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  const ask = async (query: string, variables = {}) => {
    const { body } = await server.executeOperation({ query, variables }, { contextValue: {} });
    return body.kind === 'single' ? JSON.parse(JSON.stringify(body.singleResult)) : null;
  };
  return { ask, asked };
}

const DOSES = `query ($least: Int) { doses(least: $least) { __typename ...of ... on Refused { why: message } } }
  fragment of on Dose { lot number }`;
const RECORD = `mutation { record { ... on Dose { lot } } }`;

describe('an operation that comes again', () => {
  it('is answered as the first time', async () => {
    const { ask, asked } = serverThat(() => [new Dose('A'), new Refused(), null, new Dose('B', null)]);

    const answers = [await ask(DOSES), await ask(DOSES), await ask(DOSES)];

    expect(answers[0].data.doses).toEqual([
      { __typename: 'Dose', lot: 'A', number: 1 },
      { __typename: 'Refused', why: 'no' },
      null,
      { __typename: 'Dose', lot: 'B', number: null },
    ]);
    expect(answers.slice(1)).toEqual([answers[0], answers[0]]);
    expect(asked.times).toBe(3);
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
      const { ask, asked } = serverThat(wrapped);

      const answers = [await ask(query), await ask(query), await ask(query)];

      expect(answers.slice(1)).toEqual([answers[0], answers[0]]);
      expect(asked.times).toBe(3);
    }
  });

  it('is not begun with variables that are wrong', async () => {
    const { ask, asked } = serverThat(() => []);

    const answers = [await ask(DOSES), await ask(DOSES, { least: 'x' }), await ask(DOSES, { least: 'x' })];

    expect(answers[1].errors[0].message).toContain('$least');
    expect(answers[2]).toEqual(answers[1]);
    expect(asked.times).toBe(1);
  });
});
