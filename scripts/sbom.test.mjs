// The list of packages says what the lockfile says, and nothing may come in under a licence that nobody looked at.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './lib/bootstrap.mjs';
import { askNpm, ofInstalled, settle } from './sbom.mjs';

const locked = Object.entries(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages);
const told = await askNpm();
const list = settle(told);

test('it has every package of the lockfile that is not of development, and no other', () => {
  const wanted = locked
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { name, version }]) => `${name ?? path.split('node_modules/').at(-1)}@${version}`);
  const named = new Set(list.components.map(({ name, version }) => `${name}@${version}`));

  assert.ok(named.size > 400);
  assert.deepEqual(named.symmetricDifference(new Set(wanted)), new Set());
});

test('it says of each where it comes from, by which hash, and under which licence', () => {
  // Of other platforms' optional packages the mirror that the lockfile was made with tells no more than the name.
  const optional = new Set(
    locked.filter(([, { optional: is, integrity }]) => is && !integrity).map(([path]) => path.slice(13)),
  );
  const wanting = list.components
    .filter(({ name }) => !optional.has(name) && !/^node-(bin-)?(darwin|linux|win)/.test(name))
    .filter(({ purl, hashes, licenses }) => !purl.startsWith('pkg:npm/') || !hashes || !licenses)
    .map(({ name }) => name);

  assert.deepEqual(wanting, []);
});

test('it has no licence but those that were looked at', () => {
  const fine =
    /^\(?(MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|BlueOak-1\.0\.0|Unicode-DFS-2016|OFL-1\.1|WTFPL)( (AND|OR) (MIT|BSD-3-Clause|OFL-1\.1))?\)?$/;
  const found = list.components.flatMap(({ name, licenses = [] }) =>
    licenses.map(({ license, expression }) => ({ name, text: expression ?? license.id ?? license.name })),
  );

  assert.ok(found.length > 250);
  assert.deepEqual(
    found.filter(({ text }) => !fine.test(text)),
    [],
  );
});

test('made again, at another hour and in another order, it is the same to the byte', () => {
  const again = {
    ...told,
    serialNumber: 'urn:uuid:another',
    metadata: { ...told.metadata, timestamp: '2001-01-01T00:00:00.000Z' },
    components: told.components.toReversed(),
    dependencies: told.dependencies.toReversed(),
  };

  assert.equal(JSON.stringify(settle(again)), JSON.stringify(list));
});

test('of a folder it has what is there; a package that the lockfile does not know stops it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-sbom-'));
  const add = (path, about) => {
    const file = join(folder, path, 'package.json');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(about));
  };
  const [one, two] = list.components.filter(({ name }) => ['jose', '@nestjs/core'].includes(name));
  try {
    for (const { name, version } of [one, two]) add(name, { name, version });

    const there = ofInstalled(list, folder);

    assert.deepEqual(
      there.components.map(({ name }) => name),
      [one.name, two.name],
    );
    assert.ok(there.dependencies.length <= 3);
    add(join(one.name, 'node_modules/stranger'), { name: 'stranger', version: '6.6.6' });
    assert.throws(() => ofInstalled(list, folder), /stranger@6\.6\.6/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
