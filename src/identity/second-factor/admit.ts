import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Holders } from '../accounts/holders';
import type { CameByIssuer } from '../sign-ins/sign-in-rules';
import { StartSignIn } from '../sign-ins/start-sign-in';
import type { IssuedToken } from '../tokens/tokens';
import { entrantOf, nextStep, rolesThatNeedOne, type SignInStep } from './second-factor-rules';
import { SecondFactorsStore } from './second-factors.store';

/** A token, and what is still to be done before it carries roles. */
export type Admitted = IssuedToken & { next: SignInStep };

/**
 * Lets in whoever has proved her password: at once, or as an entrant who has a second factor to prove or to set up. An
 * entrant's token opens nothing else.
 */
@Injectable()
export class Admit {
  constructor(
    private readonly holders: Holders,
    private readonly factors: SecondFactorsStore,
    private readonly start: StartSignIn,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * `elsewhere`: the issuer that she came by, and whether she has proved a second factor there. Throws UNAUTHENTICATED
   * when the account may not sign in.
   */
  async in(
    ctx: Context,
    work: UnitOfWork,
    account: { kind: 'staff' | 'operator'; id: string },
    elsewhere: { by: CameByIssuer; hasSecondFactor: boolean } | null = null,
  ): Promise<Admitted> {
    const holder = await this.holders.of(work, account);
    if (!holder) throw new AppError('UNAUTHENTICATED');
    const by = elsewhere?.by ?? null;
    if (elsewhere?.hasSecondFactor) return { ...(await this.start.in(ctx, work, holder, by)), next: 'NONE' };
    const isSetUp = await this.factors.isSetUp(work, account);
    const roles = holder.grants.map(({ role }) => role);
    const next = nextStep({ isSetUp, roles, need: await this.rolesInNeed(work, account.kind) });
    const entering = { ...holder, kind: entrantOf(account.kind), grants: [] };
    return { ...(await this.start.in(ctx, work, next === 'NONE' ? holder : entering, by)), next };
  }

  /** Operators always, but for a sandbox; staff by {@link rolesThatNeedOne}. */
  private async rolesInNeed(work: UnitOfWork, kind: 'staff' | 'operator'): Promise<readonly string[]> {
    if (kind === 'operator') return this.config.sandbox ? [] : ['operator'];
    return rolesThatNeedOne(await this.factors.rolesThatNeedOne(work), this.config);
  }
}
