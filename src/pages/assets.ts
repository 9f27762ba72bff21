import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { PROJECT_ROOT } from '../platform/config';

const FOLDER = join(__dirname, 'browser');
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file that the pages load, as the browser gets it. */
export interface Asset {
  type: string;
  body: Buffer;
  gzipped: Promise<Buffer>;
}

/** Every file of `browser/`, every file of others that `vendored.json` names, and the verifier, by name. */
const files = new Map<string, Buffer>([...ours(), ...vendored(), ...verifier()]);

/** Changes with any of the files. It stands in their addresses, so that a browser may keep them for ever. */
export const EDITION = [...files]
  .reduce((sum, [name, body]) => sum.update(name).update(body), createHash('sha256'))
  .digest('base64url')
  .slice(0, 12);

const assets = new Map<string, Asset>();

/** The file of this name; undefined when the pages have none such. Compressed once. */
export function assetOf(name: string): Asset | undefined {
  const body = files.get(name);
  if (!body || assets.has(name)) return assets.get(name);
  const asset = { type: TYPES[extname(name)]!, body, gzipped: promisify(gzip)(body, { level: 9 }) };
  assets.set(name, asset);
  return asset;
}

/** The address of a file of the pages. Throws for one that is not there, so that no page is served broken. */
export function asset(name: string): string {
  if (!files.has(name)) throw new Error(`The pages have no file ${name}`);
  return `/assets/${EDITION}/${name}`;
}

function ours(): [string, Buffer][] {
  const names = readdirSync(FOLDER).filter(name => extname(name) in TYPES);
  return names.map(name => [name, readFileSync(join(FOLDER, name))]);
}

/** The build has put them beside ours; from source they are where npm put them. */
function vendored(): [string, Buffer][] {
  const paths = JSON.parse(readFileSync(join(FOLDER, 'vendored.json'), 'utf8')) as Record<string, string>;
  return Object.entries(paths).map(([name, path]) => {
    const built = join(FOLDER, name);
    const body = readFileSync(existsSync(built) ? built : join(PROJECT_ROOT, 'node_modules', path));
    return [name, name.endsWith('.css') ? withoutFonts(body) : body];
  });
}

/** Made of the codecs by the build, which a service run from source had before it too. */
function verifier(): [string, Buffer][] {
  return ['verifier.js', 'linked-verifier.js']
    .map(name => [name, join(PROJECT_ROOT, 'dist/src/pages/browser', name)] as const)
    .flatMap(([name, path]) => (existsSync(path) ? [[name, readFileSync(path)]] : []));
}

/** Fonts inside a style sheet are most of its weight; the reader's own machine has better ones for her script. */
function withoutFonts(css: Buffer): Buffer {
  return Buffer.from(css.toString('utf8').replaceAll(/@font-face\s*\{[^}]*\}/g, ''));
}
