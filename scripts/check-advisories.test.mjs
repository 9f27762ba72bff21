// A hole in what the service runs with stops the build; one in a tool, a small one, or a registry without advisories
// does not.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { askAdvisories, judged } from './check-advisories.mjs';

const packages = {
  '': {
    name: 'made-up',
    version: '1.0.0',
    dependencies: { runs: '1.0.0' },
    devDependencies: { builds: '1.0.0' },
  },
  'node_modules/runs': { version: '1.0.0' },
  'node_modules/builds': { version: '1.0.0', dev: true },
};
const advisory = (severity, range) => ({
  id: 1,
  url: 'https://advisories.example/1',
  title: 'a hole',
  severity,
  vulnerable_versions: range,
  cwe: [],
  cvss: { score: 0, vectorString: null },
});
const folder = mkdtempSync(join(tmpdir(), 'advisories-'));
let known = {};
let status = 200;
const registry = createServer((request, response) => {
  request.resume().on('end', () => {
    const answers = request.url.endsWith('/advisories/bulk');
    response.writeHead(answers ? status : 404, { 'content-type': 'application/json' });
    response.end(answers ? JSON.stringify(known) : '{}');
  });
});

before(async () => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(packages['']));
  const lock = { name: 'made-up', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  await new Promise(resolve => registry.listen(0, '127.0.0.1', resolve));
});
after(() => {
  registry.close();
  rmSync(folder, { recursive: true });
});

const ask = () => askAdvisories(folder, `http://127.0.0.1:${registry.address().port}/`);
const found = async () => {
  const { grave, others } = judged((await ask()).holes, packages);
  return [grave, others].map(holes => holes.map(({ name }) => name));
};

test('a grave hole in what the service runs with is found, by the versions that have it', async () => {
  known = { runs: [advisory('high', '<1.0.1')] };
  assert.deepEqual(await found(), [['runs'], []]);
  known = { runs: [advisory('critical', '<1.0.0')] };
  assert.deepEqual(await found(), [[], []]);
});

test('a small one, and one in a tool, are told and can wait', async () => {
  known = { runs: [advisory('moderate', '<2.0.0')], builds: [advisory('critical', '<2.0.0')] };
  assert.deepEqual(await found(), [[], ['builds', 'runs']]);
});

test('a registry that has no advisories is told from one that knows of no hole', async () => {
  known = {};
  assert.deepEqual(await ask(), { holes: [] });
  status = 405;
  assert.match((await ask()).fault, /405/);
});
