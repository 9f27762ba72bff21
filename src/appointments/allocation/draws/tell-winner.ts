import { Injectable, type OnModuleInit } from '@nestjs/common';
import { civilNow, FacilitiesStore, nameFor } from '../../../facilities';
import { CitizenAccounts } from '../../../identity';
import { CountryWords, showCivilDate } from '../../../localisation';
import type { Context } from '../../../platform/context';
import { Database } from '../../../platform/database';
import { type Fact, FactListeners } from '../../../platform/events';
import { Texts } from '../../../platform/i18n';
import { MessageSender } from '../../../platform/messaging';
import { placeOffered } from './draws.events';
import { DrawsStore } from './draws.store';

/** Whoever entered somebody is told that a place is kept, where and until when; nothing of vaccines. */
@Injectable()
export class TellWinner implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: DrawsStore,
    private readonly accounts: CitizenAccounts,
    private readonly facilities: FacilitiesStore,
    private readonly words: CountryWords,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(placeOffered, (ctx, fact) => this.tell(ctx, fact));
  }

  /** Not when she has answered already, or it is too late. Whom staff entered has no account to be told by. */
  private async tell(
    ctx: Context,
    { payload }: Fact<{ facilityId: string; drawId: string; personId: string }>,
  ): Promise<void> {
    const found = await this.database.read(ctx, async work => {
      const entry = await this.store.ofPerson(work, payload, payload.personId);
      if (!entry?.accountId || entry.appointmentState !== 'HELD') return null;
      return {
        entry,
        phone: await this.accounts.phoneOf(ctx, work, entry.accountId),
        facility: await this.facilities.facility(work, payload.facilityId),
      };
    });
    if (!found?.phone || !found.facility) return;
    const { language, confirmUntil } = found.entry;
    const profile = await this.words.profile(ctx);
    const reader = { ...ctx, languages: [language, profile.defaultLanguage] };
    const until = civilNow({ ...ctx, now: () => confirmUntil! });
    const text = this.texts.say(reader, 'appointments.draw.told.offered', {
      facility: nameFor(reader, found.facility.names, found.facility.code),
      date: showCivilDate(profile, language, until.date),
      time: until.time,
    });
    await this.sender.send(reader, { channel: 'sms', receiver: found.phone, language, text });
  }
}
