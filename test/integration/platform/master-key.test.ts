import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once as nextEvent } from 'node:events';
import { createInterface } from 'node:readline';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { makeApp } from '../../../src/app';
import { newId } from '../../../src/common';
import { credentialPlace } from '../../../src/identity/issuers/relying-party';
import { Secrets } from '../../../src/identity/second-factor/secrets';
import { sealOf } from '../../../src/interop/webhooks/send-webhooks';
import { ChangeMasterKey, type PlaneChanged } from '../../../src/operations/master-key/change-master-key';
import { PROJECT_ROOT, readConfig } from '../../../src/platform/config';
import type { Context, TenantRef } from '../../../src/platform/context';
import { Database, PLATFORM_SCHEMA, schemaOf } from '../../../src/platform/database';
import { Pools } from '../../../src/platform/database/pools';
import { KeyManagement, WrappedColumns } from '../../../src/platform/keys';
import { Tokens } from '../../../src/identity';
import { SealedColumns, TenantKeys } from '../../../src/tenancy';
import { write } from '../../harness/worlds/clinic';
import { onServer } from '../../harness/run/database';
import { country, testService, type TestService } from '../../harness/service';

const newKey = (): string => randomBytes(32).toString('base64');
const FORMER = newKey();
const NEXT = newKey();
const PHONE = { table: 'citizen_account', column: 'phone_sealed', row: 'x' };

/** A process on the database of `service`, with these master keys. */
async function processWith(
  service: TestService,
  keys: Record<string, string>,
): Promise<NestFastifyApplication> {
  const app = await makeApp(readConfig({ ...environmentOf(service), ...keys }));
  await app.listen(0, '127.0.0.1');
  return app;
}

const environmentOf = (service: TestService): Record<string, string> => ({
  DATABASE_URL: service.database.url,
  TIKASETU_SANDBOX: 'true',
  TIKASETU_LOGIN_PREFIX: service.database.name,
  LOG_LEVEL: 'silent',
  PORT: '0',
});

