import { Injectable, type OnModuleInit } from '@nestjs/common';
import { StaffDirectory } from '../../identity';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { looksStopped } from '../registry.events';

/** Who is told, by a role held for the whole country. */
const PROTECTORS = ['data-protection-officer', 'auditor'];

/**
 * Somebody was shown as many persons as a day allows: those who protect the country's data are told at once, once a day
 * for each account, with ids alone. What she looked at is in the trail.
 */
@Injectable()
export class TellProtectors implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly directory: StaffDirectory,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(looksStopped, (ctx, fact) => this.run(ctx, fact.payload));
  }

  async run(ctx: Context, stopped: { staffId: string; facilityId: string }): Promise<void> {
    const receivers = await this.database.read(ctx, work => this.directory.addressesOf(work, PROTECTORS));
    for (const receiver of receivers)
      await this.sender.send(ctx, {
        channel: 'email',
        receiver,
        language: ctx.languages[0]!,
        text: this.texts.say(ctx, 'registry.looksStopped', stopped),
      });
  }
}
