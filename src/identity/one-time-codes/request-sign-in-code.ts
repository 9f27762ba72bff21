import { Injectable } from '@nestjs/common';
import { CountryWords, normalisePhone } from '../../localisation';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, invalid } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { TenantKeys } from '../../tenancy';
import { Tries } from '../sign-ins/tries';
import { CODE_RULES, hashOfCode, maySend, newCode } from './sign-in-code-rules';
import { SignInCodesStore } from './sign-in-codes.store';

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
    private readonly words: CountryWords,
    private readonly keys: TenantKeys,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly tries: Tries,
  ) {}

  /** Throws INVALID_INPUT for a number the country does not take, RATE_LIMITED when too many were sent or guessed. */
  async run(ctx: Context, input: { phone: string }): Promise<CodeSent> {
    const phone = normalisePhone((await this.words.profile(ctx)).phone, input.phone);
    if (!phone.ok) throw invalid('phone', `validation.phone.${phone.code}`);
    const phoneIndex = await this.keys.blindIndex(ctx, 'phone', phone.e164);
    const id = ctx.newId();
    const code = newCode();
    const expiresAt = new Date(ctx.now().getTime() + CODE_RULES.lastsSeconds * 1000);
    const phoneSealed = await this.keys.seal(
      ctx,
      { table: 'sign_in_code', column: 'phone_sealed', row: id },
      phone.e164,
    );
    await this.database.writeEvenIfSuspended(ctx, async work => {
      const held = [`codes to ${phone.e164}`, `codes from ${ctx.address}`];
      await this.tries.hold(ctx, work, 'citizen', held); // so that many at one moment are counted one by one
      const recent = await this.store.recentTries(work, phoneIndex, ctx.address, ctx.now());
      if (!maySend(recent)) throw new AppError('RATE_LIMITED', { seconds: CODE_RULES.windowSeconds });
      await this.store.add(ctx, work, {
        id,
        phoneIndex,
        phoneSealed,
        codeHash: hashOfCode(id, code),
        expiresAt,
      });
    });
    await this.sender.send(ctx, {
      channel: 'sms',
      receiver: phone.e164,
      language: ctx.languages[0]!,
      text: this.texts.say(ctx, 'identity.signInCode', { code, minutes: CODE_RULES.lastsSeconds / 60 }),
    });
    return { requestId: id, expiresAt };
  }
}