describe('the master key', () => {
  let service: TestService;
  let aa: TenantRef;
  let ctx: Context;
  let sealed: Buffer;
  const started = new Map<string, Promise<NestFastifyApplication>>();

  beforeAll(async () => {
    // As it stands before the change: every process knows the next key already, and closes nothing with it.
    service = await testService({ TIKASETU_MASTER_KEY: FORMER, TIKASETU_MASTER_KEY_SECOND: NEXT });
    aa = await service.provision('aa');
    await service.provision('bb');
    ctx = service.contextOf(aa);
    sealed = await service.app.get(TenantKeys).seal(ctx, PHONE, 'sealed long before');
    await wrapOfEachKind();
  }, 240_000);
  afterAll(async () => {
    for (const app of started.values()) await (await app).close();
    await service.stop();
  });

  /** The process of an installation that holds this master key, and this one as its second. */
  const holding = (key: string, second?: string): Promise<NestFastifyApplication> => {
    const name = `${key} ${second ?? ''}`;
    const keys = { TIKASETU_MASTER_KEY: key, ...(second ? { TIKASETU_MASTER_KEY_SECOND: second } : {}) };
    started.set(name, started.get(name) ?? processWith(service, keys));
    return started.get(name)!;
  };
  /**
   * An authenticator on each plane, an issuer, a webhook whose secret has changed; countries make the others
   * themselves.
   */
  async function wrapOfEachKind(): Promise<void> {
    const [staff, operator, issuer, partner, webhook] = Array.from({ length: 5 }, newId) as [
      string,
      ...string[],
    ];
    const secrets = service.app.get(Secrets);
    const wrap = (text: string, place: string) =>
      service.app.get(KeyManagement).wrap(Buffer.from(text), place);
    await write(service, aa, AUTHENTICATOR, ['staff', staff, secrets.seal(ctx, { kind: 'staff', id: staff }, Buffer.from('s'))]); // prettier-ignore
    const ofOperator = secrets.seal(
      service.contextOf(null),
      { kind: 'operator', id: operator! },
      Buffer.from('o'),
    );
    await service.app
      .get(Database)
      .writePlatform(work => work.query(AUTHENTICATOR, ['operator', operator, ofOperator]));
    await write(
      service,
      aa,
      `INSERT INTO sign_in_issuer (id, issuer, client_id, redirect_uri, names, authentication, credential_sealed,
         second_factor_acr, second_factor_amr, active, changed_at)
       VALUES ($1, 'https://id.example', 'us', 'https://portal.example/back', '{}', 'CLIENT_SECRET', $2, '{}', '{}', true, now())`,
      [issuer, wrap('a client’s secret', credentialPlace(ctx, issuer!))],
    );
    const place = sealOf(ctx, { partnerId: partner!, id: webhook! });
    await write(
      service,
      aa,
      `INSERT INTO webhook (partner_id, id, url, secret, former_secret, former_until, state, created_at)
       VALUES ($1, $2, 'https://partner.example/hook', $3, $4, now(), 'ACTIVE', now())`,
      [partner, webhook, wrap('its secret', place), wrap('the one before', place)],
    );
  }
  /**
   * Of each wrapped column how many values the keys of a process wrapped otherwise than it would now. Throws for one
   * that it cannot open.
   */
  const hanging = (keys: KeyManagement): Promise<Record<string, [all: number, former: number]>> =>
    onServer(service.database.url, async owner => {
      const found: Record<string, [number, number]> = {};
      for (const plane of ['platform', 'tenant'] as const)
        for (const { table, column, names, contextOf } of service.app.get(WrappedColumns).of(plane)) {
          const tenant = plane === 'tenant' ? aa : null;
          const { rows } = await owner.query<{ names: string[]; wrapped: Buffer }>(
            `SELECT ARRAY[${names.map(name => `${name}::text`).join(', ')}] AS names, ${column} AS wrapped
             FROM ${tenant ? schemaOf('aa') : PLATFORM_SCHEMA}.${table} WHERE ${column} IS NOT NULL`,
          );
          const former = rows.filter(row =>
            keys.rewrap(row.wrapped, contextOf(service.contextOf(tenant), row.names)),
          );
          found[`${plane} ${table}.${column}`] = [rows.length, former.length];
        }
      return found;
    });
  /** Lets go of a process's connections, as it does by itself when they are idle. */
  const letGo = (app: NestFastifyApplication): Promise<void> => app.get(Pools).onApplicationShutdown();
  /** A write, opening and sealing in a country, by one process on new connections. */
  const works = async (app: NestFastifyApplication): Promise<void> => {
    await letGo(app);
    const keys = app.get(TenantKeys);
    await app.get(Database).write(ctx, work => work.query(`UPDATE sign_in_try SET failures = failures`));
    expect(await keys.open(ctx, PHONE, sealed)).toBe('sealed long before');
    expect(await keys.open(ctx, PHONE, await keys.seal(ctx, PHONE, 'now'))).toBe('now');
  };
  const change = async (app: NestFastifyApplication): Promise<PlaneChanged[]> => {
    const told: PlaneChanged[] = [];
    await app.get(ChangeMasterKey).run(service.contextOf(null), plane => told.push(plane));
    return told;
  };

  it('has wrapped nothing in a column that a change of it would pass by', async () => {
    const stored = await onServer(service.database.url, async owner => {
      const { rows } = await owner.query<{ name: string }>(
        `SELECT DISTINCT table_name || '.' || column_name AS name FROM information_schema.columns
         WHERE table_schema IN ('platform', 'tenant_aa') AND data_type = 'bytea'
           AND column_name ~ 'sealed|wrapped|secret' ORDER BY 1`,
      );
      return rows.map(({ name }) => name);
    });
    const byMasterKey = service.app
      .get(WrappedColumns)
      .of('tenant')
      .map(({ table, column }) => `${table}.${column}`);
    const byCountry = service.app.get(SealedColumns).all();
    const others = [...byCountry.map(({ table, column }) => `${table}.${column}`), ...BY_PERSONS_KEYS];

    expect(stored.filter(name => !byMasterKey.includes(name) && !others.includes(name))).toEqual([]);
    expect(byMasterKey.filter(name => !stored.includes(name) || others.includes(name))).toEqual([]);
  });

  it('changes while requests run in processes on both sides of it, and nothing needs the former one', async () => {
    await change(service.app);
    const later = await holding(NEXT, FORMER);
    const before = await hanging(later.get(KeyManagement));
    const actor = { kind: 'staff' as const, id: newId(), grants: [country('configuration-admin')] };
    const tokens = await Promise.all([service.app, later].map(app => app.get(Tokens).issue(ctx, actor)));
    const urls = [service.url, (await later.getUrl()).replace('[::1]', '127.0.0.1')];
    await Promise.all([service.app, later].map(letGo));

    const asking = new Asking(
      urls,
      tokens.map(({ token }) => token),
    );
    await asking.answered(8); // one at a time in each process: they hold a connection or two
    const changedAt = await serverTime(service);
    const told = await change(later);
    asking.many(); // at one time more than connections are open: others have to be made, with the new password
    while ((await connectionsSince(service, `${service.database.name}_tenant_aa`, changedAt)) < 3)
      await asking.answered(10);
    await asking.answered(40);
    const faults = await asking.end();

    expect(faults).toEqual([]);
    expect(await connectionsSince(service, `${service.database.name}_tenant_aa`, changedAt)).toBeGreaterThan(
      3,
    );
    expect(told.map(({ plane, loginChanged }) => [plane, loginChanged])).toEqual([
      ['platform', true],
      ['tenant_aa', true],
      ['tenant_bb', true],
    ]);
    await works(service.app);
    await works(later);
    // There was something of each kind, all of it the former key's; and then nothing was.
    expect(Object.entries(before).filter(([, [all, former]]) => all === 0 || former !== all)).toEqual([]);
    const alone = await holding(NEXT);
    const after = await hanging(alone.get(KeyManagement));
    expect(Object.values(after).map(([, former]) => former)).toEqual(Object.values(before).map(() => 0));
    await works(alone);
    expect((await change(alone)).filter(plane => plane.rewrapped > 0 || plane.loginChanged)).toEqual([]);
  }, 180_000);

  it('is changed to the end by a second command when the first is killed in the middle', async () => {
    const next = await holding(NEXT, FORMER);
    await change(next);
    const command = spawn(
      process.execPath,
      ['--require', './bench/register-ts.cjs', 'src/operations/change-master-key.ts'],
      {
        cwd: PROJECT_ROOT,
        env: {
          ...process.env,
          ...environmentOf(service),
          TIKASETU_MASTER_KEY: FORMER,
          TIKASETU_MASTER_KEY_SECOND: NEXT,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    createInterface(command.stdout).once('line', () => command.kill('SIGKILL'));
    const [, signal] = await nextEvent(command, 'exit');

    const told = await change(service.app);

    expect(signal).toBe('SIGKILL');
    expect(told.find(({ plane }) => plane === 'platform')).toMatchObject({
      rewrapped: 0,
      loginChanged: false,
    });
    expect(told.find(({ plane }) => plane === 'tenant_bb')).toMatchObject({ loginChanged: true });
    const alone = await holding(FORMER);
    expect((await change(alone)).filter(plane => plane.rewrapped > 0 || plane.loginChanged)).toEqual([]);
    await works(alone);
  }, 180_000);

  it('once changed and taken away lets nobody in', async () => {
    const next = await holding(NEXT, FORMER);
    const former = await holding(FORMER);
    await change(next);
    await letGo(former);

    await expect(former.get(Database).read(ctx, work => work.query('SELECT 1'))).rejects.toThrow(
      'unavailable',
    );
  });
});

/** Sealed with a person's own key, whose wrapping by the country's is what changes. */
const BY_PERSONS_KEYS = [
  'look_objection.answer_sealed',
  'look_objection.text_sealed',
  'person_change.values_sealed',
];

const AUTHENTICATOR = `INSERT INTO authenticator (account_kind, account_id, secret_sealed, begun_at) VALUES ($1, $2, $3, now())`;

const serverTime = (service: TestService): Promise<Date> =>
  onServer(
    service.database.url,
    async owner => (await owner.query('SELECT clock_timestamp() AS now')).rows[0].now,
  );

const connectionsSince = (service: TestService, login: string, since: Date): Promise<number> =>
  onServer(
    service.database.url,
    async owner =>
      (
        await owner.query(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = $1 AND backend_start > $2`,
          [login, since],
        )
      ).rows[0].n,
  );

/** Writes in a country, again and again, to every process with the tokens of each, until it is told to end. */
class Asking {
  private way = true;
  private count = 0;
  private readonly faults: unknown[] = [];
  private readonly loops: Promise<void>[];

  constructor(
    private readonly urls: readonly string[],
    private readonly tokens: readonly string[],
  ) {
    this.loops = urls.map((_, one) => this.loop(one));
  }

  many(): void {
    for (let one = 0; one < 12; one++) this.loops.push(this.loop(one));
  }

  /** Resolves when so many more have been answered. */
  async answered(more: number): Promise<void> {
    const until = this.count + more;
    while (this.count < until && this.faults.length === 0)
      await new Promise(resolve => setImmediate(resolve));
  }

  async end(): Promise<unknown[]> {
    this.way = false;
    await Promise.all(this.loops);
    return this.faults;
  }

  private async loop(one: number): Promise<void> {
    for (let turn = one; this.way; turn++) {
      const answer = await fetch(`${this.urls[one % 2]}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-tenant': 'aa',
          authorization: `Bearer ${this.tokens[turn % 2]}`,
        },
        body: JSON.stringify({ query: 'mutation { setSecondFactorRoles(roles: []) }' }),
      });
      const body = (await answer.json()) as { data?: object | null };
      if (answer.status !== 200 || !body.data) this.faults.push({ status: answer.status, body });
      this.count++;
    }
  }
}
