import { Injectable, type Type } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-custom';
import type { Actor, Context } from '../../platform/context';
import { TOKEN_KINDS, type TokenKind, Tokens } from './tokens';

/** What a strategy is given: the bearer token and the tenant it must be for. */
export interface TokenRequest {
  token: string;
  ctx: Pick<Context, 'tenant' | 'now'>;
}

/** One strategy for each kind of actor, so that a token of one kind never passes as another's. */
export const STRATEGIES = TOKEN_KINDS.map(strategyFor);

function strategyFor(kind: TokenKind): Type {
  @Injectable()
  class KindStrategy extends PassportStrategy(Strategy, kind) {
    constructor(private readonly tokens: Tokens) {
      super();
    }
    validate(request: unknown): Promise<Actor> {
      const { ctx, token } = request as TokenRequest;
      return this.tokens.verify(ctx, kind, token);
    }
  }
  return KindStrategy;
}
