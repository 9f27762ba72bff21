const { availableParallelism } = require('node:os');

// Jest runs our tests as CommonJS (nestjs-i18n does not bear Jest's ES modules). These packages are ES modules only,
// so they are transformed like our own sources. If Jest says "Must use import to load ES Module", add its package.
const esModules = [
  '@nestjs',
  '@formatjs',
  'cookie',
  'intl-messageformat',
  'jose',
  'oauth4webapi',
  'openid-client',
  'uuid',
];

const size = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: [`<rootDir>/${testMatch}`],
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '\\.m?[tj]s$': ['@swc/jest'] },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  setupFiles: ['reflect-metadata'],
  moduleNameMapper: { '^fast-check$': '<rootDir>/test/harness/run/seeded-fast-check.ts' },
  ...more,
});

// The run opens a database when it has a test of a size that needs one.
const withDatabase = {
  globalSetup: './test/harness/run/global-setup.ts',
  globalTeardown: './test/harness/run/global-teardown.ts',
};

// The four sizes of HOUSE-STYLE, "Tests".
module.exports = {
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testTimeout: 120_000, // ms; a busy machine of two cores is slow, not wrong
  projects: [
    size('small', 'src/**/*.spec.ts'),
    size('medium', 'test/integration/**/*.test.ts', withDatabase),
    size('whole', 'test/e2e/**/*.test.ts', withDatabase),
    size('conformance', 'test/conformance/**/*.test.ts', withDatabase),
  ],
};
