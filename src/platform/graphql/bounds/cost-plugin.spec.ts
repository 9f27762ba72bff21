import { buildSchema, type GraphQLSchema, Kind, parse } from 'graphql';
import { Costs } from './cost-plugin';

let reckoned = 0;
const schema = (): GraphQLSchema => {
  const built = buildSchema(`type Query { list(first: Int!, name: String): [Int], one: Int }`);
  built.getQueryType()!.getFields()['list']!.extensions = {
    complexity: ({ args }: { args: { first: number } }) => {
      reckoned++;
      return args.first;
    },
  };
  return built;
};

const document = parse(`query Q($first: Int!, $name: String) { list(first: $first, name: $name) one }`);
const operation = document.definitions.find(one => one.kind === Kind.OPERATION_DEFINITION)!;

describe('what an operation costs', () => {
  it('is reckoned again for another page, and not for another name', () => {
    const costs = new Costs();
    const of = (variables: object): number => costs.of(schema(), document, operation, { ...variables });

    expect(of({ first: 10, name: 'a' })).toBe(11);
    expect(of({ first: 10, name: 'b' })).toBe(11);
    expect(of({ first: 4000, name: 'a' })).toBe(4001);
  });

  it('is remembered of the latest, however many numbers a stranger sends', () => {
    const [built, costs] = [schema(), new Costs()];
    const reckonings = (first: number): number => {
      const before = reckoned;
      costs.of(built, document, operation, { first });
      return reckoned - before;
    };

    const many = Array.from({ length: 5_000 }, (_, index) => reckonings(index + 1));
    const kept = [reckonings(1), reckonings(5_000)];
    const next = [reckonings(5_001), reckonings(5_001), reckonings(1)];

    expect([new Set(many), kept, next]).toEqual([new Set([1]), [0, 0], [1, 0, 1]]);
  });

  it('is not remembered when it could not be reckoned', () => {
    const costs = new Costs();

    expect(costs.of(schema(), document, operation, { first: 'many' })).toBe(0);
    expect(costs.of(schema(), document, operation, { first: 9000 })).toBe(9001);
    expect(costs.of(schema(), document, operation, { first: 'many' })).toBe(0);
  });
});
