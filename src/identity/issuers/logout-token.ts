import { decodeProtectedHeader, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { isCanonical } from '../tokens/tokens';

/** The one event that a logout token tells of (OpenID Connect Back-Channel Logout 1.0 §2.4). */
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Signatures that are taken: those with a public key, and none by a secret that both know. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** A logout token is made for one call: longest that it may hold from now on, in seconds. */
const LONGEST_LIFE = 300;
/** Difference of clocks between an issuer and us that is borne, in seconds. */
const CLOCKS = 30;
const LONGEST = 8_000;
const LONGEST_NAME = 255;

/** Whom an issuer signed out: by subject, by its name for the session, or by both; never by neither. */
export interface SignedOutThere {
  subject: string | null;
  session: string | null;
  /** To be taken once. */
  jti: string;
  expiresAt: Date;
}

/** What must be in a token before anybody is asked for the key that signed it. */
export interface ExpectedLogout {
  issuer: string;
  clientId: string;
  now: Date;
}

/**
 * Checks a logout token (§2.6, ASVS 5.0 10.5.5): of its own type, so that no ID token is one; of this issuer for this
 * client alone; with the event and without a nonce; for five minutes at the most. Throws for anything else. A token that
 * says already by its text that it is none costs no call to the issuer.
 */
export async function checkLogoutToken(
  token: string,
  expected: ExpectedLogout,
  keyOf: () => Promise<JWTVerifyGetKey>,
): Promise<SignedOutThere> {
  if (token.length > LONGEST || token.split('.').length !== 3 || !isCanonical(token))
    throw new Error('not as it was signed');
  if (decodeProtectedHeader(token).typ !== 'logout+jwt') throw new Error('of another type');
  if (claimedIssuer(token) !== expected.issuer) throw new Error('of another issuer');
  const { payload } = await jwtVerify(token, await keyOf(), {
    algorithms: ALGORITHMS,
    typ: 'logout+jwt',
    issuer: expected.issuer,
    audience: expected.clientId,
    currentDate: expected.now,
    clockTolerance: CLOCKS,
    requiredClaims: ['iat', 'exp', 'jti', 'events'],
  });
  if ([payload.aud].flat().length !== 1) throw new Error('for others too');
  if (payload.exp! - expected.now.getTime() / 1000 > LONGEST_LIFE) throw new Error('for too long');
  if ('nonce' in payload) throw new Error('with a nonce, as an ID token');
  if (!isObject(payload.events) || !isObject(payload.events[EVENT])) throw new Error('of another event');
  const [subject, session, jti] = [nameIn(payload.sub), nameIn(payload.sid), nameIn(payload.jti)];
  if (jti === null || (subject === null && session === null)) throw new Error('of nobody');
  return { subject, session, jti, expiresAt: new Date((payload.exp! + CLOCKS) * 1000) };
}

function claimedIssuer(token: string): unknown {
  const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  return isObject(payload) ? payload.iss : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Null when it is absent; throws for what is no name. */
function nameIn(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_NAME || value.includes('\0'))
    throw new Error('a name that is none');
  return value;
}
