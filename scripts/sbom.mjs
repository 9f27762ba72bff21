// npm run sbom [-- --installed FOLDER]: the packages of others that the service is made of (CycloneDX 1.5), on standard
// output: all that the lockfile names besides those of development, or those that are in a folder `node_modules`, and then
// it ends with 1 when anything is there that the lockfile does not know. The same packages give the same bytes.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { ROOT } from './lib/bootstrap.mjs';

/** Licences that old packages name in a way that npm does not read, as their own files say. */
const LICENCES = { 'passport-strategy': 'MIT', pause: 'MIT' };

/** What npm makes of the lockfile, of everything in it. */
export async function askNpm(root = ROOT) {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--loglevel=error'],
    { cwd: root, maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' },
  );
  return JSON.parse(stdout);
}

/**
 * That without what changes from one call to the next, and without what is of development alone, as the lockfile says it:
 * npm's own `--omit=dev` leaves out a package that is needed for development too (npm 11).
 */
export function settle({ ...told }, root = ROOT) {
  delete told.serialNumber;
  const { name } = read(join(root, 'package.json'));
  const at = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1000).toISOString();
  const all = {
    ...told,
    metadata: { ...told.metadata, timestamp: at, component: { ...told.metadata.component, name } },
    components: told.components.map(withLicence).sort(by('bom-ref')),
    dependencies: [...told.dependencies].sort(by('ref')),
  };
  return only(all, shipped(read(join(root, 'package-lock.json'))));
}

/** `name@version` of every package of a lockfile that is not of development alone. */
export const shipped = ({ packages }) =>
  new Set(
    Object.entries(packages)
      .filter(([path, { dev }]) => path !== '' && !dev)
      .map(([path, { name, version }]) => `${name ?? path.split('node_modules/').at(-1)}@${version}`),
  );

/** Only what is in a folder of packages. Throws for a package there that is not in the list. */
export function ofInstalled(list, folder) {
  const there = new Set(packagesIn(folder));
  const known = new Set(list.components.map(nameOf));
  const strange = [...there].filter(one => !known.has(one));
  if (strange.length > 0) throw new Error(`Not in the lockfile: ${strange.join(', ')}`);
  return only(list, there);
}

function only(list, names) {
  const components = list.components.filter(one => names.has(nameOf(one)));
  const refs = new Set([list.metadata.component['bom-ref'], ...components.map(one => one['bom-ref'])]);
  const dependencies = list.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(one => refs.has(one)) }));
  return { ...list, components, dependencies };
}

/** `name@version` of every package in a folder `node_modules`, those within packages included. */
function packagesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap(({ name }) => {
      const path = join(folder, name);
      if (name.startsWith('@')) return packagesIn(path);
      const about = join(path, 'package.json');
      if (!existsSync(about)) return [];
      return [nameOf(read(about)), ...packagesIn(join(path, 'node_modules'))];
    });
}

const withLicence = one =>
  one.licenses || !LICENCES[one.name] ? one : { ...one, licenses: [{ license: { id: LICENCES[one.name] } }] };

const nameOf = ({ name, version }) => `${name}@${version}`;
const by = key => (one, other) => (one[key] < other[key] ? -1 : 1);
const read = file => JSON.parse(readFileSync(file, 'utf8'));

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { installed: { type: 'string' } } });
  const list = settle(await askNpm());
  console.log(JSON.stringify(values.installed ? ofInstalled(list, values.installed) : list, null, 1));
}
