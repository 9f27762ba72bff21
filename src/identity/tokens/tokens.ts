import { createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTVerifyOptions, type JWTVerifyResult, SignJWT } from 'jose';
import type { Actor, ActorKind, Context, Grant } from '../../platform/context';
import { AppError } from '../../platform/errors';
import { KeyManagement } from '../../platform/keys';
import { isOfPlatform } from '../planes';

/** The kinds of actor that hold tokens; each has its own passport strategy. */
export type TokenKind = Exclude<ActorKind, 'anonymous' | 'system'>;

/** How long a token of each kind lasts, in seconds. Short: what it grants is written in it. */
const LIFETIME: Record<TokenKind, number> = {
  operator: 1800,
  signatory: 3600,
  staff: 1800,
  citizen: 1800,
  partner: 300,
  'staff-entrant': 600,
  'operator-entrant': 600,
};

/** After so many seconds no token is good any more that was issued before, of whatever kind. */
export const LONGEST_TOKEN_SECONDS = Math.max(...Object.values(LIFETIME));

/** Every kind that holds tokens. */
export const TOKEN_KINDS = Object.keys(LIFETIME) as TokenKind[];

/** Verified tokens remembered by a process; the oldest is forgotten for a new one. */
const REMEMBERED = 10_000;

const ISSUER = 'tikasetu';
const PLATFORM_AUDIENCE = 'platform';

/** A signed-in actor's token and the instant it ends; `signInId` is its jti. */
export interface IssuedToken {
  token: string;
  expiresAt: Date;
  signInId: string;
}

/** Somebody who can hold a token. */
export type TokenHolder = Actor & { kind: TokenKind; id: string };

const headerOf = (kind: TokenKind) => ({ alg: 'HS256', typ: 'at+jwt', kid: kind });

/**
 * The one header that our tokens of each kind have, byte by byte: whatever else a header may say (`jku`, `x5u`, `jwk`,
 * `crit`, another `alg`, a member twice) is never read.
 */
const HEADERS = Object.fromEntries(
  TOKEN_KINDS.map(kind => [kind, `${Buffer.from(JSON.stringify(headerOf(kind))).toString('base64url')}.`]),
) as Record<TokenKind, string>;

/**
 * Access tokens: JWT (RFC 7519) signed HS256 with a key of the audience's own, derived from the master key. The
 * audience is a tenant or the platform, so a token of one country does not verify in another whatever it claims.
 */
@Injectable()
export class Tokens {
  private readonly secrets = new Map<string, KeyObject[]>();
  private readonly verified = new Map<string, { actor: Actor; until: number }>();

  constructor(private readonly keys: KeyManagement) {}

  /** Bound to the key that the request proved to hold (`cnf`, RFC 9449 section 6.1), if it did. */
  async issue(ctx: Context, actor: TokenHolder): Promise<IssuedToken> {
    const signInId = ctx.newId();
    const key = ctx.device?.key;
    const audience = audienceOf(ctx, actor.kind);
    const expiresAt = new Date(ctx.now().getTime() + LIFETIME[actor.kind] * 1000);
    const token = await new SignJWT({ grants: actor.grants, ...(key ? { cnf: { jkt: key } } : {}) })
      .setProtectedHeader(headerOf(actor.kind))
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setSubject(actor.id)
      .setJti(signInId)
      .setIssuedAt(ctx.now())
      .setExpirationTime(expiresAt)
      .sign(this.secretsOf(audience, actor.kind)[0]!);
    return { token, expiresAt, signInId };
  }

  /**
   * The actor of a token of this kind, for this tenant or the platform. Throws UNAUTHENTICATED for every fault alike.
   * A token's signature is checked once in a process, and its end with every request: it is sent with each of them, and
   * checking it costs more than many of them do.
   */
  async verify(ctx: Pick<Context, 'tenant' | 'now'>, kind: TokenKind, token: string): Promise<Actor> {
    const known = this.known(ctx, kind, token);
    if (known) return known;
    const audience = audienceOf(ctx, kind);
    const found = await this.check(ctx, audience, kind, token);
    this.remember(keyOf(audience, kind, token), found);
    return found.actor;
  }

  /** As {@link verify}, of a token that this process has verified and that has not ended since; else null. */
  known(ctx: Pick<Context, 'tenant' | 'now'>, kind: TokenKind, token: string): Actor | null {
    const known = this.verified.get(keyOf(audienceOf(ctx, kind), kind, token));
    return known && ctx.now().getTime() < known.until ? known.actor : null;
  }

  private remember(key: string, found: { actor: Actor; until: number }): void {
    this.verified.delete(key);
    if (this.verified.size >= REMEMBERED) this.verified.delete(this.verified.keys().next().value!);
    this.verified.set(key, found);
  }

  private async check(
    ctx: Pick<Context, 'now'>,
    audience: string,
    kind: TokenKind,
    token: string,
  ): Promise<{ actor: Actor; until: number }> {
    try {
      if (!token.startsWith(HEADERS[kind]) || !isCanonical(token)) throw new Error('not as we sign');
      const { payload } = await verifiedByAny(token, this.secretsOf(audience, kind), {
        algorithms: ['HS256'],
        typ: 'at+jwt',
        issuer: ISSUER,
        audience,
        currentDate: ctx.now(),
        requiredClaims: ['sub', 'exp', 'jti', 'grants'],
      });
      const key = (payload.cnf as { jkt: string } | undefined)?.jkt ?? null;
      const actor: Actor = {
        kind,
        id: payload.sub!,
        grants: payload.grants as Grant[],
        signIn: { id: payload.jti!, key },
      };
      return { actor, until: payload.exp! * 1000 };
    } catch {
      throw new AppError('UNAUTHENTICATED');
    }
  }

  /** The first one signs. A token of the former master key is good to its end for as long as that key is held. */
  private secretsOf(audience: string, kind: TokenKind): KeyObject[] {
    const name = `${audience}/${kind}`;
    const secrets =
      this.secrets.get(name) ??
      this.keys.derivations(`access-token:${name}`).map(secret => createSecretKey(secret));
    this.secrets.set(name, secrets);
    return secrets;
  }
}

/** Throws as `jwtVerify` does; another secret is tried for a signature that does not fit, and for nothing else. */
async function verifiedByAny(
  token: string,
  [secret, ...others]: readonly KeyObject[],
  as: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(token, secret!, as);
  } catch (error) {
    if (others.length === 0 || !(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    return verifiedByAny(token, others, as);
  }
}

/** Whether each part is the one base64url that its bytes have: no padding, no spaces, no bits that mean nothing. */
export const isCanonical = (token: string): boolean =>
  token.split('.').every(part => Buffer.from(part, 'base64url').toString('base64url') === part);

/** The kind that a token says it is: only to choose the strategy that then verifies it. Null when it says none. */
export function claimedKind(token: string): TokenKind | null {
  return (Object.keys(HEADERS) as TokenKind[]).find(kind => token.startsWith(HEADERS[kind])) ?? null;
}

const keyOf = (audience: string, kind: TokenKind, token: string): string => `${audience}/${kind} ${token}`;

function audienceOf(ctx: Pick<Context, 'tenant'>, kind: TokenKind): string {
  if (isOfPlatform(kind)) return PLATFORM_AUDIENCE;
  if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
  return `tenant:${ctx.tenant.code}`;
}
