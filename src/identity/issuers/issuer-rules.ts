import { createHash, createHmac } from 'node:crypto';

/** How long somebody may be at her issuer, and how many who began at one network address may be there at one time. */
export const VISIT_RULES = { lastsSeconds: 600, windowSeconds: 900, perAddress: 60 };

/** How this service proves to an issuer who it is: by a key of its own (RFC 7523), or by a secret that both know. */
export type IssuerAuthentication = 'PRIVATE_KEY_JWT' | 'CLIENT_SECRET';

/** What somebody's program and the issuer must give back, each as hard to guess as the handle that they come from. */
export interface VisitSecrets {
  state: string;
  nonce: string;
  /** PKCE (RFC 7636). */
  verifier: string;
}

/** Derived with a key that only we have from the handle that only the calling program has: stored nowhere. */
export function secretsOf(key: Buffer, handle: string): VisitSecrets {
  const derive = (what: string): string =>
    createHmac('sha256', key).update(`${what}\0${handle}`).digest('base64url');
  return { state: derive('state'), nonce: derive('nonce'), verifier: derive('verifier') };
}

export const hashOfHandle = (handle: string): Buffer => createHash('sha256').update(handle).digest();

/** What an issuer says of how somebody proved who she is (OpenID Connect Core §2). */
export interface HowProved {
  acr?: unknown;
  amr?: unknown;
}

/** Whether that counts as a second factor: only by the words that the country has named for this issuer. */
export function isSecondFactor(
  said: HowProved,
  named: { secondFactorAcr: readonly string[]; secondFactorAmr: readonly string[] },
): boolean {
  const methods = Array.isArray(said.amr) ? said.amr : [];
  return (
    (typeof said.acr === 'string' && named.secondFactorAcr.includes(said.acr)) ||
    methods.some(method => typeof method === 'string' && named.secondFactorAmr.includes(method))
  );
}

/**
 * Where an issuer may send people back to: a page over TLS, or in a sandbox one on this machine. No fragment (RFC
 * 6749 §3.1.2).
 */
export function isRedirectUri(text: string, sandbox: boolean): boolean {
  if (!URL.canParse(text) || text.includes('#')) return false;
  const { protocol, hostname, username, password, search } = new URL(text);
  const here = sandbox && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const safe = protocol === 'https:' || (here && protocol === 'http:');
  return safe && username === '' && password === '' && search === '';
}

/** Whether the issuer's answer came to the place that is this issuer's alone; another's is another issuer's answer. */
export function cameBackTo(redirectUri: string, callback: string): boolean {
  if (!URL.canParse(callback)) return false;
  const [expected, actual] = [new URL(redirectUri), new URL(callback)];
  return expected.origin === actual.origin && expected.pathname === actual.pathname;
}
