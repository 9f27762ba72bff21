import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { examine, readHeads } from '../../../scripts/verify-audit.mjs';
import { AuditTrail, SealTrail } from '../../../src/audit';
import { firstIdAt, newId } from '../../../src/common';
import { PROJECT_ROOT } from '../../../src/platform/config';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { figure } from '../../harness/run/figures';
import { onServer } from '../../harness/run/database';
import { testService, type TestService } from '../../harness/service';
import { TAMPERINGS } from './tamperings';
import { Draws } from '../isolation/draws';

const draws = new Draws();
/** AUDIT_TAMPERINGS=1000 node scripts/test.mjs test/integration/audit/seals: the number that the figures are made of. */
const TRIES = Number(process.env.AUDIT_TAMPERINGS ?? 200);
const MINUTE = 60_000;

describe(`the seals over a trail (TIKASETU_TEST_SEED=${draws.seed})`, () => {
  let service: TestService;
  let folder: string;
  let countries = 0;
  const START = Date.parse('2030-01-01T06:00:00Z');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tikasetu-heads-'));
    service = await testService({ TIKASETU_AUDIT_HEADS_DIR: folder });
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const fresh = (): Promise<TenantRef> => service.provision(`c${++countries}`);
  const sealer = (): SealTrail => service.app.get(SealTrail);
  const at = (minutes: number): Date => new Date(START + minutes * MINUTE);

  /** An entry made at a minute of that morning; its transaction is as long as `before` takes. */
  function enter(
    tenant: TenantRef,
    minutes: number,
    before = async (): Promise<void> => undefined,
  ): Promise<string> {
    const id = firstIdAt(at(minutes)).slice(0, 24) + newId().slice(24);
    const ctx = service.contextOf(tenant, { now: () => at(minutes), newId: () => id, address: '192.0.2.1' });
    return service.app.get(Database).write(ctx, async work => {
      const resource = { type: 'person', id: newId() };
      service.app.get(AuditTrail).record(ctx, work, { action: 'person.read', resource, detail: { minutes } });
      await work.query('SELECT 1');
      await before();
      return id;
    });
  }
  const sealAt = (tenant: TenantRef, minutes: number): Promise<number> =>
    sealer().run(service.contextOf(tenant, { now: () => at(minutes) }));

  /** What the tool for auditors finds in a country’s trail. */
  const examined = (tenant: TenantRef) =>
    onServer(service.database.url, async client => {
      await client.query(`SET search_path = tenant_${tenant.code}`);
      return examine(client, `tenant_${tenant.code}`, readHeads(join(folder, `tenant_${tenant.code}`)));
    });
  const sealsOf = (tenant: TenantRef) =>
    onServer(service.database.url, async client => {
      const found = await client.query<{ number: number; ids: string[] }>(
        `SELECT number, entry_ids::text[] AS ids FROM tenant_${tenant.code}.audit_seal ORDER BY number`,
      );
      return found.rows;
    });

  it('cover whatever a text may hold, escaped by the database as the tool for auditors does', async () => {
    const tenant = await fresh();
    const ctx = service.contextOf(tenant, {
      now: () => at(0),
      purpose: Array.from({ length: 32 }, (_, code) => String.fromCodePoint(code + 1)).join(''),
      address: '"\\/\u007f\u0080\u2028\u2029\ufeff\u{1f489}',
    });
    await service.app.get(Database).write(ctx, async work => {
      const act = (id: string | null, detail: object) => ({
        action: 'person.read',
        resource: { type: 'person', id },
        detail: { ...detail },
      });
      service.app.get(AuditTrail).record(ctx, work, act('<script>é\u0915\u093f', { '"': '\\', n: 1.5e-7 }));
      service.app.get(AuditTrail).record(ctx, work, act(null, { nested: [null, true, { a: '\t' }] }));
      await work.query('SELECT 1');
    });
    await sealAt(tenant, 1);

    expect(await examined(tenant)).toMatchObject({ faults: [], waiting: 0 });
  });

  it('cover every entry once, and the tool for auditors finds them whole', async () => {
    const tenant = await fresh();
    const ids = [await enter(tenant, 0), await enter(tenant, 1)];
    await sealAt(tenant, 2);
    ids.push(await enter(tenant, 3));
    await sealAt(tenant, 4);

    const seals = await sealsOf(tenant);

    expect(seals.flatMap(seal => seal.ids)).toEqual(expect.arrayContaining(ids));
    expect(await examined(tenant)).toMatchObject({ seals: seals.length, faults: [], waiting: 0 });
  });

  it('cover an entry whose transaction ended after a later one was sealed', async () => {
    const tenant = await fresh();
    let end = (): void => undefined;
    const held = new Promise<void>(resolve => (end = resolve));
    let begun = (): void => undefined;
    const isBegun = new Promise<void>(resolve => (begun = resolve));
    const late = enter(tenant, 1, () => {
      begun();
      return held;
    });
    await isBegun;
    await enter(tenant, 2);
    await sealAt(tenant, 3);
    end();
    const id = await late;
    await sealAt(tenant, 4);
    const next = await enter(tenant, 5);
    await sealAt(tenant, 6);

    expect((await sealsOf(tenant)).slice(-2).map(seal => seal.ids)).toEqual([[id], [next]]);
    expect((await examined(tenant)).faults).toEqual([]);
  });

  it('cover one that ended hours later with the first look of an hour, and it is told of as late', async () => {
    const tenant = await fresh();
    await enter(tenant, 0);
    await enter(tenant, 179);
    await sealAt(tenant, 179);
    const id = await enter(tenant, 100);
    await sealAt(tenant, 179.5);
    const early = (await sealsOf(tenant)).length;
    await sealAt(tenant, 180);

    expect((await sealsOf(tenant)).slice(early).map(seal => seal.ids)).toEqual([[id]]);
    expect(await examined(tenant)).toMatchObject({ faults: [], notes: [expect.stringContaining(id)] });
  });

  it('are made one at a time, however many sealers there are', async () => {
    const tenant = await fresh();
    for (let entry = 0; entry < 12; entry++) {
      await enter(tenant, entry);
      await Promise.all(Array.from({ length: 4 }, () => sealAt(tenant, entry)));
    }

    const { faults, waiting } = await examined(tenant);

    expect({ faults, waiting }).toEqual({ faults: [], waiting: 0 });
  });

  it('are made for the platform, and for a country that is suspended', async () => {
    const tenant = await fresh();
    await enter(tenant, 0);
    const suspended: TenantRef = { ...tenant, state: 'SUSPENDED' };

    expect(await sealAt(suspended, 1)).toBe(1);
    expect(await sealer().run(service.contextOf(null))).toBeGreaterThan(0);
    const args = [
      'verify-audit',
      '--database',
      service.database.url,
      '--heads',
      folder,
      '--trail',
      'platform',
    ];
    const told = await tikasetu(args);
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining('WHOLE') });
  });

  it('leave the database, also those that a killed process left there', async () => {
    const tenant = await fresh();
    await enter(tenant, 0);
    await sealAt(tenant, 1);
    await rm(join(folder, `tenant_${tenant.code}`), { recursive: true });
    const other = await testServiceAgain();
    await enter(tenant, 2);
    await other.run(service.contextOf(tenant, { now: () => at(3) }));

    expect(await examined(tenant)).toMatchObject({ faults: [], notes: [] });
    expect(readHeads(join(folder, `tenant_${tenant.code}`)).heads.size).toBe((await sealsOf(tenant)).length);
  });

  it('are never written over outside', async () => {
    const tenant = await fresh();
    await enter(tenant, 0);
    await sealAt(tenant, 1);
    const [file, number] = [join(folder, `tenant_${tenant.code}`, '0'), (await sealsOf(tenant)).length + 1];
    await writeFile(join(file, `${number}.json`), 'somebody else’s\n');
    await chmod(join(file, `${number}.json`), 0o444);
    await enter(tenant, 2);

    await expect(sealAt(tenant, 3)).rejects.toThrow(/exported before/);
  });

  it('and the entries can be added to and read by the login that writes them, and nothing else', async () => {
    const tenant = await fresh();
    await enter(tenant, 0);
    await sealAt(tenant, 1);
    const write = (sql: string) =>
      service.app.get(Database).write(service.contextOf(tenant), work => work.query<{ may: string }>(sql));

    for (const table of ['audit_entry', 'audit_seal']) {
      const rights = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'];
      const held = await write(
        `SELECT may FROM unnest(ARRAY['${rights.join(`','`)}']) AS may WHERE has_table_privilege('${table}', may)`,
      );
      expect(held.map(({ may }) => may)).toEqual(['SELECT', 'INSERT']);
      await expect(write(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
      await expect(write(`TRUNCATE ${table}`)).rejects.toThrow(/permission denied/);
      await expect(write(`ALTER TABLE ${table} OWNER TO current_user`)).rejects.toThrow(/must be owner/);
      await expect(write(`DROP TABLE ${table}`)).rejects.toThrow(/must be owner/);
    }
    await expect(write(`UPDATE audit_entry SET action = 'x'`)).rejects.toThrow(/permission denied/);
    await expect(write(`UPDATE audit_seal SET root = ''`)).rejects.toThrow(/permission denied/);
  });

  it(`are broken by each of ${TRIES} falsifications, and the tool for auditors finds every one`, async () => {
    const tenant = await fresh();
    const ids: string[] = [];
    for (let minute = 0; minute < 100; minute++) {
      ids.push(await enter(tenant, minute));
      if (draws.chance(0.1)) await sealAt(tenant, minute);
    }
    await sealAt(tenant, 101);
    const made = await sealsOf(tenant);
    const wide = made.filter(seal => seal.ids.length > 1).map(({ number }) => number);
    const trail = `tenant_${tenant.code}`;
    const outside = readHeads(join(folder, trail));
    const tried: Record<string, number> = {};
    const unseen: string[] = [];

    await onServer(service.database.url, async (client: Client) => {
      await client.query(`SET search_path = ${trail}`);
      expect((await examine(client, trail, outside)).faults).toEqual([]);
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const [name, tamper] = draws.one(Object.entries(TAMPERINGS));
        await client.query('BEGIN');
        await tamper({ client, ids, seals: made.length, wide, span: [at(0), at(99)] }, draws);
        const { faults } = await examine(client, trail, outside);
        await client.query('ROLLBACK');
        tried[name] = (tried[name] ?? 0) + 1;
        if (faults.length === 0) unseen.push(name);
      }
      expect((await examine(client, trail, outside)).faults).toEqual([]);
    });

    const kinds = Object.keys(tried).length;
    figure(
      'falsifications found',
      `${TRIES - unseen.length} of ${TRIES}, of ${kinds} kinds`,
      TRIES >= 1_000 && unseen.length === 0,
    );
    expect(unseen).toEqual([]);
    expect(Object.keys(tried).sort()).toEqual(Object.keys(TAMPERINGS).sort());
  }, 300_000);

  /** A sealer that remembers nothing, as of a process that has just begun. */
  async function testServiceAgain(): Promise<SealTrail> {
    const { store, keys, out, database } = sealer() as unknown as Record<string, never>;
    return new SealTrail(database!, store!, keys!, out!);
  }
});

const run = promisify(execFile);

async function tikasetu(args: string[]): Promise<{ code: number; out: string }> {
  try {
    const { stdout } = await run(process.execPath, [join(PROJECT_ROOT, 'scripts/tikasetu.mjs'), ...args]);
    return { code: 0, out: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout + stderr };
  }
}
