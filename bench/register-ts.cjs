// node --require ./bench/register-ts.cjs file.ts: runs TypeScript as the tests do, each file through swc, nothing written.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

// oxlint-disable-next-line typescript/no-deprecated -- the loader hooks that replace it do not resolve names without an ending
require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, sourceMaps: false });
  module._compile(code, filename);
};
