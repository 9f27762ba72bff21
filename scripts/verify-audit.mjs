// npx tikasetu verify-audit [--database <url>] [--heads <folder>] [--trail <schema>]… [--key <thumbprint>]…
// Says whether a trail is whole: every entry as it was sealed, every seal as it was signed, nothing added, taken away,
// exchanged or cut off. It shares no code with the service: it is written from docs/audit.md, so that the two check
// each other. Reads only.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';

const USAGE =
  'usage: tikasetu verify-audit [--database <url>] [--heads <folder>] [--trail <schema>]… [--key <thumbprint>]…';
/** Seconds within which an entry is committed: what is older than the newest seal by more should be under one. */
const LATE = 60;
/** Of each kind of fault so many are named, at the most. */
const NAMED = 20;
const NO_SEAL = '0'.repeat(64);

const SEALS = `SELECT number, extract(epoch FROM sealed_at)::text AS "sealedAt", entry_ids::text[] AS ids,
  encode(root, 'hex') AS root, encode(previous, 'hex') AS previous, last_id::text AS "lastId", key,
  encode(signature, 'base64') AS signature FROM audit_seal WHERE number > $1 ORDER BY number LIMIT 100`;
const ENTRIES = `SELECT id::text, extract(epoch FROM at)::text AS at, actor_kind, actor_id, actor_roles, action, resource_type,
  resource_id, person_id::text, facility_id::text, purpose, address, trace_id, detail::text AS detail
  FROM audit_entry WHERE id = ANY($1::uuid[])`;
const TWICE = `SELECT id::text FROM (SELECT unnest(entry_ids) AS id FROM audit_seal) s GROUP BY id HAVING count(*) > 1 LIMIT ${NAMED}`;
const UNSEALED = `SELECT id::text, extract(epoch FROM at)::text AS at FROM audit_entry e
  WHERE NOT EXISTS (SELECT FROM (SELECT unnest(entry_ids) AS id FROM audit_seal) s WHERE s.id = e.id) ORDER BY id`;

