import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { bitByBit, Rounds } from '../../tenancy';
import { Planes } from '../planes';
import { IssuersStore } from '../issuers/issuers.store';
import { PasskeysStore } from '../second-factor/passkeys/passkeys.store';
import { SignInsStore } from './sign-ins.store';

/**
 * How long it is kept where somebody was signed in, in days: long enough to see what an account was used for and to know
 * its devices again. That she signed in stays in the trail.
 */
const KEPT_DAYS = 180;
/** Clocks of two processes may be this far apart, in milliseconds: so long a logout token is remembered after its end. */
const CLOCKS_MS = 60_000;

/** Forgets sign-ins of half a year ago, and what was begun to sign in and came to nothing. */
@Injectable()
export class ForgetSignIns implements OnApplicationBootstrap {
  constructor(
    private readonly planes: Planes,
    private readonly store: SignInsStore,
    private readonly issuers: IssuersStore,
    private readonly passkeys: PasskeysStore,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'sign-ins could not be forgotten';
    this.rounds.add({ seconds: 600, fault, platformToo: true, run: ctx => this.run(ctx) });
  }

  /** The turn of a country, or of the platform plane, whose people come through no issuer; how many sign-ins went. */
  async run(ctx: Context): Promise<number> {
    const before = new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000);
    const write: Writing = forget =>
      bitByBit(most => this.planes.write(ctx, ctx.tenant ? 'staff' : 'operator', work => forget(work, most)));
    await write((work, most) => this.passkeys.forgetChallenges(work, ctx.now(), most));
    if (ctx.tenant) await this.ofIssuers(ctx, write); // operators come by none
    return write((work, most) => this.store.forget(work, before, most));
  }

  private async ofIssuers(ctx: Context, write: Writing): Promise<void> {
    const taken = new Date(ctx.now().getTime() - CLOCKS_MS);
    await write((work, most) => this.issuers.forgetVisits(work, ctx.now(), most));
    await write((work, most) => this.issuers.forgetLogouts(work, taken, most));
  }
}

/** Has something forgotten bit by bit, each in a unit of work of its own; how many went. */
type Writing = (forget: (work: UnitOfWork, most: number) => Promise<number>) => Promise<number>;
