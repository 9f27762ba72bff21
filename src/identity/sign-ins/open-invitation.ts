import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { hashOfToken, TenancyStore } from '../../tenancy';
import type { IssuedToken } from '../tokens/tokens';
import { StartSignIn } from './start-sign-in';

/** A signatory opens the invitation she was sent, and from then on speaks for her ministry. */
@Injectable()
export class OpenInvitation {
  constructor(
    private readonly database: Database,
    private readonly tenancy: TenancyStore,
    private readonly start: StartSignIn,
  ) {}

  /** Throws UNAUTHENTICATED for an unknown or expired token alike. */
  async run(ctx: Context, input: { token: string }): Promise<IssuedToken> {
    const code = await this.database.readPlatform(work =>
      this.tenancy.tenantInvitedBy(work, hashOfToken(input.token), ctx.now()),
    );
    if (!code) throw new AppError('UNAUTHENTICATED');
    const grants = [{ role: 'signatory', reach: { kind: 'self' as const, id: code } }];
    return this.database.writePlatform(work =>
      this.start.in(ctx, work, { kind: 'signatory', id: code, grants }),
    );
  }
}
