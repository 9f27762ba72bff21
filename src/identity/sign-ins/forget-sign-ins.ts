import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { bitByBit, Rounds } from '../../tenancy';
import { IssuersStore } from '../issuers/issuers.store';
import { PasskeysStore } from '../second-factor/passkeys/passkeys.store';
import { SignInsStore } from './sign-ins.store';

/**
 * How long it is kept where somebody was signed in, in days: long enough to see what an account was used for and to know
 * its devices again. That she signed in stays in the trail.
 */
const KEPT_DAYS = 180;

/** Forgets sign-ins of half a year ago, and what was begun to sign in and came to nothing. */
@Injectable()
export class ForgetSignIns implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: SignInsStore,
    private readonly issuers: IssuersStore,
    private readonly passkeys: PasskeysStore,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.add({ seconds: 600, fault: 'sign-ins could not be forgotten', run: ctx => this.run(ctx) });
  }

  /** One country's turn; how many sign-ins went. */
  async run(ctx: Context): Promise<number> {
    const before = new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000);
    const write = (forget: (work: UnitOfWork, most: number) => Promise<number>) =>
      bitByBit(most => this.database.writeEvenIfSuspended(ctx, work => forget(work, most)));
    await write((work, most) => this.passkeys.forgetChallenges(work, ctx.now(), most));
    await write((work, most) => this.issuers.forgetVisits(work, ctx.now(), most));
    return write((work, most) => this.store.forget(work, before, most));
  }
}
