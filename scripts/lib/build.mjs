import { transformFile } from '@swc/core';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './bootstrap.mjs';
import { bundleVerifier } from './bundle.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';

const NOT_SHIPPED = /\.spec\.ts$|\.d\.ts$|\.md$/;

/** Compiles TypeScript and copies everything else (templates, fonts, pages) of `src` that has changed since last time. */
export async function build(root = ROOT) {
  const record = join(root, 'dist', '.built.json');
  const before = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
  const now = sources(root);
  const gone = Object.keys(before).filter(path => !now[path]);
  const changed = Object.keys(now).filter(
    path => before[path] !== now[path] || !existsSync(output(root, path)),
  );
  gone.forEach(path =>
    [output(root, path), `${output(root, path)}.map`].forEach(file => rmSync(file, { force: true })),
  );
  await step('building', async () => {
    for (const path of changed) await make(root, path);
    takeAlong(root);
    await bundleVerifier(root);
  });
  if (changed.length + gone.length > 0) writeFileSync(record, JSON.stringify(now)); // last: a killed build is not built
  return { compiled: changed.length, total: Object.keys(now).length };
}

/** Path -> hash of its content and of all that decides how it is compiled. */
function sources(root) {
  const compiler = [
    readFileSync(join(root, '.swcrc')),
    readFileSync(fileURLToPath(import.meta.url)),
    process.version,
  ];
  const hash = file =>
    compiler
      .reduce((sum, part) => sum.update(part), createHash('sha256'))
      .update(readFileSync(file))
      .digest('hex');
  const paths = globSync('src/**/*.*', { cwd: root }).filter(path => !NOT_SHIPPED.test(path));
  return Object.fromEntries(paths.map(path => [path, hash(join(root, path))]));
}

const output = (root, path) => join(root, 'dist', path.replace(/\.ts$/, '.js'));

async function make(root, path) {
  const [source, target] = [join(root, path), output(root, path)];
  mkdirSync(dirname(target), { recursive: true });
  if (!path.endsWith('.ts')) return copyFileSync(source, target);
  const { code, map } = await transformFile(source, {
    configFile: join(root, '.swcrc'),
    sourceFileName: relative(dirname(target), source),
  }).catch(error => {
    throw new Problem(`${path} does not compile:\n${error.message}`, 'npm run check says more.');
  });
  writeFileSync(target, `${code}\n//# sourceMappingURL=${basename(target)}.map\n`);
  writeFileSync(`${target}.map`, map);
}

/** Puts the scripts of others that the pages serve beside our own, so that the service needs none of their packages. */
function takeAlong(root) {
  const folder = join(root, 'dist/src/pages/browser');
  if (!existsSync(join(folder, 'vendored.json'))) return;
  const paths = JSON.parse(readFileSync(join(folder, 'vendored.json'), 'utf8'));
  for (const [name, path] of Object.entries(paths))
    copyFileSync(join(root, 'node_modules', path), join(folder, name));
}
