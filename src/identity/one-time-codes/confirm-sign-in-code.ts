import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { type BlindIndex, TenantKeys } from '../../tenancy';
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
      if (!row) return null;
      const phone = await this.phoneOf(ctx, row);
      if (!(await this.store.spendGuess(work, row, phone.index, ctx.now()))) return null;
      return isRight(row, input.code, ctx.now()) ? this.accept(ctx, work, row, phone) : null; // committed: the guess counts
    });
    if (!token) throw new AppError('UNAUTHENTICATED');
    return token;
  }

  private async accept(
    ctx: Context,
    work: UnitOfWork,
    row: SignInCodeRow,
    phone: ProvedPhone,
  ): Promise<IssuedToken | null> {
    if (!(await this.store.use(work, row.id, ctx.now()))) return null;
    const id = await this.accounts.ofPhone(ctx, work, phone);
    const grants = [{ role: 'citizen', reach: { kind: 'self' as const, id } }];
    return this.start.in(ctx, work, { kind: 'citizen', id, grants });
  }

  /** The number is read again: codes sent to it are counted whatever key its index was made with. */
  private async phoneOf(ctx: Context, row: SignInCodeRow): Promise<ProvedPhone> {
    const place = { table: 'sign_in_code', column: 'phone_sealed', row: row.id };
    const e164 = await this.keys.open(ctx, place, row.phoneSealed);
    return { e164, index: await this.accounts.indexOf(ctx, e164) };
  }
}

interface ProvedPhone {
  e164: string;
  index: BlindIndex;
}

function isRight(row: SignInCodeRow, code: string, now: Date): boolean {
  return row.expiresAt > now && timingSafeEqual(row.codeHash, hashOfCode(row.id, code));
}
