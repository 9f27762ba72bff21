import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { TenantKeys } from '../../tenancy';
import { CitizenAccounts } from './citizen-accounts.store';
import { hashOfCode } from './sign-in-code-rules';
import { type SignInCodeRow, SignInCodesStore } from './sign-in-codes.store';
import { StartSignIn } from '../sign-ins/start-sign-in';
import type { IssuedToken } from '../tokens/tokens';

export interface ConfirmSignInCodeInput {
  requestId: string;
  code: string;
}

/** A citizen proves a phone by the code it was sent, and acts for her own people from then on. */
@Injectable()
export class ConfirmSignInCode {
  constructor(
    private readonly database: Database,
    private readonly store: SignInCodesStore,
    private readonly accounts: CitizenAccounts,
    private readonly keys: TenantKeys,
    private readonly start: StartSignIn,
  ) {}

  /** Throws UNAUTHENTICATED alike for a wrong, used, expired or unknown code and for a number with no guess left. */
  async run(ctx: Context, input: ConfirmSignInCodeInput): Promise<IssuedToken> {
    if (!isId(input.requestId)) throw new AppError('UNAUTHENTICATED');
    const token = await this.database.writeEvenIfSuspended(ctx, async work => {
      const row = await this.store.find(work, input.requestId);
      if (!row || !(await this.store.spendGuess(work, row, ctx.now()))) return null;
      return isRight(row, input.code, ctx.now()) ? this.accept(ctx, work, row) : null; // committed: the guess counts
    });
    if (!token) throw new AppError('UNAUTHENTICATED');
    return token;
  }

  private async accept(ctx: Context, work: UnitOfWork, row: SignInCodeRow): Promise<IssuedToken | null> {
    if (!(await this.store.use(work, row.id, ctx.now()))) return null;
    const place = { table: 'sign_in_code', column: 'phone_sealed', row: row.id };
    const phone = await this.keys.open(ctx, place, row.phoneSealed);
    const id = await this.accounts.ofPhone(ctx, work, { e164: phone, index: row.phoneIndex });
    const grants = [{ role: 'citizen', reach: { kind: 'self' as const, id } }];
    return this.start.in(ctx, work, { kind: 'citizen', id, grants });
  }
}

function isRight(row: SignInCodeRow, code: string, now: Date): boolean {
  return row.expiresAt > now && timingSafeEqual(row.codeHash, hashOfCode(row.id, code));
}
