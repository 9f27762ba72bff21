import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { civilNow, FacilitiesStore, nameFor, SessionsStore } from '../../../facilities';
import { CitizenAccounts } from '../../../identity';
import { CountryWords, showCivilDate } from '../../../localisation';
import type { Context } from '../../../platform/context';
import { Database, type UnitOfWork } from '../../../platform/database';
import { FactListeners, Outbox } from '../../../platform/events';
import { Texts } from '../../../platform/i18n';
import { MessageSender } from '../../../platform/messaging';
import { Programmes } from '../../../programmes';
import { Rounds } from '../../../tenancy';
import { fitsAge } from '../../appointment-rules';
import { AlertsStore, type NewsOfSession } from './alerts.store';
import { alertDue } from '../draws/draws.events';

const LOOK_SECONDS = 30;
const SESSIONS = 20;
/** Nobody is written to more often than this. */
const QUIET_MS = 24 * 60 * 60_000;
/** For each free place so many are told, those first who waited longest: more would only be disappointed. */
const FOR_EACH_PLACE = 5;
const MOST = 1_000;

/**
 * Tells those who asked that places can be had, once a session: as soon as it opens, or its draw does. Each message is a
 * fact of its own, so that it is sent again when the gateway fails, and none is sent for what was rolled back.
 */
@Injectable()
export class TellWatchers implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: AlertsStore,
    private readonly programmes: Programmes,
    private readonly accounts: CitizenAccounts,
    private readonly facilities: FacilitiesStore,
    private readonly sessions: SessionsStore,
    private readonly words: CountryWords,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly outbox: Outbox,
    private readonly listeners: FactListeners,
    private readonly rounds: Rounds,
  ) {}

  onModuleInit(): void {
    this.listeners.on(alertDue, (ctx, fact) => this.send(ctx, fact.payload));
  }

  onApplicationBootstrap(): void {
    const fault = 'alerts of places could not be sent';
    this.rounds.add({ seconds: LOOK_SECONDS, fault, skipsReadOnly: true, run: ctx => this.run(ctx) });
  }

  /** Every session of one tenant that opened since the last look. */
  async run(ctx: Context): Promise<void> {
    const found = await this.database.read(ctx, work =>
      this.store.untold(work, ctx.now(), civilNow(ctx).date, SESSIONS),
    );
    for (const news of found) await this.database.write(ctx, work => this.tell(ctx, work, news));
  }

  private async tell(ctx: Context, work: UnitOfWork, news: NewsOfSession): Promise<void> {
    const now = ctx.now();
    if (!(await this.store.tell(work, news, now))) return;
    const vaccineOf = new Map(
      (await this.programmes.products(ctx, work)).map(product => [product.code, product.vaccine]),
    );
    const wanted = {
      areaIds: news.areaIds,
      vaccines: news.products.map(code => vaccineOf.get(code) ?? code),
      since: new Date(now.getTime() - QUIET_MS),
    };
    const waiting = await this.store.waiting(work, wanted, Math.min(MOST, news.free * FOR_EACH_PLACE));
    const fitting = waiting.filter(
      ({ born }) => born === null || fitsAge({ earliest: born, latest: born }, news, news.date),
    );
    await this.store.told(work, fitting, now);
    for (const { id, accountId } of fitting)
      this.outbox.announce(ctx, work, alertDue, id, {
        accountId,
        alertId: id,
        facilityId: news.facilityId,
        sessionId: news.sessionId,
      });
  }

  /** Not to who has ended the alert meanwhile. */
  private async send(
    ctx: Context,
    due: { accountId: string; alertId: string; facilityId: string; sessionId: string },
  ): Promise<void> {
    const { alert, phone, facility, session } = await this.database.read(ctx, async work => ({
      alert: await this.store.alert(work, due.accountId, due.alertId),
      phone: await this.accounts.phoneOf(ctx, work, due.accountId),
      facility: await this.facilities.facility(work, due.facilityId),
      session: await this.sessions.session(work, due.facilityId, due.sessionId),
    }));
    if (!alert || alert.endedAt || !phone || !facility || session?.state !== 'PLANNED') return;
    const profile = await this.words.profile(ctx);
    const reader = { ...ctx, languages: [alert.language, profile.defaultLanguage] };
    const text = this.texts.say(reader, 'appointments.alert.told', {
      facility: nameFor(reader, facility.names, facility.code),
      date: showCivilDate(profile, alert.language, session.date),
    });
    await this.sender.send(reader, { channel: 'sms', receiver: phone, language: alert.language, text });
  }
}
