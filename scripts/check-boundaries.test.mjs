// The rules of .dependency-cruiser.cjs, tried on a small tree made for the purpose: a rule that cannot fail is no rule.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { cruise } from 'dependency-cruiser';

const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const modules = forbidden.flatMap(({ name }) => name.match(/(.+)-imports-down$/)?.[1] ?? []);

/** One import a file: where it stands, what it says, and the one rule it breaks (none: it is allowed). */
const IMPORTS = [
  // down the table, by the door
  ['src/vaccinations/a.ts', `import '../registry'`],
  ['src/vaccinations/b.ts', `import type { X } from '../inventory'`],
  ['src/certificates/a.ts', `export * from '../laboratory'`],
  ['src/identity/a.ts', `import '../tenancy'`],
  ['src/registry/a.ts', `import '../facilities'`],
  ['src/interop/a.ts', `import '../reporting'`],
  ['src/platform/jobs/a.ts', `import '../../common'`],
  ['src/inventory/parts.ts', `import '../codecs/gs1'; import '../platform/errors'`],
  ['src/main.ts', `import './app'`],
  ['src/app.ts', `import './pages'`],
  ['src/operations/print.ts', `import '../app'`],
  // up the table, or sideways without an arrow
  ['src/inventory/up.ts', `import '../vaccinations'`, 'inventory-imports-down'],
  ['src/inventory/type.ts', `import type { X } from '../vaccinations'`, 'inventory-imports-down'],
  ['src/inventory/inline.ts', `export type X = import('../vaccinations').X`, 'inventory-imports-down'],
  ['src/inventory/late.ts', `export const x = () => import('../vaccinations')`, 'inventory-imports-down'],
  ['src/inventory/again.ts', `export * from '../vaccinations'`, 'inventory-imports-down'],
  ['src/inventory/cold.ts', `import '../cold-chain'`, 'inventory-imports-down'],
  ['src/facilities/a.ts', `import '../registry'`, 'facilities-imports-down'],
  ['src/programmes/a.ts', `import '../facilities'`, 'programmes-imports-down'],
  ['src/tenancy/a.ts', `import '../identity'`, 'tenancy-imports-down'],
  ['src/audit/a.ts', `import '../localisation'`, 'audit-imports-down'],
  ['src/platform/a.ts', `import '../forecasting'`, 'platform-imports-down'],
  ['src/common/a.ts', `import '../platform'`, 'common-imports-down'],
  ['src/reporting/a.ts', `import '../surveillance'`, 'reporting-imports-down'],
  ['src/interop/b.ts', `import '../pages'`, 'interop-imports-down'],
  ['src/pages/a.ts', `import '../main'`, 'pages-imports-down'],
  ['src/pages/b.ts', `import '../app'`, 'pages-imports-down'],
  // past the door
  ['src/vaccinations/c.ts', `import '../registry/person.entity'`, 'registry-by-its-door'],
  ['src/vaccinations/d.ts', `import type { X } from '../registry/person.entity'`, 'registry-by-its-door'],
  ['src/worker.ts', `import './registry/person.entity'`, 'registry-by-its-door'],
  ['src/vaccinations/e.ts', `import '../platform/errors/codes'`, 'platform-by-its-door'],
  // folders that the table does not know
  ['src/utils/a.ts', `import '../common'`, 'only-folders-of-the-table'],
  ['src/helpers.ts', `import './common'`, 'only-folders-of-the-table'],
  // what runs in a browser, however far away it is imported
  ['src/codecs/trust-bundle/index.ts', `import '../deep'`, 'trust-bundle-runs-in-a-browser'],
  ['src/codecs/deep.ts', `import 'node:zlib'`],
  // circles
  ['src/delivery/one.ts', `import './two'`, 'no-circle'],
  ['src/delivery/two.ts', `import './one'`], // a circle is reported once
  ['src/delivery/three.ts', `import type { X } from './four'`],
  ['src/delivery/four.ts', `import './three'`],
  // the ORM
  ['src/registry/registry.store.ts', `import 'typeorm'`],
  ['src/registry/person.entity.ts', `import 'typeorm'`],
  ['src/platform/database/pool.ts', `import 'typeorm'; import 'pg'`],
  ['src/registry/find-person.ts', `import 'typeorm'`, 'sql-in-stores'],
  ['src/registry/find-type.ts', `import type { DataSource } from 'typeorm'`, 'sql-in-stores'],
  ['src/platform/jobs/b.ts', `import 'pg'`, 'sql-in-stores'],
  // what is pure
  ['src/forecasting/a.ts', `import '@nestjs/common'`, 'pure-without-framework'],
  ['src/codecs/gs1/a.ts', `import type { GraphQLScalarType } from 'graphql'`, 'pure-without-framework'],
  ['src/vaccinations/dose-rules.ts', `import '@nestjs/common'`, 'pure-without-framework'],
  ['src/codecs/gs1/b.ts', `import 'node:https'`, 'pure-without-world'],
  ['src/appointments/slot-rules.ts', `import 'node:fs'`, 'pure-without-world'],
  ['src/registry/person-rules.ts', `import './registry.store'`, 'rules-without-store'],
  ['src/registry/match-rules.ts', `import type { X } from './person.entity'`],
  // what runs in a ministry
  ['src/operations/a.ts', `import '../../test/support'`, 'service-without-tests'],
  ['src/operations/b.ts', `import '../common/days.spec'`, 'service-without-tests', 'common-by-its-door'],
  ['src/operations/c.ts', `import 'fast-check'`, 'service-without-dev-dependencies'],
  ['src/operations/c.spec.ts', `import 'fast-check'`],
  ['src/operations/d.ts', `import './nowhere'`, 'resolvable'],
];

/** What the imports above lead to. */
const TARGETS = [
  ...modules.map(module => `src/${module}/index.ts`),
  'src/platform/errors/index.ts',
  'src/platform/errors/codes.ts',
  'src/codecs/gs1/index.ts',
  'src/common/days.spec.ts',
  'test/support.ts',
];

const PACKAGES = {
  dependencies: ['typeorm', 'pg', '@nestjs/common', 'graphql'],
  devDependencies: ['fast-check'],
};

/** Writes the tree and returns its folder. */
function tree() {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const versions = names => Object.fromEntries(names.map(name => [name, '1.0.0']));
  write(
    'package.json',
    JSON.stringify({
      dependencies: versions(PACKAGES.dependencies),
      devDependencies: versions(PACKAGES.devDependencies),
    }),
  );
  for (const name of Object.values(PACKAGES).flat()) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
  for (const path of TARGETS) write(path, 'export {}');
  for (const [path, text] of IMPORTS) write(path, text);
  return root;
}

test('each import of the tree breaks the rule it should, and no other', async t => {
  const root = tree();
  t.after(() => rmSync(root, { recursive: true }));

  const { output } = await cruise(['src', 'test'], {
    ...options,
    tsConfig: undefined,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden },
  });

  const found = output.summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
  const expected = IMPORTS.flatMap(([path, , ...rules]) => rules.map(rule => `${path}: ${rule}`));
  assert.deepEqual(new Set(found), new Set(expected));
});

test('each kind of rule was broken at least once', () => {
  const tried = new Set(IMPORTS.flatMap(([, , ...rules]) => rules));
  const untried = forbidden.map(rule => rule.name).filter(name => !tried.has(name));

  assert.deepEqual(
    untried.filter(name => !/-imports-down$|-by-its-door$/.test(name)),
    [],
  );
});
