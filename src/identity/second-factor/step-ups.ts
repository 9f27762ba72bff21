import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { SignInsStore } from '../sign-ins/sign-ins.store';

/** Whether somebody has proved her second factor once more since she signed in. */
@Injectable()
export class StepUps {
  constructor(private readonly store: SignInsStore) {}

  async has(work: UnitOfWork, actor: Actor): Promise<boolean> {
    return actor.signIn !== undefined && this.store.hasSteppedUp(work, actor.signIn.id);
  }
}
