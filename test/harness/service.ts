import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { makeApp } from '../../src/app';
import { migrateAll } from '../../src/operations';
import { readConfig } from '../../src/platform/config';
import type { ActorKind, Context, Grant, TenantRef } from '../../src/platform/context';
import { Database } from '../../src/platform/database';
import { Relay, systemContext } from '../../src/platform/events';
import { JobRunner } from '../../src/platform/jobs';
import { Tokens } from '../../src/identity';
import { Catalogue } from '../../src/tenancy';
import { InviteMinistry } from '../../src/tenancy/invite-ministry';
import { ProvisionTenant } from '../../src/tenancy/provision-tenant';
import { newId } from '../../src/common';
import { DraftPack } from '../../src/programmes/drafts/draft-pack';
import { PublishPack } from '../../src/programmes/publication/publish-pack';
import { asAdministrator, packFiles } from './worlds/packs';
import { testDatabase, type TestDatabase } from './run/database';

/** Who a test calls as, for which country, in which language. */
export interface Caller {
  tenant?: string;
  token?: string;
  language?: string;
  purpose?: string;
}

export interface GraphqlAnswer {
  status: number;
  data: any; // oxlint-disable-line no-explicit-any -- the shape is each test's own
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: Record<string, unknown> & { code: string };
  }[];
}

/** The whole service on a database of the test file's own, listening on a free port of this machine. */
export interface TestService {
  app: NestFastifyApplication;
  database: TestDatabase;
  url: string;
  /** Sends one operation as an integrator would, over HTTP. */
  graphql: (query: string, variables?: Record<string, unknown>, as?: Caller) => Promise<GraphqlAnswer>;
  /** What the one field of an operation answered; throws what it was refused with. */
  answer: (query: string, variables?: object, as?: Caller) => Promise<any>; // oxlint-disable-line no-explicit-any
  /** The code of the error an operation met; nothing when it met none. */
  errorCode: (query: string, variables?: object, as?: Caller) => Promise<string | undefined>;
  /** Provisions a made-up country; its code. It has a schema, a login and keys, and no configuration yet. */
  provision: (code: string, country?: string) => Promise<TenantRef>;
  /** As `provision`, with the pack of `countries/<pack>/` published: areas, products, schedule, languages. */
  country: (code: string, pack?: string) => Promise<TenantRef>;
  /** A token of a staff member (or another kind) who holds these grants in a tenant. No account is made. */
  tokenFor: (tenant: TenantRef | null, grants: Grant[], kind?: ActorKind, id?: string) => Promise<string>;
  /** Carries every announced fact to its listeners now, instead of within a second. */
  carryFacts: () => Promise<void>;
  /** Does every slice of every job that is due now, instead of within a second. */
  runJobs: () => Promise<void>;
  /** From now on facts are carried by themselves, as in a running service. */
  live: () => void;
  /** The context of the service itself in a tenant, for calling verbs and stores directly. */
  contextOf: (tenant: TenantRef | null, overrides?: Partial<Context>) => Context;
  stop: () => Promise<void>;
}

export const country = (role: string): Grant => ({ role, reach: { kind: 'country' } });
export const atFacility = (role: string, id: string): Grant => ({ role, reach: { kind: 'facility', id } });
export const inArea = (role: string, id: string): Grant => ({ role, reach: { kind: 'area', id } });

/** Starts the service; `env` adds to or replaces its environment. The caller stops it (`afterAll`). */
export async function testService(env: Record<string, string> = {}): Promise<TestService> {
  return serviceOn(await testDatabase(), env);
}

