import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { accountOf } from './second-factor-rules';
import { SecondFactorsStore } from './second-factors.store';
import { StepUps } from './step-ups';

/**
 * Whether somebody may change what she proves herself by. The first second factor anybody sets up who has the password;
 * where one is in use, only who has proved it in this very sign-in: neither a password nor a stolen token adds another.
 */
@Injectable()
export class AddingFactors {
  constructor(
    private readonly store: SecondFactorsStore,
    private readonly stepUps: StepUps,
  ) {}

  /** Throws STATE_FORBIDS for an entrant, STEP_UP_NEEDED for whoever is in. */
  async check(work: UnitOfWork, me: Actor & { id: string }): Promise<void> {
    const account = accountOf(me);
    if (!(await this.store.isSetUp(work, account))) return;
    if (me.kind !== account.kind) throw new AppError('STATE_FORBIDS', { state: 'SET_UP' });
    if (!(await this.stepUps.has(work, me))) throw new AppError('STEP_UP_NEEDED');
  }
}
