// node scripts/check-advisories.mjs [--registry <url>]: whether a package of the lockfile has a known hole, asked of
// the registry by npm itself. Exit code 1: one that the service runs with has one of high or critical severity.
// Others are noted, and so is why nothing could be asked: a mirror may not have the advisories. The days that there
// are for each: docs/supply-chain.md.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

const GRAVE = ['high', 'critical'];
const PATIENCE_MS = 30_000;

/** What npm says of the lockfile of a folder; `fault` when the registry gave no advisories. */
export async function askAdvisories(folder, registry) {
  const args = [
    'audit',
    '--json',
    '--package-lock-only',
    '--fetch-retries=0',
    `--fetch-timeout=${PATIENCE_MS}`,
  ];
  if (registry) args.push(`--registry=${registry}`);
  const npm = spawn('npm', args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: PATIENCE_MS * 2,
  });
  const said = await text(npm.stdout).catch(() => '');
  const answer = parsed(said);
  return answer?.vulnerabilities
    ? { holes: Object.values(answer.vulnerabilities) }
    : { fault: answer?.message ?? answer?.error?.summary ?? 'npm said nothing' };
}

/** The packages with a hole: those that the service runs with and that must go now, and the others. */
export function judged(holes, locked) {
  const ships = ({ nodes }) =>
    nodes.some(path => locked[path] && !locked[path].dev && !locked[path].devOptional);
  const grave = holes.filter(hole => GRAVE.includes(hole.severity) && ships(hole));
  return { grave, others: holes.filter(hole => !grave.includes(hole)) };
}

const parsed = said => {
  try {
    return JSON.parse(said);
  } catch {
    return null;
  }
};

const line = ({ name, severity, range }) => `${name} ${range}: ${severity}`;

async function main() {
  const { registry } = parseArgs({ options: { registry: { type: 'string' } } }).values;
  const root = join(import.meta.dirname, '..');
  const { holes, fault } = await askAdvisories(root, registry);
  if (fault) return console.log(`note: known holes of packages were not looked for: ${fault}`);
  const { grave, others } = judged(
    holes,
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages,
  );
  if (others.length > 0) console.log(`note: holes that can wait:\n  ${others.map(line).join('\n  ')}`);
  if (grave.length === 0) return;
  console.error(`packages that the service runs with have known holes:\n  ${grave.map(line).join('\n  ')}`);
  process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) await main();
