import { join } from 'node:path';
import { PROJECT_ROOT } from './root';

/** Which part of the service this process is. `all` is both, as `npm start` runs it. */
export type Role = 'api' | 'worker' | 'all';

/** Everything the process is told from outside, read once at start. */
export interface Config {
  role: Role;
  host: string;
  port: number;
  /** Where `/health` is answered, and nothing else; null: where everything is. */
  healthPort: number | null;
  /** Where people reach the service, e.g. for links in messages. No trailing slash. */
  publicUrl: string;
  /** The login that may create schemas and logins; absent in an `api` process. */
  ownerUrl: string | null;
  /** Server and database of the platform plane, for a process without `ownerUrl`. Its login is derived, not given here. */
  platformUrl: string | null;
  /** A physical replica of the platform's server: its host and port. The database is the one of the same name. */
  replicaUrl: string | null;
  /** 32 bytes from which every derived secret and the local keyring come. */
  masterKey: Buffer;
  /** While the master key is being changed the other one, the next or the former: it opens and closes nothing. */
  secondMasterKey: Buffer | null;
  /** Sandbox: messages can be read in an outbox page, the explorer and introspection are open to all. */
  sandbox: boolean;
  sandboxPassword: string | null;
  /** Where messages to people are handed over outside the sandbox: the installation's own gateway, over HTTPS. */
  messageGatewayUrl: string | null;
  /** Addresses that others give us may be on this machine, and without TLS: for trying webhooks in a sandbox. */
  outboundLoopback: boolean;
  /** Where the lists of erased people are kept, outside the database and its backups; null: nowhere. */
  erasureListFolder: string | null;
  /** Where what a ministry gets when it leaves is written; null: nowhere, and no country can be ended. */
  exportFolder: string | null;
  /** A service of breached passwords in the form of the range API of Have I Been Pwned; null: none is asked. */
  breachedPasswordsUrl: string | null;
  /** First part of every database login's name, so that two installations can share a server. */
  loginPrefix: string;
  logLevel: string;
  /** Origins whose pages may call the API for a country, by its code. */
  origins: ReadonlyMap<string, readonly string[]>;
  /** Folders of the documents that callers who have not signed in may send; null: any document. */
  anonymousDocuments: string[] | null;
  /** Folder into which heads of the sealed audit are written, kept by another system; null: nowhere. */
  auditHeadsFolder: string | null;
  /** How many reverse proxies in front of us may name the caller's address (X-Forwarded-For). */
  trustedProxies: number;
  /** Countries whose service others may try out by the VC-API, with keys that nobody believes; none as a rule. */
  vcApiTenants: readonly string[];
}

/** The environment could not be understood; `faults` names every variable and what it should be. */
export class ConfigInvalid extends Error {
  constructor(readonly faults: string[]) {
    super(`The configuration is not usable:\n  ${faults.join('\n  ')}`);
  }
}

