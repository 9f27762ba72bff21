import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isId } from '../../common';
import { StaffDirectory } from '../../identity';
import { CountryWords } from '../../localisation';
import { PERMISSIONS } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { Catalogue } from '../../tenancy';
import { Places } from '../places/places';
import { roleAsked } from '../facilities.events';
import { reachPlace } from '../staff/reach-place';
import { DAYS_TO_DECIDE } from './role-request-rules';
import { RoleRequestsStore } from './role-requests.store';

/**
 * Those who may decide on a role that is asked for are written to, with ids alone; not who asked, nor who is to have
 * it.
 */
@Injectable()
export class TellDeciders implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: RoleRequestsStore,
    private readonly directory: StaffDirectory,
    private readonly places: Places,
    private readonly catalogue: Catalogue,
    private readonly words: CountryWords,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(roleAsked, (ctx, { payload }) => this.run(ctx, payload));
  }

  async run(ctx: Context, { requestId }: { requestId: string }): Promise<void> {
    const languages = await this.languagesOf(ctx);
    const { request, receivers } = await this.database.read(ctx, async work => {
      const request = (await this.store.request(ctx, work, requestId))!;
      const { areaIds = [] } = await reachPlace(this.places, work, request.grant.reach);
      const without = [request.askedBy, request.staffId].filter(isId);
      const roles = PERMISSIONS['staff.decide-role'];
      return { request, receivers: await this.directory.addressesOver(work, roles, { areaIds, without }) };
    });
    if (request.state !== 'ASKED') return; // told late: somebody has decided
    const reader = { ...ctx, languages };
    const { id, staffId, grant } = request;
    const about = { id, staffId, role: grant.role, days: DAYS_TO_DECIDE };
    const text = this.texts.say(reader, 'facilities.roleAsked', about);
    for (const receiver of receivers)
      await this.sender.send(reader, { channel: 'email', receiver, language: languages[0]!, text });
  }

  /** The country's, also before its first pack is in force: it is then that most roles are asked for. */
  private async languagesOf(ctx: Context): Promise<readonly string[]> {
    const tenant = (await this.catalogue.byCode(ctx.tenant!.code))!;
    return this.words.chain(tenant, undefined);
  }
}
