import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { tenantEnded, tenantExported } from '../tenancy.events';
import { TenancyStore } from '../tenancy.store';
import { TenantEndingsStore } from './tenant-endings.store';

/** The ministry's signatory is told that its export is there, and in the end that nothing is kept (licence 10.4). */
@Injectable()
export class TellSignatory implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly tenancy: TenancyStore,
    private readonly store: TenantEndingsStore,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(tenantExported, (ctx, { payload }) => this.tell(ctx, 'tenancy.exported', payload));
    this.listeners.on(tenantEnded, (ctx, { payload }) => this.tell(ctx, 'tenancy.ended', payload));
  }

  private async tell(ctx: Context, key: string, { endingId }: { endingId: string }): Promise<void> {
    const { ending, tenant } = await this.database.readPlatform(async work => {
      const ending = (await this.store.ending(work, endingId))!;
      return { ending, tenant: (await this.tenancy.tenant(work, ending.tenantCode))! };
    });
    const about = { name: tenant.signatoryName, sha256: ending.exportSha256!, days: ending.waitDays };
    await this.sender.send(ctx, {
      channel: 'email',
      receiver: tenant.signatoryEmail,
      language: tenant.languages[0]!,
      text: this.texts.say({ languages: tenant.languages, tenant: null }, key, about),
    });
  }
}
