import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { AccessGuard } from '../../../src/platform/access/access.guard';
import { PROJECT_ROOT } from '../../../src/platform/config';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { figure } from '../../harness/run/figures';
import { type Caller, testService, type TestService } from '../../harness/service';
import { declares, holderOf, ROLES } from '../isolation/callers';
import { type Operation, operationsOf } from '../isolation/operations';
import { Draws } from '../isolation/draws';
import { fieldMatrix } from '../isolation/field-access';
import { variablesOfTypes } from '../isolation/variables';

const EVERYBODY = [null, ...ROLES];
const draws = new Draws();
const PATIENCE = 600_000; // ms; a busy machine is slow, not wrong

describe(`the permissions that an operation declares (TIKASETU_TEST_SEED=${draws.seed})`, () => {
  let service: TestService;
  let tenant: TenantRef;
  const operations = new Map<string, Operation>();
  const holders = new Map<string | null, Caller>();

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    for (const operation of operationsOf(service)) operations.set(operation.name, operation);
    for (const role of EVERYBODY) holders.set(role, await holderOf(service, tenant, role));
  }, 120_000);
  afterAll(() => service.stop());

  /** Every operation with every role (null: nobody signed in) of which the declared permissions say so. */
  const pairs = (declared: boolean) =>
    [...operations.values()].flatMap(({ name, access }) =>
      EVERYBODY.filter(role => declares(access, role) === declared).map(role => ({ name, role })),
    );
  /** With ids that nobody has: whoever gets past the guard finds nothing, or is told what is wrong with the input. */
  const call = (name: string, role: string | null) => {
    const operation = operations.get(name)!;
    return service.graphql(operation.document, variablesOfTypes(operation), holders.get(role));
  };

  it(
    'keep out everybody who holds no role that they list, before anything is read or written',
    async () => {
      await call('me', null); // the catalogue and the country's words are read now, and not in what is counted
      const work = [
        jest.spyOn(service.app.get(Database), 'write'),
        jest.spyOn(service.app.get(Database), 'read'),
      ];

      const wrong: string[] = [];
      for (const { name, role } of draws.shuffled(pairs(false))) {
        const { errors } = await call(name, role);
        const code = role === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        const codes = errors?.map(({ extensions }) => extensions.code).join();
        if (codes !== code) wrong.push(`${name} as ${role}: ${codes}`);
      }
      expect(wrong).toEqual([]);

      const ofCallers = work.flatMap(spy => spy.mock.calls).filter(([ctx]) => ctx.actor.kind !== 'system');
      work.forEach(spy => spy.mockRestore());
      expect(ofCallers).toEqual([]);
    },
    PATIENCE,
  );

  it(
    'let in whoever holds a role that they list; where she may is for the verb to say',
    async () => {
      const guard = jest.spyOn(AccessGuard.prototype, 'canActivate');

      const wrong: string[] = [];
      for (const { name, role } of draws.shuffled(pairs(true))) {
        guard.mockClear();
        await call(name, role);
        const passed = guard.mock.results.length === 1 && guard.mock.results[0]!.value === true;
        if (!passed) wrong.push(`${name} as ${role}`);
      }

      guard.mockRestore();
      expect(wrong).toEqual([]);
      const cells = operations.size * EVERYBODY.length;
      expect(pairs(true).length + pairs(false).length).toBe(cells);
      figure('role × operation cells', `${cells} of ${cells}`);
    },
    PATIENCE,
  );

  it('let each role read and write the kinds of fields that docs/field-access.md says, and no other', () => {
    const matrix = fieldMatrix(service.app.get(GraphQLSchemaHost).schema, [...operations.values()]);
    const page = readFileSync(join(PROJECT_ROOT, 'docs/field-access.md'), 'utf8');
    const [head, , ...rows] = page
      .split('\n## ')[0]!
      .split('\n')
      .filter(line => line.startsWith('|'))
      .map(line =>
        line
          .split('|')
          .slice(1, -1)
          .map(cell => cell.trim()),
      );
    const kinds = head!.slice(1);

    expect(rows).toEqual(
      [...matrix].map(([role, cells]) => [role, ...kinds.map(kind => cells.get(kind) ?? '')]),
    );
    expect([...new Set([...matrix.values()].flatMap(cells => [...cells.keys()]))].sort()).toEqual(
      [...kinds].sort(),
    );
    figure('role × kind of personal field, read and write', `${matrix.size * kinds.length * 2} of as many`);
  });

  it('are declared by every operation of the schema, and name someone who holds them', () => {
    const forNobody = [...operations.values()].filter(
      // What is for entrants alone (a second factor to prove) is for no role: they hold none.
      ({ access }) => !('signedIn' in access) && !ROLES.some(role => declares(access, role)),
    );

    expect(operations.size).toBeGreaterThan(50);
    expect(forNobody.map(({ name }) => name)).toEqual([]);
  });
});
