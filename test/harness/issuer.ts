import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { newId } from '../../src/common';
import { PROJECT_ROOT } from '../../src/platform/config';

/** Who signs in at an issuer, and what it says of how she proved who she is. */
export interface Somebody {
  sub: string;
  acr?: string;
  amr?: string[];
}

/** A ministry's own issuer: oidc-provider in a process of its own. */
export interface Issuer {
  url: string;
  /** Registers a client there, as the ministry's administrator would. */
  register: (client: Record<string, unknown>) => Promise<void>;
  /** Who signs in there from now on. */
  is: (who: Somebody) => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts one; the caller stops it. */
export async function startIssuer(): Promise<Issuer> {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'test/harness/issuer-process.mjs')], {
    cwd: PROJECT_ROOT,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const gone = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [url] = (await Promise.race([once(lines, 'line'), gone.then(([code]) => [`exit ${code}`])])) as [
    string,
  ];
  if (!url.startsWith('http')) throw new Error(`The issuer did not start: ${url}`);
  const control = async (what: object): Promise<void> => {
    const answer = await fetch(`${url}/control`, { method: 'POST', body: JSON.stringify(what) });
    if (!answer.ok) throw new Error(`The issuer answered ${answer.status}`);
  };
  return {
    url,
    register: client => control({ client }),
    is: who => control({ who }),
    stop: async () => {
      child.stdin.end(); // it goes when its input does, so none outlives a test that was killed
      await gone;
    },
  };
}

/** The cookies of one browser. */
export type Cookies = Map<string, string>;

const headerOf = (jar: Cookies): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
function keepCookies(jar: Cookies, answer: Response): void {
  for (const set of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
    jar.set(name!, value!);
  }
}

/**
 * Goes where a browser would, with its cookies, until it would leave this machine's issuers for `home`; the address that
 * it was sent to at last. Throws when somebody answers with a page instead.
 */
export async function follow(address: string, home: string, jar: Cookies = new Map()): Promise<string> {
  let at = new URL(address);
  for (let hop = 0; hop < 12 && !at.href.startsWith(home); hop++) {
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie: headerOf(jar) } });
    keepCookies(jar, answer);
    const next = answer.headers.get('location');
    if (!next)
      throw new Error(`${at.pathname} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    at = new URL(next, at);
  }
  return at.href;
}

/** Signs out at an issuer as a browser would, by its page; it has told its clients when this resolves. */
export async function signOutThere(issuer: string, jar: Cookies): Promise<void> {
  const page = await fetch(`${issuer}/session/end`, { headers: { cookie: headerOf(jar) } });
  keepCookies(jar, page);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await page.text())![1]!;
  const confirmed = await fetch(`${issuer}/session/end/confirm`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: headerOf(jar) },
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
  });
  if (confirmed.status !== 303) throw new Error(`The issuer answered ${confirmed.status}`);
}

/** An issuer just real enough for a country to be lived in: whoever comes is `subject`. It holds no process open. */
export async function littleIssuer(subject: string): Promise<{
  url: string;
  answerTo: (address: string) => string;
  sign: (claims: object, header?: object, key?: CryptoKey) => Promise<string>;
  logout: (client: string, subject: string, change?: object) => Promise<string>;
}> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'little', alg: 'RS256', use: 'sig' };
  const server = createServer();
  server.unref().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = (code: string): Promise<string> => {
    const { nonce, client } = JSON.parse(Buffer.from(code, 'base64url').toString()) as Record<string, string>;
    return new SignJWT({ nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'little' })
      .setIssuer(url)
      .setSubject(subject)
      .setAudience(client!)
      .setIssuedAt()
      .setExpirationTime('1 minute')
      .sign(privateKey);
  };
  const pages: Record<string, (body: string) => Promise<object>> = {
    '/.well-known/openid-configuration': async () => ({
      issuer: url,
      authorization_endpoint: `${url}/auth`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    }),
    '/keys': async () => ({ keys: [key] }),
    '/token': async body => ({
      access_token: 'of no use',
      token_type: 'Bearer',
      id_token: await token(new URLSearchParams(body).get('code')!),
    }),
  };
  server.on('request', (request, response) => {
    void text(request)
      .then(body => pages[request.url!]!(body))
      .then(answer =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
      )
      .catch(() => response.writeHead(500).end());
  });
  /** Where it would send back a browser that was sent to `address`. */
  const answerTo = (address: string): string => {
    const asked = new URL(address).searchParams;
    const code = { nonce: asked.get('nonce'), client: asked.get('client_id') };
    const back = new URL(asked.get('redirect_uri')!);
    back.searchParams.set('code', Buffer.from(JSON.stringify(code)).toString('base64url'));
    back.searchParams.set('state', asked.get('state')!);
    return back.href;
  };
  /** Anything, signed by its key or by another. */
  const sign = (claims: object, header: object = {}, by: CryptoKey = privateKey): Promise<string> =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'little', ...header }).sign(by);
  /** A logout token for a client (OpenID Connect Back-Channel Logout 1.0); `change` makes it another, or none. */
  const logout = (client: string, subject: string, change: object = {}): Promise<string> => {
    const at = Math.floor(Date.now() / 1000);
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const claims = { iss: url, aud: client, sub: subject, iat: at, exp: at + 120, jti: newId(), events };
    return sign({ ...claims, ...change }, { typ: 'logout+jwt' });
  };
  return { url, answerTo, sign, logout };
}
