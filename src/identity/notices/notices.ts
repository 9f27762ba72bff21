import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { accountTouched, type NoticeKind } from './identity.events';

/** Has an account's owner told of what became of it, with the change and never without. */
@Injectable()
export class Notices {
  constructor(private readonly outbox: Outbox) {}

  /** In the unit of work of the change. `signInId` is the caller's own when left out. */
  tell(
    ctx: Context,
    work: UnitOfWork,
    account: { kind: 'staff' | 'operator'; id: string },
    what: NoticeKind,
    signInId = ctx.actor.signIn?.id ?? null,
  ): void {
    const { kind, id: accountId } = account;
    this.outbox.announce(ctx, work, accountTouched, accountId, { kind, accountId, what, signInId });
  }
}
