import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import fc from 'fast-check';
import {
  type DocumentNode,
  execute,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  separateOperations,
  visit,
} from 'graphql';
import { makeApp } from '../../../src/app';
import { readConfig } from '../../../src/platform/config';
import { planOf } from '../../../src/platform/graphql/planned/answer-plan';

const EXAMPLES = join(__dirname, '../../../examples');
/** What befalls a value now and then. */
const FAULTS: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => new Error('torn'),
  () => ({}),
  () => 'ill',
  () => [],
];
/** And outside lists: in one, graphql-js 16 leaves it without a listener when a later item throws, which ends a process. */
const LATER = [...FAULTS, () => Promise.resolve(null)];

/** An operation without its variables and arguments: what is asked for is another's concern. */
const bare = (document: DocumentNode): DocumentNode =>
  visit(document, { VariableDefinition: () => null, Argument: () => null });

/** Every operation of the examples that the README points to, on its own. */
const operations = (): [string, DocumentNode][] =>
  readdirSync(EXAMPLES)
    .filter(name => name.endsWith('.graphql'))
    .flatMap(name =>
      Object.entries(separateOperations(parse(readFileSync(join(EXAMPLES, name), 'utf8')))).map(
        ([operation, document]): [string, DocumentNode] => [`${name} ${operation}`, bare(document)],
      ),
    );
const operationOf = (document: DocumentNode): OperationDefinitionNode =>
  document.definitions.find(node => node.kind === Kind.OPERATION_DEFINITION)!;

/** Values of the API's types as resolvers might give them. */
class Values {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly chance: (below: number) => number,
    private readonly faults: number,
  ) {}

  of(type: GraphQLOutputType, depth = 0, faults: typeof FAULTS = LATER): unknown {
    if (this.faults > 0 && this.chance(this.faults) === 0) return faults[this.chance(faults.length)]!();
    if (isNonNullType(type)) return this.present(type.ofType, depth, faults);
    return depth > 6 || this.chance(5) === 0 ? null : this.present(type, depth, faults);
  }

  private present(type: GraphQLOutputType, depth: number, faults: typeof FAULTS): unknown {
    if (isListType(type))
      return Array.from({ length: depth > 6 ? 0 : this.chance(3) }, () =>
        this.of(type.ofType, depth + 1, FAULTS),
      );
    if (isAbstractType(type)) {
      const possible = this.schema.getPossibleTypes(type);
      return this.present(possible[this.chance(possible.length)]!, depth, faults);
    }
    if (isObjectType(type)) {
      const Named = { [type.name]: class {} }[type.name]!;
      const fields = Object.values(type.getFields()).map(field => [
        field.name,
        this.of(field.type, depth + 1, faults),
      ]);
      return Object.assign(new Named(), Object.fromEntries(depth > 8 ? [] : fields));
    }
    if (isEnumType(type)) return type.getValues()[this.chance(type.getValues().length)]!.value;
    return SCALARS[String(type)]?.() ?? `text ${this.chance(100)}`;
  }
}
const SCALARS: Record<string, () => unknown> = {
  Boolean: () => true,
  Int: () => 7,
  Float: () => 0.5,
  Date: () => '2026-01-31',
  DateTime: () => new Date('2026-01-31T08:00:00Z'),
};

describe('the answers of the examples', () => {
  let app: NestFastifyApplication;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    const nowhere = 'postgresql://nobody@127.0.0.1:1/none'; // pools open at first use, and there is none
    const key = Buffer.alloc(32).toString('base64');
    const sandbox = { TIKASETU_SANDBOX: 'true', LOG_LEVEL: 'silent' };
    app = await makeApp(readConfig({ DATABASE_URL: nowhere, TIKASETU_MASTER_KEY: key, ...sandbox }));
    await app.init();
    schema = app.get(GraphQLSchemaHost).schema;
    for (const type of [schema.getQueryType()!, schema.getMutationType()!])
      for (const field of Object.values(type.getFields()))
        Object.assign(field, { args: [], resolve: (given: Record<string, unknown>) => given[field.name] });
  }, 120_000);
  afterAll(() => app.close());

  const byPlan = (document: DocumentNode, given: Record<string, unknown>): unknown => {
    const plan = planOf(schema, document, operationOf(document));
    if (!plan) return 'no plan';
    try {
      const told = plan.fields.map(({ key, field, complete }) => [
        key,
        complete(given[field.name], {}, { schema } as GraphQLResolveInfo),
      ]);
      return JSON.stringify(Object.fromEntries(told));
    } catch {
      return 'Irregular';
    }
  };
  const byGraphqlJs = async (document: DocumentNode, given: Record<string, unknown>): Promise<unknown> => {
    const { data, errors } = await execute({ schema, document, rootValue: given, contextValue: {} });
    return errors ? 'Irregular' : JSON.stringify(data);
  };
  const givenTo = (document: DocumentNode, values: Values): Record<string, unknown> => {
    const root = schema.getRootType(operationOf(document).operation)!;
    const names = operationOf(document).selectionSet.selections.map(node =>
      node.kind === Kind.FIELD ? node.name.value : '',
    );
    return Object.fromEntries(names.map(name => [name, values.of(root.getFields()[name]!.type)]));
  };

  it('are planned, all but those in which something is worked out or asked below the root', () => {
    const planned = operations().filter(([, document]) => byPlan(document, {}) !== 'no plan');

    expect(planned.length).toBeGreaterThan(operations().length / 2);
  });

  it.each([
    ['nothing', 0],
    ['now and then something', 40],
  ])(
    'by their plans are those of graphql-js, when %s is wrong with what resolvers gave',
    async (_, faults) => {
      const documents = operations().filter(([, document]) => byPlan(document, {}) !== 'no plan');
      await fc.assert(
        fc.asyncProperty(
          fc.nat(documents.length - 1),
          fc.infiniteStream(fc.nat(9_999)),
          async (nth, numbers) => {
            const chance = (below: number): number => numbers.next().value! % below;
            const [, document] = documents[nth]!;
            const given = givenTo(document, new Values(schema, chance, faults));

            const [planned, executed] = [byPlan(document, given), await byGraphqlJs(document, given)];

            // What is waited for, graphql-js may tell of without an error; a plan never does.
            if (planned !== 'Irregular') expect(planned).toBe(executed);
            else if (faults === 0) expect(executed).toBe('Irregular');
          },
        ),
        { numRuns: Number(process.env['ROUNDS'] ?? 300) },
      );
    },
  );
});
