import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { AppError } from '../platform/errors';
import { hashOfToken, TenancyStore } from '../tenancy';
import { type IssuedToken, Tokens } from './tokens';

/** A signatory opens the invitation she was sent, and from then on speaks for her ministry. */
@Injectable()
export class OpenInvitation {
  constructor(
    private readonly database: Database,
    private readonly tenancy: TenancyStore,
    private readonly tokens: Tokens,
  ) {}

  /** Throws UNAUTHENTICATED for an unknown or expired token alike. */
  async run(ctx: Context, input: { token: string }): Promise<IssuedToken> {
    const code = await this.database.readPlatform(work =>
      this.tenancy.tenantInvitedBy(work, hashOfToken(input.token), ctx.now()),
    );
    if (!code) throw new AppError('UNAUTHENTICATED');
    const grants = [{ role: 'signatory', reach: { kind: 'self' as const, id: code } }];
    return this.tokens.issue(ctx, { kind: 'signatory', id: code, grants });
  }
}
