import { Injectable, type OnModuleInit } from '@nestjs/common';
import { StaffDirectory } from '../../identity';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { glassBroken, lookObjected, looksStopped, looksUnusual } from '../registry.events';

/** Who is told, by a role held for the whole country. */
const PROTECTORS = ['data-protection-officer', 'auditor'];

/**
 * Those who protect the country's data are told at once, with ids alone: that somebody was shown as many persons as a day
 * allows, that her day is unlike others, that she broke the glass, that a person objects. The rest is in the trail.
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
    this.listeners.on(looksStopped, (ctx, { payload }) => this.tell(ctx, 'registry.looksStopped', payload));
    this.listeners.on(looksUnusual, (ctx, { payload: { alert, ...who } }) =>
      this.tell(ctx, `registry.looksUnusual.${alert}`, who),
    );
    this.listeners.on(glassBroken, (ctx, { payload }) => this.tell(ctx, 'registry.glassBroken', payload));
    this.listeners.on(lookObjected, (ctx, { payload }) => this.tell(ctx, 'registry.lookObjected', payload));
  }

  private async tell(ctx: Context, text: string, params: Record<string, string>): Promise<void> {
    const receivers = await this.database.read(ctx, work => this.directory.addressesOf(work, PROTECTORS));
    for (const receiver of receivers)
      await this.sender.send(ctx, {
        channel: 'email',
        receiver,
        language: ctx.languages[0]!,
        text: this.texts.say(ctx, text, params),
      });
  }
}