/** {@link testService} on a database that is there already, whose master key `env` then has to name. */
export async function serviceOn(
  database: TestDatabase,
  env: Record<string, string> = {},
): Promise<TestService> {
  const config = readConfig({
    DATABASE_URL: database.url,
    TIKASETU_MASTER_KEY: randomBytes(32).toString('base64'),
    TIKASETU_SANDBOX: 'true',
    // What a test stands up to be called is on this machine, which a sandbox alone may call.
    TIKASETU_OUTBOUND_LOOPBACK: String((env.TIKASETU_SANDBOX ?? 'true') === 'true'),
    TIKASETU_LOGIN_PREFIX: database.name,
    LOG_LEVEL: process.env['TIKASETU_TEST_LOG'] ?? 'silent',
    PORT: '0',
    ...env,
  });
  await migrateAll(config);
  const app = await makeApp(config);
  await app.init();
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const contextOf = (tenant: TenantRef | null, overrides: Partial<Context> = {}): Context => ({
    ...systemContext(tenant),
    ...overrides,
  });
  return {
    app,
    database,
    url,
    contextOf,
    graphql: (query, variables = {}, as = {}) => send(url, query, variables, as),
    answer: async (query, variables = {}, as = {}) => onlyField(await send(url, query, variables, as)),
    errorCode: async (query, variables = {}, as = {}) =>
      (await send(url, query, variables, as)).errors?.[0]?.extensions.code,
    provision: (code, iso = 'XA') => provision(app, contextOf(null), code, iso),
    country: (code, pack = 'gh') => configured(app, contextOf, code, pack),
    tokenFor: async (tenant, grants, kind = 'staff', id = newId()) => {
      const actor = { kind: kind as 'staff', id, grants };
      return (await app.get(Tokens).issue(contextOf(tenant), actor)).token;
    },
    carryFacts: () => carry(app),
    runJobs: async () => app.get(JobRunner).runAll(await app.get(Catalogue).served()),
    live: () => app.get(Relay).start(() => app.get(Catalogue).served()),
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}

async function send(url: string, query: string, variables: object, as: Caller): Promise<GraphqlAnswer> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(as.tenant ? { 'x-tenant': as.tenant } : {}),
      ...(as.token ? { authorization: `Bearer ${as.token}` } : {}),
      ...(as.language ? { 'accept-language': as.language } : {}),
      ...(as.purpose ? { 'x-purpose': as.purpose } : {}),
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: answer.status, ...((await answer.json()) as Omit<GraphqlAnswer, 'status'>) };
}

function onlyField({ data, errors }: GraphqlAnswer) {
  if (errors)
    throw new Error(errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join());
  return Object.values(data)[0];
}

async function provision(
  app: NestFastifyApplication,
  ctx: Context,
  code: string,
  country: string,
): Promise<TenantRef> {
  await app.get(InviteMinistry).run(ctx, {
    code,
    country,
    names: [{ language: 'en', text: `Ministry of ${code}` }],
    languages: ['en'],
    timeZone: 'UTC',
    agreementRef: 'TEST',
    signatoryName: 'Signatory',
    signatoryTitle: 'Minister',
    signatoryEmail: `minister@${code}.example`,
  });
  await app
    .get(Database)
    .writePlatform(work =>
      work.query(
        `UPDATE tenant SET state = 'ACCEPTED', first_admin_name = 'Admin', first_admin_email = $2 WHERE code = $1`,
        [code, `admin@${code}.example`],
      ),
    );
  await app.get(ProvisionTenant).run(ctx, { code });
  await carry(app);
  return (await app.get(Catalogue).byCode(code))!;
}

/** Publishes a real pack in a fresh tenant through the verbs themselves; whatever the pack says is then in force. */
async function configured(
  app: NestFastifyApplication,
  contextOf: TestService['contextOf'],
  code: string,
  pack: string,
): Promise<TenantRef> {
  const files = packFiles(join(__dirname, '../../countries', pack));
  const { country: iso } = JSON.parse(files.find(file => file.name === 'pack.json')!.content) as {
    country: string;
  };
  const tenant = await provision(app, contextOf(null), code, iso);
  const ctx = contextOf(tenant);
  const draft = await app.get(DraftPack).run(asAdministrator(ctx), { files });
  if (!('pack' in draft)) throw new Error(JSON.stringify(draft.faults.slice(0, 5)));
  await app.get(PublishPack).publish(asAdministrator(ctx), { id: draft.pack.id });
  return (await app.get(Catalogue).byCode(code))!;
}

/** Facts may announce facts, and an aggregate's come one by one: carry until nothing is left that is due. */
async function carry(app: NestFastifyApplication): Promise<void> {
  app.get(Relay)['tenants'] = () => app.get(Catalogue).served();
  for (let round = 0; round < 2; round++) {
    await app.get(Relay).carryAll();
    await app.get(Relay)['running']; // a nudged look skips nothing of ours, nor may we skip what it has in hand
  }
}
