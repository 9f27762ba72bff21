import { Injectable } from '@nestjs/common';
import passport from 'passport';
import { type Actor, ANONYMOUS, type Context } from '../platform/context';
import { AppError } from '../platform/errors';
import type { TokenRequest } from './strategies';
import { claimedKind } from './tokens';

const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/;

/**
 * Finds who calls from the Authorization header, through the passport strategy of the kind that the token names.
 * No header: anonymous. A header that does not verify: UNAUTHENTICATED, never anonymous.
 */
@Injectable()
export class Authenticate {
  async run(ctx: Pick<Context, 'tenant' | 'now'>, authorization: string | undefined): Promise<Actor> {
    if (authorization === undefined) return ANONYMOUS;
    const token = BEARER.exec(authorization)?.[1];
    const kind = token && claimedKind(token);
    if (!token || !kind) throw new AppError('UNAUTHENTICATED');
    return throughPassport(kind, { token, ctx });
  }
}

function throughPassport(strategy: string, request: TokenRequest): Promise<Actor> {
  return new Promise((resolve, reject) => {
    const decide = (error: unknown, actor: Actor | false | null): void =>
      actor ? resolve(actor) : reject(error instanceof Error ? error : new AppError('UNAUTHENTICATED'));
    passport.authenticate(strategy, { session: false }, decide)(request, {}, reject);
  });
}