/** Gives the exit code: 0 every trail is whole, 1 one is not, 2 it cannot be looked at. */
export async function verifyAudit(args) {
  let asked;
  try {
    asked = parseArgs({
      args,
      options: {
        database: { type: 'string', default: process.env.DATABASE_URL ?? '' },
        heads: { type: 'string', default: process.env.TIKASETU_AUDIT_HEADS_DIR ?? '' },
        trail: { type: 'string', multiple: true },
        key: { type: 'string', multiple: true, default: [] },
      },
    }).values;
    if (!asked.database || !asked.heads) throw new Error('where the database and the heads are must be said');
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return 2;
  }
  const client = new pg.Client({ connectionString: asked.database });
  try {
    await client.connect();
    await client.query('START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const trails = asked.trail ?? (await trailsOf(client));
    let broken = 0;
    for (const trail of trails) broken += (await tell(client, trail, asked)) ? 0 : 1;
    return broken === 0 ? 0 : 1;
  } catch (error) {
    console.error(`The audit cannot be looked at: ${error.message}`);
    return 2;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function trailsOf(client) {
  const { rows } = await client.query(
    `SELECT n.nspname AS trail FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relname = 'audit_seal' AND c.relkind = 'r' ORDER BY 1`,
  );
  return rows.map(({ trail }) => trail);
}

/** Says what was found in one trail; whether it is whole. */
async function tell(client, trail, { heads: folder, key: pinned }) {
  await client.query(`SELECT set_config('search_path', $1, true)`, [trail]);
  const outside = readHeads(join(folder, trail), pinned);
  const found = await examine(client, trail, outside);
  const keys = [...outside.keys.keys()].join(', ') || 'none';
  console.log(
    `${trail}: ${found.seals} seals over ${found.entries} entries, ${found.waiting} not sealed yet; keys ${keys}`,
  );
  for (const note of found.notes) console.log(`  note: ${note}`);
  for (const fault of found.faults) console.error(`  FAULT: ${fault}`);
  console.log(found.faults.length === 0 ? `  WHOLE` : `  NOT WHOLE: ${found.faults.length} faults`);
  return found.faults.length === 0;
}

/**
 * What was taken out of the database: heads by number and public keys by thumbprint; of the keys those that are
 * pinned, if any is.
 */
export function readHeads(folder, pinned = []) {
  const heads = new Map();
  const keys = new Map();
  for (const name of existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : []) {
    const file = join(folder, name);
    if (/(^|[\\/])\d+\.json$/.test(name)) {
      const head = JSON.parse(readFileSync(file, 'utf8'));
      heads.set(head.number, head);
    }
    if (!name.endsWith('.pem')) continue;
    const key = createPublicKey(readFileSync(file));
    if (pinned.length === 0 || pinned.includes(thumbprintOf(key))) keys.set(thumbprintOf(key), key);
  }
  return { heads, keys };
}

/**
 * Examines the trail of the connection's search_path. `faults` say where it is not whole; `notes` what is lawful and
 * worth a look: entries that were sealed long after they say they were made.
 */
export async function examine(client, trail, { heads, keys }) {
  const faults = [];
  const notes = [];
  const found = { seals: 0, entries: 0, waiting: 0, faults, notes };
  let previous = { number: 0, hash: NO_SEAL, sealedAt: -Infinity };
  for (;;) {
    const { rows: seals } = await client.query(SEALS, [previous.number]);
    if (seals.length === 0) break;
    for (const seal of seals) {
      const { rows } = await client.query(ENTRIES, [seal.ids]);
      const entries = new Map(rows.map(entry => [entry.id, entry]));
      const head = headOf(trail, seal, entries);
      faults.push(...faultsOfSeal(seal, head, entries, previous, { heads, keys }));
      notes.push(...lateOnes(seal, entries, previous));
      previous = {
        number: seal.number,
        hash: sha256(headBytes(head)).toString('hex'),
        sealedAt: Number(seal.sealedAt),
      };
      found.seals++;
      found.entries += seal.ids.length;
    }
  }
  for (const [number, head] of heads) {
    if (head.trail !== trail) faults.push(`head ${number} is of another trail, ${head.trail}`);
    if (number > previous.number)
      faults.push(`seal ${number} was taken out of the database and is no longer in it`);
  }
  const newest = Math.max(0, ...heads.keys());
  if (previous.number > newest)
    notes.push(`seals ${newest + 1} to ${previous.number} are not outside the database`);
  const twice = await client.query(TWICE);
  for (const { id } of twice.rows) faults.push(`entry ${id} is under two seals`);
  const { rows: unsealed } = await client.query(UNSEALED);
  const old = unsealed.filter(
    ({ id, at }) => !(oldest(id, at) > previous.sealedAt - LATE) || previous.number === 0,
  );
  for (const { id } of old.slice(0, NAMED)) faults.push(`entry ${id} is under no seal`);
  found.waiting = unsealed.length - old.length;
  return found;
}

function faultsOfSeal(seal, head, entries, previous, { heads, keys }) {
  const { number } = seal;
  const faults = [];
  const missing = seal.ids.filter(id => !entries.has(id));
  if (number !== previous.number + 1) faults.push(`seal ${previous.number + 1} is missing`);
  for (const id of missing.slice(0, NAMED)) faults.push(`entry ${id} of seal ${number} is missing`);
  if (head.root !== seal.root) faults.push(`seal ${number} does not fit its entries`);
  if (seal.previous !== previous.hash) faults.push(`seal ${number} does not follow the one before it`);
  if (seal.ids.toSorted().at(-1) !== seal.lastId) faults.push(`seal ${number} names another last entry`);
  const key = keys.get(seal.key);
  const signed =
    key &&
    verify(null, headBytes({ ...head, previous: seal.previous }), key, Buffer.from(seal.signature, 'base64'));
  if (!key) faults.push(`seal ${number} is signed with a key that is not known here`);
  else if (!signed) faults.push(`seal ${number} is not what was signed`);
  const out = heads.get(number);
  if (!out && number < Math.max(0, ...heads.keys()))
    faults.push(`the head of seal ${number} is not outside the database`);
  const same =
    !out ||
    (headBytes(out).equals(headBytes({ ...head, previous: seal.previous })) &&
      out.key === seal.key &&
      Buffer.from(out.signature, 'base64').equals(Buffer.from(seal.signature, 'base64')));
  if (!same) faults.push(`seal ${number} is not the one that was taken out of the database`);
  return faults;
}

/** Entries that say they were made long before the seal before theirs, which would have covered them. */
function lateOnes(seal, entries, previous) {
  return [...entries.values()]
    .filter(({ id, at }) => oldest(id, at) < previous.sealedAt - LATE)
    .map(
      ({ id }) =>
        `entry ${id} came late: seal ${previous.number} could have covered it, and ${seal.number} does`,
    )
    .slice(0, NAMED);
}

/** When an entry was made, by its id (UUIDv7) or by what it says, whichever is earlier; in seconds since 1970. */
const oldest = (id, at) => Math.min(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) / 1000, Number(at));

/** The head as the entries that are there would have it. */
function headOf(trail, seal, entries) {
  const leaves = seal.ids.map(id => leafHash(entries.get(id)));
  const { number, sealedAt, previous } = seal;
  return { trail, number, sealedAt, entries: leaves.length, root: root(leaves).toString('hex'), previous };
}

const headBytes = head =>
  Buffer.from(
    `tikasetu.audit-seal/1\n${head.trail}\n${head.number}\n${head.sealedAt}\n${head.entries}\n${head.root}\n${head.previous}\n`,
  );

function leafHash(e) {
  const columns = e && [e.id, e.at, e.actor_kind, e.actor_id, e.actor_roles, e.action, e.resource_type, e.resource_id,
    e.person_id, e.facility_id, e.purpose, e.address, e.trace_id, e.detail]; // prettier-ignore
  return sha256(Buffer.of(0), Buffer.from(columns ? JSON.stringify(columns) : ''));
}

/** RFC 6962 §2.1, bottom up: pairs of neighbours, and who has none goes up alone. */
function root(leaves) {
  let row = leaves;
  while (row.length > 1)
    row = Array.from({ length: Math.ceil(row.length / 2) }, (_, i) =>
      i * 2 + 1 < row.length ? sha256(Buffer.of(1), row[i * 2], row[i * 2 + 1]) : row[i * 2],
    );
  return row[0] ?? sha256(Buffer.alloc(0));
}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** RFC 7638 and RFC 8037 §2. */
function thumbprintOf(key) {
  const { crv, kty, x } = key.export({ format: 'jwk' });
  return sha256(Buffer.from(JSON.stringify({ crv, kty, x }))).toString('base64url');
}
