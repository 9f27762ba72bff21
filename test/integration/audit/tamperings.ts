import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { Client } from 'pg';
import { firstIdAt } from '../../../src/common';
import type { Draws } from '../isolation/draws';

/** A trail as whoever owns its database sees it. */
export interface Sealed {
  client: Client;
  ids: string[];
  seals: number;
  /** Seals over at least two entries, so that their order can be changed. */
  wide: number[];
  /** When the first and the last entry were made. */
  span: [Date, Date];
}

type Tampering = (sealed: Sealed, draws: Draws) => Promise<unknown>;

/** What another value of each column is. */
const CHANGES: Record<string, string> = {
  at: `at + interval '1 microsecond'`,
  actor_kind: `actor_kind || 'x'`,
  actor_id: `coalesce(actor_id, '') || 'x'`,
  actor_roles: `actor_roles || 'auditor'::text`,
  action: `action || 'x'`,
  resource_type: `resource_type || ' '`,
  resource_id: `NULL`,
  person_id: `coalesce(gen_random_uuid(), person_id)`,
  facility_id: `gen_random_uuid()`,
  purpose: `CASE WHEN purpose IS NULL THEN '' END`,
  address: `coalesce(address, '') || '1'`,
  trace_id: `reverse(trace_id) || 'x'`,
  detail: `detail || '{"count": 1.0}'`,
};

const SEAL_CHANGES: Record<string, string> = {
  sealed_at: `sealed_at + interval '1 microsecond'`,
  entry_ids: `entry_ids[2:] || entry_ids[1]`,
  last_id: `'ffffffff-ffff-7fff-bfff-ffffffffffff'`,
  root: `sha256(root)`,
  previous: `sha256(previous)`,
  key: `key || 'x'`,
  signature: `set_byte(signature, 5, (get_byte(signature, 5) + 1) % 256)`,
};

const COLUMNS = Object.keys(CHANGES).join(', ');

/** Ways to falsify a trail for somebody who may write anything in its database and has no key. */
export const TAMPERINGS: Record<string, Tampering> = {
  'an entry changed': ({ client, ids }, draws) => {
    const column = draws.one(Object.keys(CHANGES));
    return client.query(`UPDATE audit_entry SET ${column} = ${CHANGES[column]} WHERE id = $1`, [
      draws.one(ids),
    ]);
  },
  'an entry deleted': ({ client, ids }, draws) =>
    client.query(`DELETE FROM audit_entry WHERE id = $1`, [draws.one(ids)]),
  'an entry slipped in': async ({ client, ids, span }, draws) => {
    const [from, to] = span.map(at => at.getTime()) as [number, number];
    const at = new Date(from + draws.below(to - from));
    const id = firstIdAt(at).slice(0, 24) + randomBytes(6).toString('hex');
    await client.query(
      `INSERT INTO audit_entry (id, ${COLUMNS}) SELECT $1, ${COLUMNS.replace('at,', '$2,')} FROM audit_entry WHERE id = $3`,
      [id, at, draws.one(ids)],
    );
  },
  'two entries exchanged': async ({ client, ids }, draws) => {
    const [one, other] = draws.shuffled(ids);
    const set = Object.keys(CHANGES).map(column => `${column} = b.${column}`);
    await client.query(
      `UPDATE audit_entry a SET ${set.join(', ')} FROM audit_entry b
       WHERE (a.id = $1 AND b.id = $2) OR (a.id = $2 AND b.id = $1)`,
      [one, other],
    );
  },
  'the ids of two entries exchanged': async ({ client, ids }, draws) => {
    const [one, other] = draws.shuffled(ids);
    await client.query(`UPDATE audit_entry SET id = $2 WHERE id = $1`, [one, firstIdAt(new Date(0))]);
    await client.query(`UPDATE audit_entry SET id = $2 WHERE id = $1`, [other, one]);
    await client.query(`UPDATE audit_entry SET id = $2 WHERE id = $1`, [firstIdAt(new Date(0)), other]);
  },
  'the tail cut off': async ({ client, seals }, draws) => {
    const from = seals - draws.below(seals - 1);
    await client.query(
      `DELETE FROM audit_entry WHERE id IN (SELECT unnest(entry_ids) FROM audit_seal WHERE number >= $1)`,
      [from],
    );
    await client.query(`DELETE FROM audit_seal WHERE number >= $1`, [from]);
  },
  'everything deleted': ({ client }) => client.query(`TRUNCATE audit_entry, audit_seal`),
  'a seal and its entries cut out of the middle': async ({ client, seals }, draws) => {
    const number = 1 + draws.below(seals - 1);
    await client.query(
      `DELETE FROM audit_entry WHERE id IN (SELECT unnest(entry_ids) FROM audit_seal WHERE number = $1)`,
      [number],
    );
    await client.query(`DELETE FROM audit_seal WHERE number = $1`, [number]);
    if (draws.chance(0.5))
      await client.query(`UPDATE audit_seal SET number = number - 1 WHERE number > $1`, [number]);
  },
  'a seal changed': ({ client, wide }, draws) => {
    const column = draws.one(Object.keys(SEAL_CHANGES));
    return client.query(`UPDATE audit_seal SET ${column} = ${SEAL_CHANGES[column]} WHERE number = $1`, [
      draws.one(wide),
    ]);
  },
  'a seal that names one entry less': async ({ client, ids }, draws) => {
    const id = draws.one(ids);
    await client.query(`DELETE FROM audit_entry WHERE id = $1`, [id]);
    await client.query(
      `UPDATE audit_seal SET entry_ids = array_remove(entry_ids, $1) WHERE $1 = ANY(entry_ids)
       AND cardinality(entry_ids) > 1`,
      [id],
    );
  },
  'a seal that names an entry of another': ({ client, ids, wide }, draws) =>
    client.query(`UPDATE audit_seal SET entry_ids = entry_ids || $1::uuid WHERE number = $2`, [
      draws.one(ids),
      draws.one(wide),
    ]),
  'two seals exchanged': async ({ client, seals }, draws) => {
    const one = 1 + draws.below(seals - 1);
    await client.query(`UPDATE audit_seal SET number = 1000000 WHERE number = $1`, [one]);
    await client.query(`UPDATE audit_seal SET number = $1 WHERE number = $1 + 1`, [one]);
    await client.query(`UPDATE audit_seal SET number = $1 + 1 WHERE number = 1000000`, [one]);
  },
  'a seal signed with a key of one’s own': async ({ client, wide }, draws) => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const signature = sign(null, randomBytes(32), privateKey);
    const key = draws.chance(0.5) ? 'key' : `'${randomBytes(32).toString('base64url')}'`;
    await client.query(`UPDATE audit_seal SET signature = $1, key = ${key} WHERE number = $2`, [
      signature,
      draws.one(wide),
    ]);
  },
};
