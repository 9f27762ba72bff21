import { Injectable } from '@nestjs/common';
import { networkOf } from '../../common';
import { CountryWords, normalisePhone } from '../../localisation';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, invalid } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { TenantKeys } from '../../tenancy';
import { Tries } from '../sign-ins/tries';
import { CitizenAccounts } from './citizen-accounts.store';
import { CodeSpending } from './code-spending';
import { CODE_RULES, type CodeChannel, hashOfCode, maySend, newCode, spoken } from './sign-in-code-rules';
import { SignInCodesStore } from './sign-in-codes.store';

/** How codes go where a country's pack says nothing else. */
const USUAL: readonly CodeChannel[] = ['SMS'];

/** A code was sent: its request's id, until when it works and when another can be asked for. */
export interface CodeSent {
  requestId: string;
  expiresAt: Date;
}

/** Sends a one-time code to a phone. Known and unknown numbers get the same answer. */
@Injectable()
export class RequestSignInCode {
  constructor(
    private readonly database: Database,
    private readonly store: SignInCodesStore,
    private readonly accounts: CitizenAccounts,
    private readonly words: CountryWords,
    private readonly keys: TenantKeys,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly tries: Tries,
    private readonly spending: CodeSpending,
  ) {}

  /**
   * Throws INVALID_INPUT for a number or a way that the country does not take, RATE_LIMITED when too many were sent or
   * guessed: to the number, from the device, the address, the network, or in the whole country.
   */
  async run(ctx: Context, input: { phone: string; channel: CodeChannel }): Promise<CodeSent> {
    const rule = (await this.words.profile(ctx)).phone;
    const phone = normalisePhone(rule, input.phone);
    if (!phone.ok) throw invalid('phone', `validation.phone.${phone.code}`);
    if (!(rule.codesBy ?? USUAL).includes(input.channel)) throw invalid('channel', 'validation.isIn');
    const id = ctx.newId();
    const code = newCode();
    const expiresAt = new Date(ctx.now().getTime() + CODE_RULES.lastsSeconds * 1000);
    const sealed = { table: 'sign_in_code', column: 'phone_sealed', row: id };
    await this.keep(ctx, phone.e164, {
      id,
      phone: await this.accounts.indexOf(ctx, phone.e164),
      phoneSealed: await this.keys.seal(ctx, sealed, phone.e164),
      asker: { device: ctx.device?.key ?? null, address: ctx.address, network: networkOf(ctx.address) },
      channel: input.channel,
      codeHash: hashOfCode(id, code),
      expiresAt,
    });
    await this.send(ctx, phone.e164, input.channel, code);
    return { requestId: id, expiresAt };
  }

  private async keep(ctx: Context, e164: string, row: Parameters<SignInCodesStore['add']>[2]): Promise<void> {
    const { device, address, network } = row.asker;
    const held = [`codes to ${e164}`, `codes from ${address}`, `codes of ${device}`, `codes in ${network}`];
    await this.spending.within(ctx, () =>
      this.database.writeEvenIfSuspended(ctx, async work => {
        await this.tries.hold(ctx, work, 'citizen', held); // so that many at one moment are counted one by one
        const recent = await this.store.recentTries(work, row.phone, row.asker, ctx.now());
        if (!maySend(recent)) throw new AppError('RATE_LIMITED', { seconds: CODE_RULES.windowSeconds });
        await this.store.add(ctx, work, row);
        await this.spending.count(ctx, work, row.channel);
      }),
    );
  }

  private async send(ctx: Context, receiver: string, channel: CodeChannel, code: string): Promise<void> {
    const minutes = CODE_RULES.lastsSeconds / 60;
    const said = channel === 'VOICE' ? spoken(code) : code;
    await this.sender.send(ctx, {
      channel: channel === 'VOICE' ? 'voice' : 'sms',
      receiver,
      language: ctx.languages[0]!,
      text: this.texts.say(ctx, 'identity.signInCode', { code: said, minutes }),
    });
  }
}
