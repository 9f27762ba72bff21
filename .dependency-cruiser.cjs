// Who may import whom. The table is the law; the rules below it are derived, and
// scripts/check-boundaries.test.mjs proves that each of them can fail.
// To add an arrow, change the table and say why in docs/decisions/.

/** From the top down: a row may import every row below it. */
const ROWS = [
  { row: 'edges', modules: ['interop', 'pages', 'operations'] },
  { row: 'overview', modules: ['notifications', 'surveillance', 'reporting'] },
  {
    row: 'care',
    modules: [
      'inventory',
      'cold-chain',
      'delivery',
      'appointments',
      'vaccinations',
      'laboratory',
      'adverse-events',
      'certificates',
    ],
  },
  { row: 'reference', modules: ['programmes', 'facilities', 'registry'] },
  { row: 'foundation', modules: ['tenancy', 'identity', 'audit', 'localisation'] },
  { row: 'machinery', modules: ['platform', 'forecasting', 'codecs'] },
  { row: 'common', modules: ['common'] },
];

/** Within a row, only these arrows. */
const ARROWS = {
  vaccinations: ['inventory', 'appointments'],
  'cold-chain': ['inventory'],
  delivery: ['inventory', 'cold-chain'],
  laboratory: ['delivery'],
  'adverse-events': ['vaccinations'],
  certificates: ['vaccinations', 'laboratory', 'delivery'],
  registry: ['facilities', 'programmes'],
  facilities: ['programmes'],
  identity: ['tenancy', 'audit', 'localisation'],
  tenancy: ['audit'],
  localisation: ['audit'],
};

/** A module's door is its index.ts; these two are shelves of separate parts, and each part has its own. */
const DOOR_PER_PART = ['platform', 'codecs'];

/** Where the parts are put together: may open every door. */
const ROOTS = ['main.ts', 'worker.ts', 'app.ts', 'app.module.ts'];

/** A command may start the whole application, as main.ts does. */
const STARTS_THE_APPLICATION = { operations: '^src/app\\.ts$' };

/** Rules that know no framework: whole modules, and every file named for its rules. */
const PURE = ['^src/(common|forecasting|codecs)/', '-rules\\.ts$'];

const MODULES = ROWS.flatMap(({ modules }) => modules);
const oneOf = names => `(${names.join('|')})`;
const escaped = names => names.map(name => name.replace(/[.]/g, '\\.'));
const packages = names => `(^|node_modules/)(@types/)?${oneOf(names)}`;
const SPEC = '\\.spec\\.ts$';

/** The modules that `module` may import by the table, itself included. */
function allowed(module) {
  const row = ROWS.findIndex(({ modules }) => modules.includes(module));
  const below = ROWS.slice(row + 1).flatMap(({ modules }) => modules);
  return [module, ...below, ...(ARROWS[module] ?? [])];
}

const arrows = MODULES.map(module => ({
  name: `${module}-imports-down`,
  comment: `${module} may import: ${allowed(module).slice(1).join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^src/${module}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/${oneOf(allowed(module))}/`, STARTS_THE_APPLICATION[module] ?? []].flat(),
  },
}));

const doors = MODULES.map(module => ({
  name: `${module}-by-its-door`,
  comment: `from outside, import ${module} through its index.ts`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${module}/` },
  to: {
    path: `^src/${module}/`,
    pathNot: (DOOR_PER_PART.includes(module) ? ['', '[^/]+/'] : ['']).map(
      part => `^src/${module}/${part}index\\.ts$`,
    ),
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    ...doors,
    {
      name: 'only-folders-of-the-table',
      comment: 'a folder of src/ has a row in the table; a file of src/ itself puts the parts together',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${oneOf(MODULES)}/|${oneOf(escaped(ROOTS))}$)` },
      to: {},
    },
    {
      name: 'no-circle',
      comment: 'files that need each other at load time get an undefined class in a decorator',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'sql-in-stores',
      comment: 'only *.store.ts, *.entity.ts and platform/database know the ORM and its driver',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.(store|entity)\\.ts$', '^src/platform/database/', SPEC] },
      to: { path: packages(['typeorm(/|$)', 'pg(/|$)', '@nestjs/typeorm']) },
    },
    {
      name: 'pure-without-framework',
      comment: 'rules, codecs and the forecasting engine are functions of plain data',
      severity: 'error',
      from: { path: PURE },
      to: {
        path: packages([
          '@nestjs/',
          'nestjs-',
          '@apollo/',
          '@fastify/',
          '(typeorm|pg|graphql|fastify|rxjs|pino|passport|class-validator|class-transformer|reflect-metadata)(/|$)',
        ]),
      },
    },
    {
      name: 'trust-bundle-runs-in-a-browser',
      comment: 'whatever checks a certificate offline is built on web standards: nothing of node, no package',
      severity: 'error',
      from: { path: '^src/codecs/trust-bundle/index\\.ts$' },
      to: { path: '^(node:.*|crypto|zlib|buffer)$|node_modules/', reachable: true },
    },
    {
      name: 'pure-without-world',
      comment: 'no network, no files, no processes in what must be a function of its input',
      severity: 'error',
      from: { path: PURE, pathNot: SPEC },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(net|tls|dgram|dns|https?|http2|fs|child_process|worker_threads)(/|$)',
      },
    },
    {
      name: 'rules-without-store',
      comment: 'a rule is given its facts; it does not fetch them',
      severity: 'error',
      from: { path: '-rules\\.ts$' },
      to: { path: '\\.(store|resolver|module|entity)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'service-without-tests',
      comment: 'what runs in a ministry imports no test, no script and no development dependency',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { path: ['^(test|scripts)/', SPEC] },
    },
    {
      name: 'service-without-dev-dependencies',
      comment: 'the image is built without development dependencies',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment:
        'an import that leads nowhere; fhir/r4 is types alone (@types/fhir), with no package behind it',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '^fhir/r4$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
      mainFields: ['main', 'types', 'typings'],
    },
  },
};
