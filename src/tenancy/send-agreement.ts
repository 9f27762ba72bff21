import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { may } from '../platform/access';
import { CONFIG, type Config } from '../platform/config';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { Texts } from '../platform/i18n';
import { MessageSender } from '../platform/messaging';
import { CURRENT_LICENCE } from './licence';
import { StepTenant } from './step-tenant';
import type { TenantEntity } from './tenant.entity';
import { TenancyStore } from './tenancy.store';

const DAYS_TO_ANSWER = 60;

/** What is stored of an invitation's token; the token itself only ever travels to its receiver. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Sends the signatory the way to the licence, in the ministry's first language. May be sent again. */
@Injectable()
export class SendAgreement {
  constructor(
    private readonly database: Database,
    private readonly store: TenancyStore,
    private readonly step: StepTenant,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async run(ctx: Context, input: { code: string }): Promise<TenantEntity> {
    may(ctx, 'tenant.change-state');
    const token = randomBytes(24).toString('base64url');
    const expiresAt = new Date(ctx.now().getTime() + DAYS_TO_ANSWER * 86_400_000);
    const tenant = await this.database.writePlatform(async work => {
      const sent = await this.step.in(ctx, work, input.code, 'SEND_AGREEMENT', {
        licenceVersion: CURRENT_LICENCE,
      });
      await this.store.addInvitation(ctx, work, input.code, hashOfToken(token), expiresAt);
      return sent;
    });
    const speaker = { languages: tenant.languages, tenant: null };
    const params = { name: tenant.signatoryName, token, url: this.config.publicUrl, days: DAYS_TO_ANSWER };
    await this.sender.send(ctx, {
      channel: 'email',
      receiver: tenant.signatoryEmail,
      language: tenant.languages[0]!,
      text: this.texts.say(speaker, 'tenancy.agreementSent', params),
    });
    return tenant;
  }
}
