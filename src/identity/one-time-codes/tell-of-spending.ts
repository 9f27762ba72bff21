import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PERMISSIONS } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { StaffDirectory } from '../accounts/staff-directory.store';
import { codesNearlySpent, codesSpent } from '../notices/identity.events';

/** Writes to those who set what codes may cost, when most of a day's money is gone and when all of it is. */
@Injectable()
export class TellOfSpending implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly directory: StaffDirectory,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(codesNearlySpent, (ctx, { payload }) =>
      this.run(ctx, 'identity.codesNearlySpent', payload),
    );
    this.listeners.on(codesSpent, (ctx, { payload }) => this.run(ctx, 'identity.codesSpent', payload));
  }

  private async run(ctx: Context, key: string, { day }: { day: string }): Promise<void> {
    const holders = PERMISSIONS['sign-in-code.configure'];
    const receivers = await this.database.read(ctx, work => this.directory.addressesOf(work, holders));
    for (const receiver of receivers)
      await this.sender.send(ctx, {
        channel: 'email',
        receiver,
        language: ctx.languages[0]!,
        text: this.texts.say(ctx, key, { day }),
      });
  }
}
