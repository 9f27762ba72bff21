import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openExport } from '../../../scripts/open-export.mjs';
import { newId } from '../../../src/common';
import { migrateAll } from '../../../src/operations';
import type { TenantRef } from '../../../src/platform/context';
import { LocalKeyring } from '../../../src/platform/keys';
import { Database, destroyTenant, prepareTenant } from '../../../src/platform/database';
import { CONFIG, type Config } from '../../../src/platform/config';
import { Catalogue, openUnder, placeName, TenantKeys } from '../../../src/tenancy';
import { EndTenant } from '../../../src/tenancy/ending/end-tenant';
import { ExportTenant } from '../../../src/tenancy/ending/export-tenant';
import { addStaff } from '../../harness/worlds/clinic';
import { onServer, testDatabase } from '../../harness/run/database';
import {
  type Caller,
  country,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';
import { digestsOf } from '../isolation/rows';

const REQUEST = `mutation ($input: RequestTenantEndingInput!) { requestTenantEnding(input: $input) { id state waitDays } }`;
const DECIDE = `mutation ($input: DecideTenantEndingInput!) { decideTenantEnding(input: $input) {
  __typename ... on TenantEnding { state } } }`;
const CONFIRM = `mutation ($input: ConfirmTenantExportInput!) { confirmTenantExport(input: $input) { state endsAt } }`;
const STOP = `mutation ($code: ID!) { stopTenantEnding(code: $code) { state } }`;
const STEP = `mutation ($input: ChangeTenantStateInput!) { changeTenantState(input: $input) { state } }`;
const LEFT = `query ($code: ID!) { tenant(code: $code) { state transitions { to reason }
  ending { id state exportSha256 exportFolder keysGoneAt endedAt } } }`;

describe('a country that is ended', () => {
  let service: TestService;
  let exports: string;
  let outside: string;
  let one: Caller;
  let other: Caller;
  const ministry = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = JSON.stringify(ministry.publicKey.export({ format: 'jwk' }));

  beforeAll(async () => {
    [exports, outside] = await Promise.all([
      mkdtemp(join(tmpdir(), 'exports-')),
      mkdtemp(join(tmpdir(), 'ended-')),
    ]);
    for (const told of ['log', 'error'] as const)
      jest.spyOn(console, told).mockImplementation(() => undefined); // the command's
    service = await testService({ TIKASETU_EXPORT_DIR: exports, TIKASETU_ERASURE_LIST_DIR: outside });
    const operator = async () => ({ token: await service.tokenFor(null, [country('operator')], 'operator') });
    [one, other] = [await operator(), await operator()];
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    for (const folder of [exports, outside]) await rm(folder, { recursive: true });
  });

  const codeOf = ({ errors }: GraphqlAnswer) => errors?.[0]?.extensions.code;
  const step = (code: string, name: string) =>
    service.graphql(STEP, { input: { code, step: name, reason: 'test' } }, one);
  const requesting = (code: string, more: object = {}, as = one) =>
    service.graphql(
      REQUEST,
      { input: { code, instruction: 'MoH 12/2026', reason: 'has left', publicKey, ...more } },
      as,
    );
  const deciding = (endingId: string, as = other, approved = true) =>
    service.graphql(DECIDE, { input: { endingId, approved } }, as);
  const confirming = (endingId: string, sha256: string) =>
    service.graphql(CONFIRM, { input: { endingId, sha256, confirmation: 'MoH 13/2026' } }, one);
  const left = async (code: string) => (await service.graphql(LEFT, { code }, one)).data.tenant;
  const work = async (verb: typeof ExportTenant | typeof EndTenant) =>
    service.app.get(verb).run(service.contextOf(null));
  const asPlatform = (sql: string, values: unknown[]) =>
    service.app.get(Database).writePlatform(unit => unit.query(sql, values));
  const remains = (code: string) =>
    onServer(service.database.url, async owner => {
      const { rows } = await owner.query<{ name: string }>(
        `SELECT nspname AS name FROM pg_namespace WHERE nspname = $1
         UNION ALL SELECT rolname FROM pg_roles WHERE rolname = $2`,
        [`tenant_${code}`, `${service.app.get<Config>(CONFIG).loginPrefix}_tenant_${code}`],
      );
      return rows.map(({ name }) => name);
    });

  async function suspended(code: string): Promise<TenantRef> {
    const tenant = await service.provision(code);
    await addStaff(service, tenant);
    await service.app.get(TenantKeys).ready(service.contextOf(tenant));
    await step(code, 'SUSPEND');
    return tenant;
  }
  async function exported(code: string): Promise<{ id: string; sha256: string; folder: string }> {
    const { data } = await requesting(code);
    const { id } = data.requestTenantEnding as { id: string };
    await deciding(id);
    await work(ExportTenant);
    const { exportSha256, exportFolder } = (await left(code)).ending;
    return { id, sha256: exportSha256, folder: join(exports, exportFolder) };
  }
  /** Confirmed, and the agreed days are over. */
  async function due(code: string): Promise<string> {
    const { id, sha256 } = await exported(code);
    await confirming(id, sha256);
    await asPlatform(`UPDATE tenant_ending SET ends_at = asked_at WHERE id = $1`, [id]);
    return id;
  }

  it('is suspended first, asked for once with a public key, and decided by another operator than asked', async () => {
    await service.provision('ra');
    const early = await requesting('ra');
    await step('ra', 'SUSPEND');
    const secret = JSON.stringify(ministry.privateKey.export({ format: 'jwk' }));
    const wrong = [
      await requesting('ra', { publicKey: secret }),
      await requesting('ra', { publicKey: '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}' }),
      await requesting('ra', { publicKey: '[]' }),
      await requesting('ra', { waitDays: 364 }),
    ];
    const { data } = await requesting('ra');
    const twice = await requesting('ra');
    const { id } = data.requestTenantEnding as { id: string };

    const own = await deciding(id, one);
    const second = await deciding(id);

    expect(wrong.map(codeOf)).toEqual(Array.from({ length: 4 }, () => 'INVALID_INPUT'));
    expect([codeOf(early), codeOf(twice)]).toEqual(['STATE_FORBIDS', 'CONFLICT']);
    expect(data.requestTenantEnding).toMatchObject({ state: 'ASKED', waitDays: 365 });
    expect(own.data.decideTenantEnding).toEqual({ __typename: 'EndingNeedsSecondPerson' });
    expect(second.data.decideTenantEnding).toEqual({ __typename: 'TenantEnding', state: 'APPROVED' });
    expect(codeOf(await deciding(id, other, false))).toBe('CONFLICT');

    await step('ra', 'RESUME');
    await work(ExportTenant);

    expect(await left('ra')).toMatchObject({
      state: 'PROVISIONED',
      ending: { state: 'STOPPED', exportSha256: null },
    });
  });

  it('leaves its ministry everything that its login can read, and the keys, sealed for it, though a worker died at it', async () => {
    const tenant = await suspended('ea');
    const ctx = service.contextOf(tenant);
    const place = { table: 't', column: 'c', row: 'r' };
    const sealed = await service.app.get(TenantKeys).seal(ctx, place, 'a number');
    const rows = await digestsOf(service, 'tenant_ea');
    await mkdir(join(exports, `ea-${newId()}.making`));
    const { folder } = await exported('ea');
    const [keyFile, opened] = [join(outside, 'ministry.jwk'), join(outside, 'opened')];
    await writeFile(keyFile, JSON.stringify(ministry.privateKey.export({ format: 'jwk' })));

    expect(await openExport([folder, keyFile, opened])).toBe(0);

    const lines = async (table: string) =>
      (await readFile(join(opened, `${table}.ndjson`), 'utf8')).split('\n').length - 1;
    const tables = (await readdir(opened))
      .filter(name => name.endsWith('.ndjson'))
      .map(name => name.slice(0, -7));
    expect(tables.filter(name => !name.startsWith('migration')).sort()).toEqual(Object.keys(rows).sort());
    for (const table of ['staff_account', 'role_grant', 'data_key'])
      expect(`${await lines(table)} rows`).toBe(rows[table]!.replace(/ rows.*/, ' rows'));
    const keys = JSON.parse(await readFile(join(opened, 'keys.json'), 'utf8')) as {
      purpose: string;
      key: string;
    }[];
    const key = Buffer.from(keys.find(({ purpose }) => purpose === 'columns')!.key, 'base64url');
    expect(openUnder(key, sealed, placeName(ctx, place)).toString()).toBe('a number');
    expect(keys.map(({ purpose }) => purpose.split(' ')[0])).toEqual(
      expect.arrayContaining(['indexes', 'signer']),
    );
    const onDisk = await Promise.all((await readdir(folder)).map(name => readFile(join(folder, name))));
    expect(onDisk.filter(bytes => bytes.includes('@ea.example'))).toEqual([]);
    expect((await readdir(exports)).filter(name => name.startsWith('ea-'))).toEqual([basename(folder)]);

    const file = join(folder, 'staff_account.ndjson.gz.sealed');
    const changed = await readFile(file);
    changed[20]! ^= 1;
    await writeFile(file, changed);

    expect(await openExport([folder, keyFile, join(outside, 'again')])).toBe(1);
  });

  it('waits for its ministry’s word, and for the days that were agreed; until then one operator stops it', async () => {
    await suspended('wa');
    const { id, sha256 } = await exported('wa');

    const wrong = await confirming(id, '0'.repeat(64));
    await work(EndTenant);
    const before = (await left('wa')).state;
    const { data } = await confirming(id, sha256);
    await work(EndTenant);

    expect(codeOf(wrong)).toBe('INVALID_INPUT');
    expect(before).toBe('SUSPENDED');
    expect(data.confirmTenantExport.state).toBe('CONFIRMED');
    expect(await left('wa')).toMatchObject({ state: 'SUSPENDED', ending: { state: 'CONFIRMED' } });
    await asPlatform(`UPDATE tenant_ending SET ends_at = asked_at WHERE id = $1`, [id]);
    const stopped = await service.graphql(STOP, { code: 'wa' }, other);
    await work(EndTenant);

    expect(stopped.data.stopTenantEnding.state).toBe('STOPPED');
    expect([(await left('wa')).state, (await remains('wa')).length]).toEqual(['SUSPENDED', 2]);
  });

  it('loses keys, records and login, and nothing of another country; what is left says who, when and why', async () => {
    const neighbour = await service.provision('na');
    await addStaff(service, neighbour);
    await suspended('la');
    await due('la');
    const before = await digestsOf(service, 'tenant_na');

    await work(EndTenant);
    await work(EndTenant);
    await migrateAll(service.app.get<Config>(CONFIG));
    await service.carryFacts();

    expect(await remains('la')).toEqual([]);
    expect(await digestsOf(service, 'tenant_na')).toEqual(before);
    expect(await remains('na')).toHaveLength(2);
    const tombstone = await left('la');
    expect(tombstone).toMatchObject({
      state: 'ENDED',
      ending: { state: 'ENDED', endedAt: expect.any(String) },
    });
    expect(tombstone.transitions.at(-1)).toEqual({ to: 'ENDED', reason: 'has left' });
    expect(codeOf(await service.graphql('{ me { kind } }', {}, { tenant: 'la' }))).toBe('TENANT_NOT_SERVED');
    expect([
      codeOf(await step('la', 'RESUME')),
      codeOf(await service.graphql(STOP, { code: 'la' }, one)),
    ]).toEqual(['STATE_FORBIDS', 'STATE_FORBIDS']);
    const told = (await asPlatform(
      `SELECT text FROM sandbox_message WHERE receiver = 'minister@la.example' AND text LIKE '%' || $1 || '%' ORDER BY id`,
      [tombstone.ending.exportSha256],
    )) as { text: string }[];
    expect(told).toHaveLength(2); // that its export is there, and that nothing is kept
  });

  it('is exported once, whole, by however many workers begin at one moment', async () => {
    await suspended('ma');
    const { data } = await requesting('ma');
    await deciding(data.requestTenantEnding.id as string);

    const rounds = await Promise.allSettled(Array.from({ length: 4 }, () => work(ExportTenant)));

    const { state, exportFolder, exportSha256 } = (await left('ma')).ending;
    const manifest = await readFile(join(exports, exportFolder, 'manifest.json'));
    expect(rounds.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(state).toBe('EXPORTED');
    expect(createHash('sha256').update(manifest).digest('hex')).toBe(exportSha256);
    const { files } = JSON.parse(manifest.toString()) as { files: { file: string; sha256: string }[] };
    for (const { file, sha256 } of files) {
      const bytes = await readFile(join(exports, exportFolder, file));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    await work(ExportTenant); // a later round finds nothing to do, and clears nothing of it away
    expect((await readdir(exports)).filter(name => name.startsWith('ma-'))).toEqual([exportFolder]);
  });

  it('is migrated, exported and destroyed on the server that it lives on', async () => {
    const elsewhere = await testDatabase();
    const config = service.app.get<Config>(CONFIG);
    const { masterKey, loginPrefix } = config;
    const keys = new LocalKeyring(masterKey);
    try {
      const tenant = await suspended('oa');
      await destroyTenant({ ownerUrl: service.database.url, loginPrefix }, 'oa');
      await prepareTenant({ ownerUrl: elsewhere.url, loginPrefix, keys }, 'oa');
      const asOwners = (url: string, sql: string) => onServer(url, owner => owner.query(sql));
      await asOwners(
        service.database.url,
        `INSERT INTO platform.placement (id, url) VALUES ('elsewhere', '${elsewhere.url}');
         UPDATE platform.tenant SET placement_id = 'elsewhere' WHERE code = 'oa'`,
      );
      service.app.get(Catalogue).forget();
      const there = { ...tenant, placementUrl: elsewhere.url };
      await service.app.get(TenantKeys).ready(service.contextOf(there));
      const schemas = async (url: string) =>
        (await asOwners(url, `SELECT 1 FROM pg_namespace WHERE nspname = 'tenant_oa'`)).rowCount;

      await migrateAll(config);
      const migrated = [await schemas(service.database.url), await schemas(elsewhere.url)];
      await due('oa');
      await work(EndTenant);

      expect(migrated).toEqual([0, 1]);
      expect((await left('oa')).ending.state).toBe('ENDED');
      expect([await schemas(elsewhere.url), await remains('oa')]).toEqual([0, []]);
    } finally {
      await elsewhere.drop();
    }
  });

  it('is ended by another worker when one was killed, and again when a copy of the database brings it back', async () => {
    await suspended('ka');
    const id = await due('ka');
    await asPlatform(`UPDATE tenant_ending SET state = 'ENDING' WHERE id = $1`, [id]);
    await asPlatform(`UPDATE tenant SET state = 'ENDED' WHERE code = $1`, ['ka']);
    await onServer(service.database.url, owner =>
      owner.query('DROP TABLE tenant_ka.person_key, tenant_ka.data_key'),
    );

    await work(EndTenant);

    expect([await remains('ka'), (await left('ka')).ending.state]).toEqual([[], 'ENDED']);

    const tools = {
      ownerUrl: service.database.url,
      loginPrefix: service.app.get<Config>(CONFIG).loginPrefix,
      keys: new LocalKeyring(service.app.get<Config>(CONFIG).masterKey),
    };
    const restored = async (change: string): Promise<string[]> => {
      await prepareTenant(tools, 'ka');
      await asPlatform(`UPDATE tenant SET state = 'LIVE', schema_version = 1, ${change} WHERE code = $1`, [
        'ka',
      ]);
      await work(EndTenant);
      return remains('ka');
    };

    const same = await restored('resume_state = NULL');
    const another = await restored(`created_at = created_at + interval '1 day'`);

    expect(same).toEqual([]);
    expect(another).toHaveLength(2);
    expect((await left('ka')).transitions.map(({ to }: { to: string }) => to).slice(-2)).toEqual([
      'SUSPENDED',
      'ENDED',
    ]);
  });
});
