import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-custom';
import type { Actor, Context } from '../../platform/context';
import { Tokens } from './tokens';

/** What a strategy is given: the bearer token and the tenant it must be for. */
export interface TokenRequest {
  token: string;
  ctx: Pick<Context, 'tenant' | 'now'>;
}

/** A platform operator: no tenant, no citizen's data. */
@Injectable()
export class OperatorStrategy extends PassportStrategy(Strategy, 'operator') {
  constructor(private readonly tokens: Tokens) {
    super();
  }
  validate(request: unknown): Promise<Actor> {
    const { ctx, token } = request as TokenRequest;
    return this.tokens.verify(ctx, 'operator', token);
  }
}

/** A ministry's signatory, known by the invitation she was sent; speaks for one future tenant. */
@Injectable()
export class SignatoryStrategy extends PassportStrategy(Strategy, 'signatory') {
  constructor(private readonly tokens: Tokens) {
    super();
  }
  validate(request: unknown): Promise<Actor> {
    const { ctx, token } = request as TokenRequest;
    return this.tokens.verify(ctx, 'signatory', token);
  }
}

/** A member of a tenant's staff, with roles and where they reach. */
@Injectable()
export class StaffStrategy extends PassportStrategy(Strategy, 'staff') {
  constructor(private readonly tokens: Tokens) {
    super();
  }
  validate(request: unknown): Promise<Actor> {
    const { ctx, token } = request as TokenRequest;
    return this.tokens.verify(ctx, 'staff', token);
  }
}

/** A citizen who proved a phone; acts for her own people. */
@Injectable()
export class CitizenStrategy extends PassportStrategy(Strategy, 'citizen') {
  constructor(private readonly tokens: Tokens) {
    super();
  }
  validate(request: unknown): Promise<Actor> {
    const { ctx, token } = request as TokenRequest;
    return this.tokens.verify(ctx, 'citizen', token);
  }
}

/** The program of a partner, which proved its key. */
@Injectable()
export class PartnerStrategy extends PassportStrategy(Strategy, 'partner') {
  constructor(private readonly tokens: Tokens) {
    super();
  }
  validate(request: unknown): Promise<Actor> {
    const { ctx, token } = request as TokenRequest;
    return this.tokens.verify(ctx, 'partner', token);
  }
}

/** A member of staff who has proved her password and not yet her second factor; holds no role. */
@Injectable()
export class StaffEntrantStrategy extends PassportStrategy(Strategy, 'staff-entrant') {
  constructor(private readonly tokens: Tokens) {
    super();
  }
  validate(request: unknown): Promise<Actor> {
    const { ctx, token } = request as TokenRequest;
    return this.tokens.verify(ctx, 'staff-entrant', token);
  }
}

/** An operator who has proved her password and not yet her second factor; holds no role. */
@Injectable()
export class OperatorEntrantStrategy extends PassportStrategy(Strategy, 'operator-entrant') {
  constructor(private readonly tokens: Tokens) {
    super();
  }
  validate(request: unknown): Promise<Actor> {
    const { ctx, token } = request as TokenRequest;
    return this.tokens.verify(ctx, 'operator-entrant', token);
  }
}
