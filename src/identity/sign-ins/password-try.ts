import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { isPassword } from '../accounts/passwords';
import { Planes } from '../planes';
import { Failures, networkName } from './failures';
import { type AccountKey, SignInsStore } from './sign-ins.store';
import { Tries } from './tries';

/** An account's id that nobody has. */
const NOBODY = '';

export interface SignInInput {
  email: string;
  password: string;
}

/**
 * Passwords that may fail from one network in a quarter of an hour, whomever they are tried for: some hundred people
 * work behind one.
 */
const FAILED_FROM_NETWORK = 300;

/** Who signs in by a password, and how her account is found. */
export interface Door<Account extends { id: string; passwordHash: string | null }> {
  kind: 'staff' | 'operator';
  /** The account that may sign in by this address (lower case); null when there is none. */
  find: (work: UnitOfWork, email: string) => Promise<Account | null>;
}

/**
 * One try of a password, the same at every door. Nobody learns whether an account exists: a name that none has is
 * counted, locked and hashed for like any other. No connection is held while the password is hashed. A device that
 * proved a key with which the account was signed in before has tries of its own: whoever locks an address for everybody
 * does not lock out its owner (OWASP, device cookies).
 */
@Injectable()
export class PasswordTry {
  constructor(
    private readonly planes: Planes,
    private readonly tries: Tries,
    private readonly failures: Failures,
    private readonly signIns: SignInsStore,
  ) {}

  /**
   * What `enter` makes of the account, in the transaction that also clears the tries. Throws UNAUTHENTICATED for every
   * fault alike, RATE_LIMITED while the name is locked or the network has failed too often.
   */
  async run<Account extends { id: string; passwordHash: string | null }, T>(
    ctx: Context,
    input: SignInInput,
    { kind, find }: Door<Account>,
    enter: (work: UnitOfWork, account: Account) => Promise<T>,
  ): Promise<T> {
    const email = input.email.trim().toLowerCase();
    const limits = [{ name: `passwords from ${networkName(ctx)}`, most: FAILED_FROM_NETWORK }];
    const { account, name } = await this.planes.write(ctx, kind, async work => {
      await this.failures.mustBeFew(ctx, work, kind, limits);
      const found = await find(work, email);
      const counted = await this.nameOf(ctx, work, email, { kind, id: found?.id ?? NOBODY });
      await this.tries.spend(ctx, work, kind, counted);
      return { account: found, name: counted };
    });
    const right = await isPassword(input.password, account?.passwordHash ?? null);
    if (!account || !right) {
      await this.planes.write(ctx, kind, work => this.failures.count(ctx, work, kind, limits));
      throw new AppError('UNAUTHENTICATED');
    }
    return this.planes.write(ctx, kind, async work => {
      const now = await find(work, email); // she may have been suspended, or changed her password, meanwhile
      if (now?.passwordHash !== account.passwordHash) throw new AppError('UNAUTHENTICATED');
      await this.tries.forgive(ctx, work, kind, name);
      return enter(work, now);
    });
  }

  /** By which the try is counted. A key is looked up for an address that nobody has too. */
  private async nameOf(ctx: Context, work: UnitOfWork, email: string, account: AccountKey): Promise<string> {
    const key = ctx.device?.key;
    return key && (await this.signIns.isKnownKey(work, account, key)) ? `${email}\0${key}` : email;
  }
}
