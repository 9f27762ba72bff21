// npm run check: everything that must be true of the code besides its tests. Quiet when all is well.
//   --verbose   each part's time, and what it said
//   --sizes     what is above the sizes of the house style
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { oversized } from './check-sizes.mjs';

const root = join(import.meta.dirname, '..');
const { values: options } = parseArgs({
  options: { verbose: { type: 'boolean', default: false }, sizes: { type: 'boolean', default: false } },
});

/** The slowest first, so that no core waits at the end. */
const PARTS = [
  { name: 'types', command: ['tsc', '--noEmit', '--pretty', 'false'] },
  { name: 'schema', command: ['node', 'scripts/check-schema.mjs'] },
  {
    name: 'types in the browser',
    command: ['tsc', '--noEmit', '--pretty', 'false', '-p', 'src/pages/browser'],
  },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '--cache', '.'] },
  { name: 'lint', command: ['oxlint', '--format=unix'] },
  { name: 'known holes', command: ['node', 'scripts/check-advisories.mjs'] },
  { name: 'boundaries', command: ['depcruise', 'src', '--output-type=err-long'] },
  { name: 'countries are data', command: ['node', 'scripts/check-countries.mjs'] },
];

/** Runs one part. Resolves with what it said, whether it passed, and the seconds it took. */
function run({ name, command: [program, ...args] }) {
  const started = performance.now();
  const bin = join(root, 'node_modules', '.bin');
  const child = spawn(join(bin, program), args, {
    cwd: root,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, NO_COLOR: '1' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => (said += text));
  return new Promise(resolve => {
    const end = passed => resolve({ name, passed, said, seconds: (performance.now() - started) / 1000 });
    child.on('error', error => {
      said += error.message;
      end(false);
    });
    child.on('close', code => end(code === 0));
  });
}

function report({ name, passed, said, seconds }) {
  if (options.verbose) console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`);
  else if (!passed) console.log(`FAIL ${name}`);
  // A part that passed but has something to say (a check that could not run) is heard too.
  const text = said.trim();
  if (text && (!passed || options.verbose || text.startsWith('note:'))) console.log(`${text}\n`);
}

const waiting = [...PARTS];
const results = [];
async function work() {
  for (let part = waiting.shift(); part; part = waiting.shift()) {
    const result = await run(part);
    results.push(result);
    report(result);
  }
}
await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));

const large = oversized(root);
if (options.sizes || options.verbose) {
  console.log(
    large.length ? `Look again (sizes):\n  ${large.join('\n  ')}` : 'Nothing is above the usual sizes.',
  );
} else if (large.length) {
  console.log(`${large.length} places are above the usual sizes: npm run check -- --sizes lists them.`);
}
const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
if (failed.length) {
  console.log(`${failed.length} of ${PARTS.length} checks failed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
