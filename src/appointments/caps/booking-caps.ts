import { Injectable } from '@nestjs/common';
import { networkOf } from '../../common';
import type { SessionCaps, SessionKey } from '../../facilities';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { TenantKeys } from '../../tenancy';
import { type CapOn, TooManyPlaces } from '../appointments.refusals';
import { brokenCap, CAPPED, type Origin, PlacesTaken } from './cap-rules';
import { OriginsStore } from './origins.store';
import type { Room, Seated } from '../booking/seating';

/** Somebody who books in a session, from a device that she may have named. */
export interface Booker extends SessionKey {
  ctx: Context;
  device?: string | null;
}

/** What a booker is held to in a session that is capped; null for staff, and where nothing is. */
export interface Held extends SessionKey {
  caps: SessionCaps;
  origin: Origin;
  taken: PlacesTaken;
}

/**
 * The most places of a session that one account, device or network takes (R-05: none of it is a secret of the client).
 * Nobody is held to them who is helped: people share a desk, and staff are audited. One person has one place anyway.
 */
@Injectable()
export class BookingCaps {
  constructor(
    private readonly keys: TenantKeys,
    private readonly store: OriginsStore,
    private readonly texts: Texts,
  ) {}

  /** What each of these is held to, as it stands behind the gates of the room's sessions. */
  async look(work: UnitOfWork, room: Room, bookers: readonly Booker[]): Promise<readonly (Held | null)[]> {
    const taken = new Map<string, PlacesTaken>();
    const held = await Promise.all(
      bookers.map(async (booker): Promise<Held | null> => {
        const { facilityId, sessionId } = booker;
        const name = `${facilityId} ${sessionId}`;
        const caps = room.sessions.get(name)?.caps;
        if (!caps || booker.ctx.actor.kind !== 'citizen' || CAPPED.every(on => caps[on] === null))
          return null;
        const counts = taken.get(name) ?? new PlacesTaken();
        taken.set(name, counts);
        return { facilityId, sessionId, caps, taken: counts, origin: await this.originOf(booker, caps) };
      }),
    );
    const asked = held.flatMap(each => (each ? tagsOf(each) : []));
    for (const { facilityId, sessionId, capped, tag, places } of await this.store.taken(work, asked))
      taken.get(`${facilityId} ${sessionId}`)!.add(capped, tag, places);
    return held;
  }

  /** Why so many more people may not be seated; null when they may. */
  refusal(ctx: Context, held: Held | null, people: number): TooManyPlaces | null {
    const broken = held && brokenCap(held.caps, held.origin, held.taken, people);
    if (!broken) return null;
    const { on, most } = broken;
    const message = this.texts.say(ctx, `appointments.tooManyPlaces.${on}`, { most });
    return Object.assign(new TooManyPlaces(), { message, most, on: on.toUpperCase() as CapOn });
  }

  /** Counts people who were seated. */
  seated(held: Held | null, people: number): void {
    if (held) for (const { capped, tag } of tagsOf(held)) held.taken.add(capped, tag, people);
  }

  /** Keeps through what these were booked. */
  async keep(work: UnitOfWork, booked: readonly { held: Held | null; seated: Seated }[]): Promise<void> {
    await this.store.add(
      work,
      booked.flatMap(({ held, seated }) =>
        held ? seated.flatMap(({ id }) => tagsOf(held).map(tag => ({ ...tag, appointmentId: id }))) : [],
      ),
    );
  }

  private async originOf({ ctx, device, facilityId, sessionId }: Booker, caps: SessionCaps): Promise<Origin> {
    const network = networkOf(ctx.address) ?? '';
    const own = { account: ctx.actor.id ?? '', device: device ?? '', network };
    const tags = await Promise.all(
      CAPPED.map(async on => {
        if (caps[on] === null || own[on] === '') return [on, ''];
        const text = `${facilityId} ${sessionId} ${on} ${own[on]}`;
        const { first } = await this.keys.blindIndex(ctx, 'booking-tag', text); // one tag, whatever keys come later
        return [on, first.toString('hex').slice(0, 20)];
      }),
    );
    return Object.fromEntries(tags) as Origin;
  }
}

const tagsOf = ({ facilityId, sessionId, origin }: Held) =>
  CAPPED.filter(on => origin[on] !== '').map(capped => ({
    facilityId,
    sessionId,
    capped,
    tag: origin[capped],
  }));
