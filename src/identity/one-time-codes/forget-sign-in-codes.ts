import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { bitByBit, Rounds } from '../../tenancy';
import { SignInCodesStore } from './sign-in-codes.store';

/** Codes last five minutes and their tries are counted for fifteen; the rest of the day is for who asks what went wrong. */
const KEPT_MS = 86_400_000;

/** Forgets the one-time codes of yesterday, and with them to which numbers they were sent. */
@Injectable()
export class ForgetSignInCodes implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: SignInCodesStore,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.add({ seconds: 300, fault: 'codes could not be forgotten', run: ctx => this.run(ctx) });
  }

  /** One country's turn; how many codes went. */
  run(ctx: Context): Promise<number> {
    const before = new Date(ctx.now().getTime() - KEPT_MS);
    return bitByBit(most =>
      this.database.writeEvenIfSuspended(ctx, work => this.store.forget(work, before, most)),
    );
  }
}
