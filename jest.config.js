// Three sizes of test, one configuration (HOUSE-STYLE, "Tests"). Nest 12 ships ES modules only and Jest's
// CommonJS runtime cannot require them, so the packages named below are transformed as our own sources are.
const transform = { '^.+\\.(t|j|mj)s$': ['@swc/jest'] };
const esmOnly =
  'node_modules/(?!(@nestjs|nestjs-i18n|jose|uuid|cborg|@as-integrations|intl-messageformat|@formatjs|csv-parse|graphql-query-complexity|@casl|@ucast)/)';
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform,
  transformIgnorePatterns: [esmOnly],
  setupFiles: ['reflect-metadata'],
};
module.exports = {
  projects: [
    { ...shared, displayName: 'small', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    {
      ...shared,
      displayName: 'medium',
      testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
    },
    { ...shared, displayName: 'whole', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
    { ...shared, displayName: 'conformance', testMatch: ['<rootDir>/test/conformance/**/*.test.ts'] },
  ],
};
