// node scripts/crypto-inventory.mjs [--write]: which algorithms the source uses, and where, as the table in
// docs/cryptography.md has it. `--write` puts it there anew. A use that no row below knows stops it.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './lib/bootstrap.mjs';

const PAGE = join(ROOT, 'docs/cryptography.md');
const [BEGIN, END] = ['<!-- made by scripts/crypto-inventory.mjs -->', '<!-- end -->'];

/** What is known: an algorithm, how a call of it looks, and whether it outlives a quantum computer. */
const ALGORITHMS = [
  ['AES-256-GCM', /createCipheriv\('aes-256-gcm'/, 'yes'],
  ['HKDF-SHA-256', /hkdf(Sync)?\('sha256'/, 'yes'],
  ['HMAC-SHA-256', /createHmac\('sha256'|HS256/, 'yes'],
  ['scrypt', /\bscrypt(Sync)?\(/, 'yes'],
  ['SHA-256', /(createHash|\bhash)\('sha256'|sha-?256/i, 'yes'],
  ['SHA-384, SHA-512', /(createHash|\bhash)\('sha(384|512)'|sha(384|512)/i, 'yes'],
  ['SHA-1, by the rule of others, nothing rests on it', /(createHash|\bhash|createHmac)\('sha1'|TOTP/, 'n/a'],
  ['Ed25519', /ed25519|EdDSA/i, 'no'],
  ['ECDSA P-256', /\bES256\b|P-256|prime256v1/, 'no'],
  ['RSA, of others’ signatures alone', /\b[RP]S(256|384|512)\b/, 'no'],
  ['ECDSA of other curves, of others’ signatures alone', /\bES(384|512)\b|P-(384|521)|secp/, 'no'],
  ['random numbers of the system', /randomBytes|randomFillSync|randomInt|randomUUID|getRandomValues/, 'yes'],
  ['comparing in constant time', /timingSafeEqual/, 'yes'],
];
const USES = /import (?!type )[^;]*from '(node:crypto|jose)'|require\('node:crypto'\)/;
/** Reads keys and tokens that others name the algorithm of; each is bound to a list elsewhere in its module. */
const BY_OTHERS =
  /import(JWK|SPKI|X509)|createPublicKey|createPrivateKey|jwtVerify|compactVerify|verify|decodeProtectedHeader|exportJWK|KeyObject|X509Certificate|sign\(|JWTPayload|type JWK/;

/** For each algorithm the folders that use it; `strange` are files of which nothing is known. */
export function inventory(root = ROOT) {
  const files = globSync('src/**/*.ts', { cwd: root })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => !/\.(spec|fixture)\.ts$/.test(path))
    .map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => USES.test(text));
  const rows = ALGORITHMS.map(([name, looks, outlives]) => ({
    name,
    outlives,
    folders: [...new Set(files.filter(({ text }) => looks.test(text)).map(({ path }) => dirname(path)))].sort(
      (one, other) => (one < other ? -1 : 1),
    ),
  }));
  const strange = files
    .filter(({ text }) => !BY_OTHERS.test(text) && !ALGORITHMS.some(([, looks]) => looks.test(text)))
    .map(({ path }) => path);
  return { rows, strange };
}

/** The table, with links from docs/. */
export const table = rows =>
  [
    '| Algorithm | Outlives a quantum computer | Where |',
    '|---|---|---|',
    ...rows.map(
      ({ name, outlives, folders }) =>
        `| ${name} | ${outlives} | ${folders.map(folder => `[${folder.slice(4)}](../${folder})`).join(' ')} |`,
    ),
  ].join('\n');

/** What stands in the page now. */
export const written = () => readFileSync(PAGE, 'utf8').split(BEGIN)[1]?.split(END)[0]?.trim() ?? '';

if (process.argv[1] === import.meta.filename) {
  const { rows, strange } = inventory();
  if (strange.length > 0) throw new Error(`uses of cryptography that no row knows: ${strange.join(', ')}`);
  if (process.argv.includes('--write')) {
    const [before, rest] = readFileSync(PAGE, 'utf8').split(BEGIN);
    writeFileSync(PAGE, `${before}${BEGIN}\n\n${table(rows)}\n\n${END}${rest.split(END)[1]}`);
  } else console.log(table(rows));
}
