import { Injectable } from '@nestjs/common';
import { mayAnywhere } from '../../platform/access';
import { type Context, SYSTEM } from '../../platform/context';
import { Database } from '../../platform/database';
import { type AppointmentRow, AppointmentsStore, byBooking } from '../appointments.store';
import { PlacesAtHand } from '../booking/places-at-hand';
import { FindPlaces } from './find-places';
import { RelocateAppointments } from './relocate-appointments';
import type { RelocationPreview, RelocationPreviewGraphqlInput } from './relocation.graphql';
import { RelocationStore } from './relocation.store';

/** Bookings looked at together. */
const TOGETHER = 200;

/** Counts what moving appointments would come to, by the same steps as the job takes. */
@Injectable()
export class PreviewRelocation {
  constructor(
    private readonly database: Database,
    private readonly relocation: RelocateAppointments,
    private readonly appointments: AppointmentsStore,
    private readonly store: RelocationStore,
    private readonly find: FindPlaces,
  ) {}

  /** Throws as the order would. */
  run(asked: Context, input: RelocationPreviewGraphqlInput): Promise<RelocationPreview> {
    mayAnywhere(asked, 'appointment.relocate');
    const ctx = { ...asked, actor: SYSTEM }; // who seats them is the job
    return this.database.read(asked, async work => {
      const { to } = await this.relocation.sessionsOf(asked, work, input);
      const { facilityId, sessionIds, product = null, keep } = input;
      const queue = await this.store.queue(work, { facilityId, sessionIds, product, keep });
      const leaving = queue.filter(({ byThen }) => byThen > keep);
      const places = new PlacesAtHand();
      const people = new Map<string, { date: string; people: number }>();
      let waiting = 0;
      for (let at = 0; at < leaving.length; at += TOGETHER) {
        const some = leaving.slice(at, at + TOGETHER);
        const ids = new Set(some.flatMap(({ appointmentIds }) => appointmentIds));
        const keys = some.map(({ bookingId }) => ({ facilityId, bookingId }));
        const all = await this.appointments.ofBookings(work, keys, 'to read');
        const rows = byBooking(all.filter(({ id }) => ids.has(id)));
        const room = { ...(await this.find.look(ctx, work, [...rows.values()].flat(), to)), places };
        for (const { bookingId } of some) {
          const party: readonly AppointmentRow[] = rows.get(bookingId) ?? [];
          const as = { bookingId, state: 'BOOKED', expiresAt: null, leaving: party } as const;
          const seated = party.length > 0 && this.find.seat(ctx, room, party, { to, as: () => as });
          if (!seated) {
            waiting += party.length;
            continue;
          }
          const [{ sessionId, date }] = seated as [(typeof seated)[0]];
          people.set(sessionId, { date, people: (people.get(sessionId)?.people ?? 0) + party.length });
        }
      }
      const targets = to.flatMap(key => {
        const found = people.get(key.sessionId);
        return found ? [{ ...key, ...found }] : [];
      });
      return {
        staying: queue.filter(({ byThen }) => byThen <= keep).reduce((_, { byThen }) => byThen, 0),
        moved: targets.reduce((sum, target) => sum + target.people, 0),
        waiting,
        targets,
      };
    });
  }
}
