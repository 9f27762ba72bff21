import { DataSource } from 'typeorm';
import type { KeyManagement } from '../keys';
import { WRONG_PASSWORD } from './either-password';
import {
  passwordOf,
  passwordsOf,
  PLATFORM_SCHEMA,
  platformLogin,
  schemaOf,
  TENANT_CODE,
  tenantLogin,
} from './logins';
import { migrateSchema, type Plane } from './migrations';

/** The server's answers that mean "another process did the same a moment ago". */
const RACED = ['42710', '23505', '42P06', 'XX000'];

/** What preparing a plane needs: the owner's login, the key management and the installation's login prefix. */
export interface PlaneTools {
  ownerUrl: string;
  keys: KeyManagement;
  loginPrefix: string;
}

/** A connection of the owner's login. */
export type Owner = DataSource;

/** Lends one connection of the owner's login: for what is done to schemas, never for what is in them. */
export async function asOwner<T>(ownerUrl: string, use: (owner: Owner) => Promise<T>): Promise<T> {
  const options = { type: 'postgres' as const, url: ownerUrl, installExtensions: false, extra: { max: 1 } };
  const owner = await new DataSource(options).initialize();
  try {
    return await use(owner);
  } finally {
    await owner.destroy();
  }
}

/** Makes the platform plane what this build expects. Safe to run at every start and by several at once. */
export const preparePlatform = (tools: PlaneTools): Promise<number> =>
  preparePlane(tools, 'platform', PLATFORM_SCHEMA, platformLogin(tools.loginPrefix));

/** Makes a tenant's schema and login, or brings them to this build's version. Returns the version. */
export async function prepareTenant(tools: PlaneTools, code: string): Promise<number> {
  return preparePlane(tools, 'tenant', schemaOf(checked(code)), tenantLogin(tools.loginPrefix, code));
}

/**
 * Destroys the keys of a country that has left: what they sealed is noise from here on. `keyTables` are those that hold
 * them. Safe to repeat, also when the schema is gone.
 */
export async function destroyKeys(
  { ownerUrl }: Pick<PlaneTools, 'ownerUrl'>,
  code: string,
  keyTables: readonly string[],
): Promise<void> {
  const schema = schemaOf(checked(code));
  await asOwner(ownerUrl, async owner => {
    for (const table of keyTables) await owner.query(`DROP TABLE IF EXISTS ${schema}.${table} CASCADE`);
  });
}

/**
 * Takes a country's records and its login away, for good. Safe to repeat. Whoever is connected as it can do nothing
 * more.
 */
export async function destroyTenant(
  { ownerUrl, loginPrefix }: Pick<PlaneTools, 'ownerUrl' | 'loginPrefix'>,
  code: string,
): Promise<void> {
  const login = tenantLogin(loginPrefix, checked(code));
  await asOwner(ownerUrl, async owner => {
    const [known] = await owner.query(`SELECT 1 FROM pg_roles WHERE rolname = $1`, [login]);
    if (known) await owner.query(`ALTER ROLE ${login} NOLOGIN`);
    await owner.query(`DROP SCHEMA IF EXISTS ${schemaOf(code)} CASCADE`);
    if (!known) return;
    await owner.query(`REVOKE ALL ON DATABASE ${await databaseName(owner)} FROM ${login}`);
    await owner.query(`DROP ROLE IF EXISTS ${login}`);
  });
}

function checked(code: string): string {
  if (!TENANT_CODE.test(code)) throw new Error('A tenant code is lower-case letters and digits');
  return code;
}

/**
 * One schema, one login that may use it and nothing else. Names come from a narrow alphabet, checked above, since
 * DDL takes no parameters. The password is derived, so setting it again changes nothing.
 */
async function preparePlane(tools: PlaneTools, plane: Plane, schema: string, login: string): Promise<number> {
  return asOwner(tools.ownerUrl, async owner => {
    await atLeastVersion16(owner);
    await owner.query(`REVOKE ALL ON DATABASE ${await databaseName(owner)} FROM PUBLIC`);
    const made = await tolerateRace(owner, `CREATE ROLE ${login} LOGIN NOINHERIT`, RACED);
    // While the master key is being changed nobody but whoever changes it says which password a login has.
    if (made || passwordsOf(tools.keys, login).length === 1)
      await again(() => setPassword(owner, tools.keys, login));
    await again(() => configureLogin(owner, schema, login));
    await tolerateRace(owner, `CREATE SCHEMA IF NOT EXISTS ${schema}`, RACED);
    await owner.query(`REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC`);
    await owner.query(`GRANT USAGE ON SCHEMA ${schema} TO ${login}`);
    return migrateAlone(owner, () => migrateSchema(tools.ownerUrl, plane, schema, login), schema);
  });
}

/** Gives a login the password that the master key in use derives for it. Connections that are open stay so. */
export async function setPassword(owner: DataSource, keys: KeyManagement, login: string): Promise<void> {
  await owner.query(`ALTER ROLE ${login} PASSWORD '${passwordOf(keys, login)}'`); // base64url: nothing to escape
}

/** Whether the server takes this login with this password. Throws when it cannot be asked. */
export async function letsIn(url: string): Promise<boolean> {
  try {
    return await asOwner(url, () => Promise.resolve(true));
  } catch (error) {
    if ((error as { code?: string }).code === WRONG_PASSWORD) return false;
    throw error;
  }
}

async function configureLogin(owner: DataSource, schema: string, login: string): Promise<void> {
  await owner.query(`GRANT CONNECT ON DATABASE ${await databaseName(owner)} TO ${login}`);
  const settings = {
    search_path: schema,
    statement_timeout: "'30s'",
    lock_timeout: "'10s'",
    idle_in_transaction_session_timeout: "'30s'",
  };
  for (const [name, value] of Object.entries(settings)) {
    await owner.query(`ALTER ROLE ${login} IN DATABASE ${await databaseName(owner)} SET ${name} = ${value}`);
  }
}

/** One process migrates a schema at a time; the lock is a row of the schema itself, so no tenant can hold it. */
async function migrateAlone<T>(owner: DataSource, migrate: () => Promise<T>, schema: string): Promise<T> {
  await tolerateRace(
    owner,
    `CREATE TABLE IF NOT EXISTS ${schema}.migration_lock (one integer PRIMARY KEY)`,
    RACED,
  );
  return owner.transaction(async manager => {
    await manager.query(`LOCK TABLE ${schema}.migration_lock IN ACCESS EXCLUSIVE MODE`);
    return migrate();
  });
}

async function atLeastVersion16(owner: DataSource): Promise<void> {
  const [row] = await owner.query(`SELECT current_setting('server_version_num')::int AS version`);
  if (row.version < 160000) throw new Error('PostgreSQL 16 or newer is needed');
}

async function databaseName(owner: DataSource): Promise<string> {
  const [row] = await owner.query(`SELECT quote_ident(current_database()) AS name`);
  return row.name;
}

/** Whether it was this process that did it. */
async function tolerateRace(owner: DataSource, sql: string, states: readonly string[]): Promise<boolean> {
  try {
    await owner.query(sql);
    return true;
  } catch (error) {
    if (!states.includes((error as { code?: string }).code ?? '')) throw error;
    return false;
  }
}

/** Two processes that alter one role at once: the loser gets "tuple concurrently updated" and may try again. */
async function again(step: () => Promise<void>, tries = 5): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (tries === 1 || (error as { code?: string }).code !== 'XX000') throw error;
    await new Promise(resolve => setTimeout(resolve, 50 + Math.random() * 200));
    await again(step, tries - 1);
  }
}