/** Reads the configuration. Reports every fault at once. Throws {@link ConfigInvalid}. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = [];
  const role = (env.TIKASETU_ROLE ?? 'all') as Role;
  if (!['api', 'worker', 'all'].includes(role)) faults.push('TIKASETU_ROLE must be api, worker or all');
  const ownerUrl = databaseUrl('DATABASE_URL', env, faults);
  const platformUrl = databaseUrl('PLATFORM_DATABASE_URL', env, faults);
  const replicaUrl = databaseUrl('REPLICA_DATABASE_URL', env, faults);
  if (!ownerUrl && role !== 'api')
    faults.push('DATABASE_URL is needed: the login that may create schemas and logins');
  if (!ownerUrl && !platformUrl) faults.push('DATABASE_URL or PLATFORM_DATABASE_URL is needed');
  const masterKey = keyOf('TIKASETU_MASTER_KEY', env, faults);
  const secondMasterKey = env.TIKASETU_MASTER_KEY_SECOND
    ? keyOf('TIKASETU_MASTER_KEY_SECOND', env, faults)
    : null;
  if (secondMasterKey?.equals(masterKey))
    faults.push('TIKASETU_MASTER_KEY_SECOND must be another key than TIKASETU_MASTER_KEY');
  const port = whole('PORT', env.PORT ?? '4000', faults);
  const healthPort = env.TIKASETU_HEALTH_PORT
    ? whole('TIKASETU_HEALTH_PORT', env.TIKASETU_HEALTH_PORT, faults)
    : null;
  const loginPrefix = env.TIKASETU_LOGIN_PREFIX ?? 'tikasetu';
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(loginPrefix))
    faults.push('TIKASETU_LOGIN_PREFIX must be lower-case letters, digits and _');
  const trustedProxies = whole('TIKASETU_TRUSTED_PROXIES', env.TIKASETU_TRUSTED_PROXIES ?? '0', faults);
  const messageGatewayUrl = env.TIKASETU_MESSAGE_GATEWAY_URL ?? null;
  if (messageGatewayUrl ? !isHttps(messageGatewayUrl) : env.TIKASETU_SANDBOX !== 'true')
    faults.push('TIKASETU_MESSAGE_GATEWAY_URL must be the https:// address that takes messages to people');
  const breachedPasswordsUrl = env.TIKASETU_BREACHED_PASSWORDS_URL || null;
  if (breachedPasswordsUrl && !(isHttps(breachedPasswordsUrl) && breachedPasswordsUrl.endsWith('/')))
    faults.push('TIKASETU_BREACHED_PASSWORDS_URL must be an https:// address that ends with /');
  const outboundLoopback = env.TIKASETU_OUTBOUND_LOOPBACK === 'true';
  if (outboundLoopback && env.TIKASETU_SANDBOX !== 'true')
    faults.push('TIKASETU_OUTBOUND_LOOPBACK is for a sandbox only (TIKASETU_SANDBOX=true)');
  const origins = originsOf(env.TIKASETU_ORIGINS ?? '', faults);
  if (faults.length > 0) throw new ConfigInvalid(faults);
  return {
    role,
    host: env.HOST ?? '127.0.0.1',
    port,
    healthPort,
    publicUrl: (env.TIKASETU_PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    ownerUrl,
    platformUrl,
    replicaUrl,
    masterKey,
    secondMasterKey,
    sandbox: env.TIKASETU_SANDBOX === 'true',
    sandboxPassword: env.TIKASETU_SANDBOX_PASSWORD ?? null,
    messageGatewayUrl,
    outboundLoopback,
    breachedPasswordsUrl,
    erasureListFolder: env.TIKASETU_ERASURE_LIST_DIR ?? null,
    exportFolder: env.TIKASETU_EXPORT_DIR || null,
    loginPrefix,
    logLevel: env.LOG_LEVEL ?? (env.TIKASETU_SANDBOX === 'true' ? 'warn' : 'info'),
    origins,
    anonymousDocuments: anonymousDocuments(env),
    auditHeadsFolder: env.TIKASETU_AUDIT_HEADS_DIR || null,
    trustedProxies,
    vcApiTenants: (env.TIKASETU_VC_API ?? '').split(',').filter(Boolean),
  };
}

/** `<code>=<origin>` for each, separated by spaces. An origin is written as browsers write it, and is https. */
function originsOf(text: string, faults: string[]): Map<string, string[]> {
  const origins = new Map<string, string[]>();
  for (const pair of text.split(/\s+/).filter(Boolean)) {
    const [, code, origin] = /^([a-z][a-z0-9]*)=(.+)$/.exec(pair) ?? [];
    if (!code || !origin || !isHttps(origin) || new URL(origin).origin !== origin)
      faults.push('TIKASETU_ORIGINS must be <code>=https://<host> for each, separated by spaces');
    else origins.set(code, [...(origins.get(code) ?? []), origin]);
  }
  return origins;
}

/** The documents that the service itself publishes, and those of the installation; in a sandbox whatever anybody tries. */
function anonymousDocuments(env: NodeJS.ProcessEnv): string[] | null {
  const own = env.TIKASETU_ANONYMOUS_DOCUMENTS || (env.TIKASETU_SANDBOX === 'true' ? 'any' : '');
  if (own === 'any') return null;
  return [join(PROJECT_ROOT, 'examples'), ...(own ? [own] : [])];
}

function keyOf(name: string, env: NodeJS.ProcessEnv, faults: string[]): Buffer {
  const key = Buffer.from(env[name] ?? '', 'base64');
  if (key.length !== 32) faults.push(`${name} must be 32 bytes in base64 (openssl rand -base64 32)`);
  return key;
}

const isHttps = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:';

function databaseUrl(name: string, env: NodeJS.ProcessEnv, faults: string[]): string | null {
  const text = env[name];
  if (!text) return null;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  faults.push(`${name} must be a postgresql:// URL`);
  return null;
}

function whole(name: string, text: string, faults: string[]): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65535) faults.push(`${name} must be a whole number`);
  return value;
}
