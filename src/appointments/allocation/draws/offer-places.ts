import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../audit';
import { type SessionRow, SessionPlaces, SessionsStore } from '../../../facilities';
import { type Context, SYSTEM } from '../../../platform/context';
import { Database, Refused, type UnitOfWork } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { Outbox } from '../../../platform/events';
import { freeIn } from '../../appointment-rules';
import { type Room, type Seated, Seating } from '../../booking/seating';
import { announcementOf } from './draw-files';
import { allot } from './draw-rules';
import { placeOffered } from './draws.events';
import { type DrawKey, type DrawRow, DrawsStore, type Missed, type Turn } from './draws.store';

const BATCH = 200;

const HOLDING = new Set(['HELD', 'BOOKED', 'CHECKED_IN', 'COMPLETED']);

/** Somebody whose turn it is, with the place that she gets; or why not. */
type Decision = { turn: Turn; seated: Seated[number] } | { turn: Turn; missed: Missed };

/**
 * Gives the places of a draw that are free to whose turn it is: kept for her until she confirms, or booked at once for
 * somebody whom staff entered, who has no phone to confirm from. Places that nobody waits for go back to everybody.
 */
@Injectable()
export class OfferPlaces {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsStore,
    private readonly counters: SessionPlaces,
    private readonly seating: Seating,
    private readonly store: DrawsStore,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** One batch; how many turns came up. Several at a time wait for each other at the draw's gate. */
  run(asked: Context, key: DrawKey): Promise<number> {
    const ctx = { ...asked, actor: SYSTEM };
    return this.database.write(ctx, async work => {
      if (!(await this.store.gate(work, key, 'to change'))) return 0;
      const draw = (await this.store.draw(work, key))!;
      const session = (await this.sessions.session(work, draw.facilityId, draw.sessionId))!;
      const hasOrder = draw.policy === 'FIRST_COME' || draw.result !== null;
      if (!hasOrder || freeIn(drawnPlaces(session)) === 0 || session.state !== 'PLANNED') return 0;
      const next = nextOf(ctx, draw, session, await this.store.turns(work, key));
      if (next.length > 0) await this.offer(ctx, work, draw, next);
      else if (ctx.now() >= draw.entriesUntil) await this.release(work, draw);
      return next.length;
    });
  }

  private async offer(ctx: Context, work: UnitOfWork, draw: DrawRow, next: readonly Turn[]): Promise<void> {
    const { facilityId, sessionId } = draw;
    const parties = next.map(({ personId, products }) => ({
      facilityId,
      sessionId,
      people: [{ personId, products, doseNumber: doseOf(draw) }],
    }));
    const room = await this.seating.enter(ctx, work, parties);
    const decisions = next.map((turn, i) => this.decide(ctx, room, draw, turn, parties[i]!));
    const given = decisions.flatMap(decision => ('seated' in decision ? [decision] : []));
    const seated = given.map(decision => [decision.seated]);
    if (!(await this.seating.write(ctx, work, room, seated))) throw new AppError('CONFLICT'); // tried again by the sweep
    const rows = given.map(each => ({
      entryId: each.turn.id,
      appointmentId: each.seated.id,
      bookingId: each.seated.bookingId,
    }));
    await this.store.offered(work, draw, rows);
    const missed = decisions.flatMap(decision =>
      'missed' in decision ? [{ entryId: decision.turn.id, missed: decision.missed }] : [],
    );
    await this.store.missed(work, draw, missed);
    for (const { turn, seated: place } of given) await this.announce(ctx, work, draw, turn, place.bookingId);
  }

  private decide(
    ctx: Context,
    room: Room,
    draw: DrawRow,
    turn: Turn,
    party: Parameters<Seating['guests']>[2],
  ): Decision {
    const { confirmWithinSeconds } = announcementOf(draw.announcement);
    const own = turn.stream === 'OWN';
    try {
      const session = this.seating.session(room, party);
      const guests = this.seating.guests(ctx, room, party, 'appointment.book-assisted');
      if (this.seating.wrongAge(ctx, session, guests)) return { turn, missed: 'NOT_POSSIBLE' };
      const seated = this.seating.seat(ctx, room, session, guests, {
        bookingId: ctx.newId(),
        made: turn.stream,
        accountId: turn.accountId,
        language: own ? turn.language : null,
        state: own ? 'HELD' : 'BOOKED',
        expiresAt: own ? new Date(ctx.now().getTime() + confirmWithinSeconds * 1000) : null,
        pools: [['drawn']],
      });
      return { turn, seated: seated[0]! };
    } catch (error) {
      if (error instanceof Refused) return { turn, missed: 'HAS_ANOTHER' };
      if (error instanceof AppError) return { turn, missed: 'NOT_POSSIBLE' };
      throw error;
    }
  }

  private async announce(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, drawId }: DrawKey,
    { id: entryId, personId }: Turn,
    bookingId: string,
  ): Promise<void> {
    const payload = { facilityId, drawId, entryId, personId, bookingId };
    this.outbox.announce(ctx, work, placeOffered, bookingId, payload);
    this.audit.record(ctx, work, {
      action: 'draw.offer',
      resource: { type: 'draw', id: drawId },
      personId,
      facilityId,
    });
  }

  /** What nobody of the order can have is anybody's: back to the counter that it came from. */
  private async release(work: UnitOfWork, { facilityId, sessionId, pool }: DrawRow): Promise<void> {
    await this.counters.lock(work, [{ facilityId, sessionId }]);
    const session = (await this.sessions.session(work, facilityId, sessionId))!;
    const drawn = drawnPlaces(session);
    const open = session.pools.find(each => each.pool === pool)!;
    const free = freeIn(drawn);
    await this.sessions.resize(work, facilityId, sessionId, 'drawn', drawn.capacity - free);
    await this.sessions.resize(work, facilityId, sessionId, pool, open.capacity + free);
  }
}

function nextOf(ctx: Context, draw: DrawRow, session: SessionRow, turns: readonly Turn[]): Turn[] {
  const rules = { ...announcementOf(draw.announcement), places: drawnPlaces(session).capacity };
  const holds = ({ appointmentState }: Turn): boolean => HOLDING.has(appointmentState ?? '');
  const passed = turns.filter(
    turn => !holds(turn) && (turn.missed !== null || turn.appointmentState !== null),
  );
  return allot(turns, rules, {
    holding: new Set(turns.filter(holds).map(({ id }) => id)),
    passed: new Set(passed.map(({ id }) => id)),
    keepReserved: draw.policy === 'FIRST_COME' && ctx.now() < draw.entriesUntil,
  }).slice(0, BATCH);
}

const drawnPlaces = ({ pools }: SessionRow): SessionRow['pools'][number] =>
  pools.find(({ pool }) => pool === 'drawn')!;

/** The dose that the places are for; null for any. */
const doseOf = ({ pool }: DrawRow): number | null =>
  pool.startsWith('dose-') ? Number(pool.slice('dose-'.length)) : null;
