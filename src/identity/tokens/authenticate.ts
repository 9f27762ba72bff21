import { Injectable } from '@nestjs/common';
import passport from 'passport';
import { type Actor, ANONYMOUS, type Context } from '../../platform/context';
import { AppError } from '../../platform/errors';
import { EndedSignIns } from '../sign-ins/ended-sign-ins';
import { ProofOfPossession, type ProvedRequest } from './proof-of-possession';
import type { TokenRequest } from './strategies';
import { claimedKind, Tokens } from './tokens';

const CREDENTIALS = /^(Bearer|DPoP) ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/;

/** What of a request says who sent it. */
export interface Credentials {
  authorization: string | undefined;
  proof: string | string[] | undefined;
  request: ProvedRequest;
}

/** Who calls, and the thumbprint of the key that the request proved to hold. */
export interface Authenticated {
  actor: Actor;
  key: string | null;
}

/**
 * Finds who calls from the Authorization header, through the passport strategy of the kind that the token names when this
 * process has not verified it before.
 * No header: anonymous. A header that does not verify, a token without the key that it is bound to, and one whose
 * sign-in has been ended: UNAUTHENTICATED, never anonymous.
 */
@Injectable()
export class Authenticate {
  constructor(
    private readonly ended: EndedSignIns,
    private readonly possession: ProofOfPossession,
    private readonly tokens: Tokens,
  ) {}

  async run(ctx: Pick<Context, 'tenant' | 'now'>, sent: Credentials): Promise<Authenticated> {
    const { authorization, proof, request } = sent;
    if (authorization === undefined) {
      const stranger = await this.possession.read(proof, request, ctx.now());
      return { actor: ANONYMOUS, key: stranger && this.possession.spend(stranger, false, ctx.now()) };
    }
    const [, scheme, token] = CREDENTIALS.exec(authorization) ?? [];
    const kind = token && claimedKind(token);
    if (!token || !kind) throw new AppError('UNAUTHENTICATED');
    const actor = this.tokens.known(ctx, kind, token) ?? (await throughPassport(kind, { token, ctx }));
    const bound = actor.signIn?.key ?? null;
    if ((scheme === 'DPoP') !== (bound !== null)) throw new AppError('UNAUTHENTICATED');
    const proved = await this.possession.read(proof, request, ctx.now(), token);
    if (bound !== null && bound !== proved?.key) throw new AppError('UNAUTHENTICATED');
    if (await this.ended.has(ctx, actor)) throw new AppError('UNAUTHENTICATED');
    return { actor, key: proved && this.possession.spend(proved, bound !== null, ctx.now()) };
  }
}

function throughPassport(strategy: string, request: TokenRequest): Promise<Actor> {
  return new Promise((resolve, reject) => {
    const decide = (error: unknown, actor: Actor | false | null): void =>
      actor ? resolve(actor) : reject(error instanceof Error ? error : new AppError('UNAUTHENTICATED'));
    passport.authenticate(strategy, { session: false }, decide)(request, {}, reject);
  });
}
