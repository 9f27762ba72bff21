import { createDecipheriv, createHash, createPrivateKey } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { compactDecrypt } from 'jose';

const USAGE = `usage: tikasetu open-export <folder of the export> <private key, a JWK in a file> <new folder>

Checks an export of a country against its manifest and opens it: a file of JSON lines for each table, and keys.json.
Exit code 0 when everything is whole, 1 when something is not, 2 when it could not be asked.`;

const NONCE = 12;
const TAG = 16;

/** `npx tikasetu open-export`: needs no network, no database, and the ministry's own private key. */
export async function openExport([folder, keyFile, target]) {
  if (!folder || !keyFile || !target) {
    console.error(USAGE);
    return 2;
  }
  try {
    await opened(folder, JSON.parse(await readFile(keyFile, 'utf8')), target);
    return 0;
  } catch (error) {
    console.error(error.message);
    return 1;
  }
}

async function opened(folder, jwk, target) {
  const text = await readFile(join(folder, 'manifest.json'));
  const manifest = JSON.parse(text);
  if (manifest.format !== 'tikasetu-export/1') throw new Error('This is no export that this command knows');
  const jwe = await readFile(join(folder, basename(manifest.keys.file)), 'utf8');
  if (sha256(jwe) !== manifest.keys.sha256) throw new Error(`${manifest.keys.file} is not what was made`);
  const secret = JSON.parse(Buffer.from(await openedKeys(jwe, jwk)).toString('utf8'));
  await mkdir(target, { mode: 0o700 });
  await pipeline(
    [JSON.stringify(secret.keys, null, 2)],
    createWriteStream(join(target, 'keys.json'), { mode: 0o600 }),
  );
  for (const file of manifest.files) await openFile(folder, file, manifest.ending, secret.exportKey, target);
  console.log(
    `${manifest.files.length} tables of ${manifest.tenant}, made at ${manifest.madeAt}, schema version ${manifest.schemaVersion}\n` +
      `SHA-256 of manifest.json: ${sha256(text)}`,
  );
}

async function openedKeys(jwe, jwk) {
  const { plaintext } = await compactDecrypt(jwe, createPrivateKey({ key: jwk, format: 'jwk' }));
  return plaintext;
}

/** The hash is of the whole file and is known before its last byte is opened; the tag of GCM says the same of the table. */
async function openFile(folder, { table, file, bytes, sha256: expected }, ending, key, target) {
  const path = join(folder, basename(file));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  if (hash.digest('hex') !== expected || (await stat(path)).size !== bytes)
    throw new Error(`${file} is not what was made`);
  const nonce = await read(path, 0, NONCE);
  const tag = await read(path, bytes - TAG, TAG);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), nonce);
  decipher.setAAD(Buffer.from(`${ending}/${table}`, 'utf8')).setAuthTag(tag);
  const sealed = createReadStream(path, { start: NONCE, end: bytes - TAG - 1 });
  const plain = createWriteStream(join(target, `${basename(table)}.ndjson`), { mode: 0o600, flags: 'wx' });
  await pipeline(sealed, decipher, createGunzip(), plain);
}

async function read(path, start, length) {
  const chunks = [];
  for await (const chunk of createReadStream(path, { start, end: start + length - 1 })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');
