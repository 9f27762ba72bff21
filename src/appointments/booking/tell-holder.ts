import { Injectable, type OnModuleInit } from '@nestjs/common';
import { civilNow, FacilitiesStore, nameFor } from '../../facilities';
import { CitizenAccounts } from '../../identity';
import { CountryWords, showCivilDate } from '../../localisation';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import {
  appointmentCancelled,
  appointmentConfirmed,
  appointmentMoved,
  type BookingFact,
  type CancelledBecause,
  type MovedFact,
  placeKept,
} from '../appointments.events';
import { type AppointmentRow, AppointmentsStore } from '../appointments.store';
import { BookingView } from './booking-view';

/**
 * The citizen who booked is told by message: where, when and with which code; or that it will not be. Only the phone
 * that she proved is written to, and nothing is said of vaccines.
 */
@Injectable()
export class TellHolder implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: AppointmentsStore,
    private readonly accounts: CitizenAccounts,
    private readonly facilities: FacilitiesStore,
    private readonly words: CountryWords,
    private readonly view: BookingView,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(appointmentConfirmed, (ctx, fact) => this.booked(ctx, fact.payload));
    this.listeners.on(appointmentMoved, (ctx, fact) => this.moved(ctx, fact.payload));
    this.listeners.on(placeKept, (ctx, fact) => this.kept(ctx, fact.payload));
    this.listeners.on(appointmentCancelled, (ctx, fact) => this.cancelled(ctx, fact.payload));
  }

  /** Whoever was moved by others is told of that, and of what it was. A place that is only kept is told as such. */
  private async moved(ctx: Context, fact: MovedFact): Promise<void> {
    if (!fact.because) return this.booked(ctx, fact);
    const [before] = await this.database.read(ctx, work =>
      this.store.ofBooking(work, fact.from.facilityId, fact.from.bookingId),
    );
    const date = showCivilDate(await this.words.profile(ctx), fact.language, before!.date);
    await this.booked(ctx, fact, 'appointments.told.moved', { before: date });
    await this.kept(ctx, fact);
  }

  /** Once a booking, unless the service stops between sending and noting it: then twice rather than never. */
  private async booked(
    ctx: Context,
    fact: BookingFact,
    key = 'appointments.told.booked',
    params: Record<string, string> = {},
  ): Promise<void> {
    const { facilityId, bookingId } = fact;
    const rows = await this.database.read(ctx, async work =>
      (await this.store.wasTold(work, facilityId, bookingId))
        ? []
        : this.store.ofBooking(work, facilityId, bookingId),
    );
    const booked = rows.filter(row => row.state === 'BOOKED');
    const codes = await Promise.all(booked.map(row => this.view.codeOf(ctx, row)));
    await this.tell(ctx, fact, booked, key, { ...params, codes: codes.join(', ') });
    if (booked.length > 0)
      await this.database.write(ctx, work => this.store.markTold(ctx, work, facilityId, bookingId));
  }

  /** Not when she has answered already, or it is too late. */
  private async kept(ctx: Context, fact: BookingFact): Promise<void> {
    const rows = await this.database.read(ctx, work =>
      this.store.ofBooking(work, fact.facilityId, fact.bookingId),
    );
    const held = rows.filter(row => row.state === 'HELD' && row.expiresAt! > ctx.now());
    const [first] = held;
    if (!first) return;
    const profile = await this.words.profile(ctx);
    const until = civilNow({ ...ctx, now: () => first.expiresAt! });
    await this.tell(ctx, fact, held, 'appointments.told.kept', {
      until: showCivilDate(profile, fact.language, until.date),
      untilTime: until.time,
    });
  }

  private async cancelled(
    ctx: Context,
    fact: BookingFact & { appointmentIds: string[]; because: CancelledBecause },
  ): Promise<void> {
    if (fact.because === 'asked') return; // she knows
    const rows = await this.database.read(ctx, work =>
      this.store.ofBooking(work, fact.facilityId, fact.bookingId),
    );
    const cancelled = rows.filter(row => fact.appointmentIds.includes(row.id));
    const key = fact.because === 'session-cancelled' ? 'sessionCancelled' : 'notKept';
    await this.tell(ctx, fact, cancelled, `appointments.told.${key}`, {});
  }

  private async tell(
    ctx: Context,
    fact: BookingFact,
    rows: readonly AppointmentRow[],
    key: string,
    params: Record<string, string>,
  ): Promise<void> {
    const [row] = rows;
    if (!row?.accountId) return;
    const { accountId } = row;
    const profile = await this.words.profile(ctx);
    const reader = { ...ctx, languages: [fact.language, profile.defaultLanguage] };
    const { phone, facility } = await this.database.read(ctx, async work => ({
      phone: await this.accounts.phoneOf(ctx, work, accountId),
      facility: await this.facilities.facility(work, fact.facilityId),
    }));
    if (!phone || !facility) return;
    const date = showCivilDate(profile, fact.language, row.date);
    const place = nameFor(reader, facility.names, facility.code);
    const text = this.texts.say(reader, key, {
      ...params,
      facility: place,
      date,
      time: row.startTime,
      count: rows.length,
    });
    await this.sender.send(reader, { channel: 'sms', receiver: phone, language: fact.language, text });
  }
}
