import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sessionCancelled, SessionPlaces } from '../facilities';
import { CountryWords } from '../localisation';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { FactListeners } from '../platform/events';
import { AppointmentsStore, byBooking } from './appointments.store';
import { CancelAppointment } from './cancel-appointment';

const BATCH = 200;

/** When a session will not be held, everybody's appointment there is cancelled; each booking is then told of it. */
@Injectable()
export class ReleaseCancelledSession implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly counters: SessionPlaces,
    private readonly store: AppointmentsStore,
    private readonly cancellation: CancelAppointment,
    private readonly words: CountryWords,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(sessionCancelled, (ctx, fact) => this.run(ctx, fact.payload));
  }

  async run(
    ctx: Context,
    { facilityId, sessionId }: { facilityId: string; sessionId: string },
  ): Promise<void> {
    // The service itself speaks no language of the country; nobody of these people is asking, so its default is theirs.
    const speaking = { ...ctx, languages: [(await this.words.profile(ctx)).defaultLanguage] };
    let left = BATCH;
    while (left === BATCH) left = await this.releaseBatch(speaking, facilityId, sessionId);
  }

  private releaseBatch(ctx: Context, facilityId: string, sessionId: string): Promise<number> {
    return this.database.write(ctx, async work => {
      await this.counters.lock(work, [{ facilityId, sessionId }]);
      const rows = await this.store.bookedInToChange(work, facilityId, sessionId, BATCH);
      for (const booking of byBooking(rows).values())
        await this.cancellation.cancel(ctx, work, booking, 'session-cancelled');
      return rows.length;
    });
  }
}
