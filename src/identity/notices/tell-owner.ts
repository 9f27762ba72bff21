import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { FactListeners } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { IdentityStore } from '../accounts/identity.store';
import { Planes } from '../planes';
import { SignInsStore } from '../sign-ins/sign-ins.store';
import { accountTouched, type NoticeKind } from './identity.events';

/** The text of each notice, in `locales/<language>/identity.json`. */
const TEXT_OF: Readonly<Record<NoticeKind, string>> = {
  'new-device': 'identity.notice.newDevice',
  'password-changed': 'identity.notice.passwordChanged',
  'second-factor-set-up': 'identity.notice.secondFactorSetUp',
  'second-factor-removed': 'identity.notice.secondFactorRemoved',
  'passkey-copied': 'identity.notice.passkeyCopied',
  'issuer-linked': 'identity.notice.issuerLinked',
};

/** Writes to the owner of an account at the address that it is signed in by, whoever caused it. */
@Injectable()
export class TellOwner implements OnModuleInit {
  constructor(
    private readonly planes: Planes,
    private readonly accounts: IdentityStore,
    private readonly signIns: SignInsStore,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(accountTouched, (ctx, fact) => this.run(ctx, fact.payload));
  }

  async run(ctx: Context, touched: NonNullable<(typeof accountTouched)['payload']>): Promise<void> {
    const { kind, accountId, what, signInId } = touched;
    const [account, signIn] = await this.planes.read(ctx, kind, async work => [
      await this.accounts.account(work, { kind, id: accountId }),
      signInId && (await this.signIns.find(work, signInId)),
    ]);
    if (!account) return;
    const [device, address] = [signIn && signIn.device, signIn && signIn.address].map(known => known || '?');
    await this.sender.send(ctx, {
      channel: 'email',
      receiver: account.email,
      language: ctx.languages[0]!,
      text: this.texts.say(ctx, TEXT_OF[what], { name: account.name, device: device!, address: address! }),
    });
  }
}
