import fc from 'fast-check';
import { AppointmentsStore } from '../../../src/appointments/appointments.store';
import { CancelAppointment } from '../../../src/appointments/booking/cancel-appointment';
import { ConfirmAppointment } from '../../../src/appointments/booking/confirm-appointment';
import { HoldPlaces } from '../../../src/appointments/booking/hold-places';
import { RescheduleAppointment } from '../../../src/appointments/booking/reschedule-appointment';
import { SweepExpiredHolds } from '../../../src/appointments/booking/sweep-expired-holds';
import { newId } from '../../../src/common';
import type { Context, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { Unavailable } from '../../../src/platform/errors';
import { Outbox } from '../../../src/platform/events';
import { type BookingWorld, bookingWorld, citizen, type Family } from '../../harness/worlds/booking';
import { SEED } from '../../harness/run/seed';
import { testService, type TestService } from '../../harness/service';

let service: TestService;
let tenant: TenantRef;
let world: BookingWorld;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('xd');
  world = await bookingWorld(service, tenant);
}, 120_000);
afterAll(() => service?.stop());

const as = (family: Family, now: () => Date = () => new Date()): Context =>
  service.contextOf(tenant, {
    actor: { kind: 'citizen', id: family.accountId, grants: [citizen(family.accountId)] },
    now,
  });

const peopleOf = (family: Family, count = family.personIds.length) =>
  family.personIds.slice(0, count).map(personId => ({ personId, products: [world.product] }));

const families = (count: number, size: number): Promise<Family[]> =>
  Promise.all(Array.from({ length: count }, () => world.family(size)));

const kinds = (answers: readonly object[]): Record<string, number> =>
  answers.reduce<Record<string, number>>((sum, answer) => {
    const kind = answer.constructor.name;
    return { ...sum, [kind]: (sum[kind] ?? 0) + 1 };
  }, {});

describe('the places of a session', () => {
  it('go to exactly as many people as there are places, however many ask at once', async () => {
    const facilityId = await world.facility();
    const sessionId = await world.session(facilityId, { any: 20 });
    const asking = await families(45, 1);

    const held = await Promise.all(
      asking.map(family =>
        service.app.get(HoldPlaces).run(as(family), { facilityId, sessionId, people: peopleOf(family) }),
      ),
    );
    const confirmed = await Promise.all(
      held.flatMap((answer, i) =>
        'appointments' in answer
          ? [
              service.app
                .get(ConfirmAppointment)
                .run(as(asking[i]!), { facilityId, bookingId: answer.id, idempotencyKey: newId() }),
            ]
          : [],
      ),
    );

    expect(kinds(held)).toEqual({ Booking: 20, SessionFull: 25 });
    expect(kinds(confirmed)).toEqual({ Booking: 20 });
    expect(await world.counts(sessionId)).toEqual({ any: { held: 0, booked: 20 } });
  }, 120_000);

  it('go to whole families or to none of them', async () => {
    const facilityId = await world.facility();
    const sessionId = await world.session(facilityId, { any: 10 });
    const asking = await families(8, 3);

    const held = await Promise.all(
      asking.map(family =>
        service.app.get(HoldPlaces).run(as(family), { facilityId, sessionId, people: peopleOf(family) }),
      ),
    );

    expect(kinds(held)).toEqual({ Booking: 3, SessionFull: 5 });
    expect(await world.counts(sessionId)).toEqual({ any: { held: 9, booked: 0 } });
  });

  it('of which one dose has none left are not taken for the other people of the family either', async () => {
    const facilityId = await world.facility();
    const sessionId = await world.session(facilityId, { 'dose-1': 5, 'dose-2': 0 });
    const family = await world.family(2);
    const people = peopleOf(family).map((person, i) => ({ ...person, doseNumber: i + 1 }));

    const answer = await service.app.get(HoldPlaces).run(as(family), { facilityId, sessionId, people });

    expect(answer.constructor.name).toBe('SessionFull');
    expect(await world.counts(sessionId)).toEqual({
      'dose-1': { held: 0, booked: 0 },
      'dose-2': { held: 0, booked: 0 },
    });
  });

  it('are not asked for one by one while there is no connection: nobody waits for the others', async () => {
    const facilityId = await world.facility();
    const sessionId = await world.session(facilityId, { any: 6 });
    const asking = await families(6, 1);
    const away = jest
      .spyOn(service.app.get(Database), 'write')
      .mockImplementation(() => Promise.reject(new Unavailable(new Error('away'))));

    const ends = await Promise.allSettled(
      asking.map(family =>
        service.app.get(HoldPlaces).run(as(family), { facilityId, sessionId, people: peopleOf(family) }),
      ),
    );
    const tries = away.mock.calls.length;
    away.mockRestore();

    expect(ends.map(end => end.status === 'rejected' && end.reason instanceof Unavailable)).toEqual(
      asking.map(() => true),
    );
    expect(tries).toBeLessThan(asking.length);
  });

  it('are those of whoever got one, though holds that ran out could not be ended for the others', async () => {
    const facilityId = await world.facility();
    const sessionId = await world.session(facilityId, { any: 3 });
    const asking = await families(5, 1);
    const broken = jest
      .spyOn(service.app.get(SweepExpiredHolds), 'run')
      .mockImplementation(() => Promise.reject(new Error('broken')));

    const ends = await Promise.allSettled(
      asking.map(family =>
        service.app.get(HoldPlaces).run(as(family), { facilityId, sessionId, people: peopleOf(family) }),
      ),
    );
    broken.mockRestore();

    expect(kinds(ends.flatMap(end => (end.status === 'fulfilled' ? [end.value] : [])))).toEqual({
      Booking: 3,
    });
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  });

  it('come back when something breaks after they were taken', async () => {
    const facilityId = await world.facility();
    const sessionId = await world.session(facilityId, { any: 3 });
    const family = await world.family(2);
    const hold = () =>
      service.app.get(HoldPlaces).run(as(family), { facilityId, sessionId, people: peopleOf(family) });
    const broken = jest
      .spyOn(service.app.get(AppointmentsStore), 'add')
      .mockRejectedValueOnce(new Error('broken'));

    const failing = hold();
    await expect(failing).rejects.toThrow('broken');
    const after = await world.counts(sessionId);
    const again = await hold();

    expect(broken).toHaveBeenCalledTimes(2);
    expect(after).toEqual({ any: { held: 0, booked: 0 } });
    expect(again.constructor.name).toBe('Booking');
  });

  it('stay held, to be confirmed again, when confirming them breaks', async () => {
    const facilityId = await world.facility();
    const sessionId = await world.session(facilityId, { any: 3 });
    const family = await world.family(2);
    const held = await service.app
      .get(HoldPlaces)
      .run(as(family), { facilityId, sessionId, people: peopleOf(family) });
    const input = { facilityId, bookingId: (held as { id: string }).id, idempotencyKey: newId() };
    jest.spyOn(service.app.get(Outbox), 'announce').mockImplementationOnce(() => {
      throw new Error('broken');
    });

    const failing = service.app.get(ConfirmAppointment).run(as(family), input);
    await expect(failing).rejects.toThrow('broken');
    const between = await world.counts(sessionId);
    const again = await service.app.get(ConfirmAppointment).run(as(family), input);

    expect(between).toEqual({ any: { held: 2, booked: 0 } });
    expect(again.constructor.name).toBe('Booking');
    expect(await world.counts(sessionId)).toEqual({ any: { held: 0, booked: 2 } });
  });
});

/** One thing that a family does; `who` and `where` are taken modulo what there is. */
const step = fc.record({
  what: fc.constantFrom(
    'hold',
    'hold',
    'book',
    'book',
    'confirm',
    'confirm',
    'cancel',
    'cancel-some',
    'expire',
    'move',
    'move',
  ),
  who: fc.nat(),
  where: fc.nat(),
});

describe('whatever people do at the same time', () => {
  it('no place is lost and none is given twice', async () => {
    process.stdout.write(`seed ${SEED} (repeat with TIKASETU_TEST_SEED=${SEED})\n`);
    const seen = new Map<string, number>();
    const property = fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 2, maxLength: 7 }), { minLength: 4, maxLength: 9 }),
      async rounds => runRounds(rounds, seen),
    );

    await fc.assert(property, { numRuns: 25, endOnFailure: true });

    process.stdout.write(`${JSON.stringify(Object.fromEntries(seen))}\n`);
    const always = ['hold Booking', 'book Booking', 'cancel Booking']; // whatever the seed; the rest is printed above
    expect([...seen.keys()]).toEqual(expect.arrayContaining(always));
    expect([...seen.keys()].some(way => way.endsWith('SessionFull'))).toBe(true);
  }, 240_000);
});

type Step = { what: string; who: number; where: number };

async function runRounds(rounds: readonly Step[][], seen: Map<string, number>): Promise<void> {
  const [here, there] = [await world.facility(), await world.facility()];
  const capacities = [4, 2, 3];
  const sessions = [
    { facilityId: here, sessionId: await world.session(here, { any: 4 }) },
    { facilityId: there, sessionId: await world.session(there, { any: 2 }) },
    { facilityId: here, sessionId: await world.session(here, { any: 3 }) },
  ];
  const everybody = await families(6, 2);
  const bookings = new Map<Family, { facilityId: string; id: string }>();
  let minutes = 0;
  const now = (): Date => new Date(Date.UTC(2099, 0, 1) + minutes * 60_000);

  const doing = async ({ what, who, where }: Step): Promise<object> => {
    const family = everybody[who % everybody.length]!;
    const session = sessions[where % sessions.length]!;
    const booking = bookings.get(family);
    const at = booking && { facilityId: booking.facilityId, bookingId: booking.id };
    const ctx = as(family, now);
    if (what === 'hold' || what === 'book') {
      const answer = await service.app
        .get(HoldPlaces)
        .run(ctx, { ...session, people: peopleOf(family, 1 + (where % 2)) });
      if (!('appointments' in answer)) return answer;
      bookings.set(family, { facilityId: session.facilityId, id: answer.id });
      if (what === 'hold') return answer;
      const bookingOf = { facilityId: session.facilityId, bookingId: answer.id };
      return service.app.get(ConfirmAppointment).run(ctx, { ...bookingOf, idempotencyKey: newId() });
    }
    if (what === 'expire') {
      minutes += 4;
      await service.app.get(SweepExpiredHolds).run(service.contextOf(tenant, { now }));
    }
    if (!at || what === 'expire') return {};
    if (what === 'confirm')
      return service.app.get(ConfirmAppointment).run(ctx, { ...at, idempotencyKey: newId() });
    if (what === 'cancel') return service.app.get(CancelAppointment).run(ctx, at);
    if (what === 'cancel-some')
      return service.app.get(CancelAppointment).run(ctx, { ...at, personIds: [family.personIds[0]!] });
    const to = { toFacilityId: session.facilityId, toSessionId: session.sessionId };
    const answer = await service.app
      .get(RescheduleAppointment)
      .run(ctx, { ...at, ...to, idempotencyKey: newId() });
    if ('appointments' in answer) bookings.set(family, { facilityId: session.facilityId, id: answer.id });
    return answer;
  };
  /** A step may come too late (its booking ended meanwhile): that is an answer, a broken counter is not. */
  const tried = async (each: Step): Promise<void> => {
    const ended = await doing(each).then(
      answer => answer.constructor.name,
      (error: { code?: string }) => {
        if (!['NOT_FOUND', 'CONFLICT', 'INVALID_INPUT'].includes(error.code ?? '')) throw error as Error;
        return error.code!;
      },
    );
    const what = `${each.what} ${ended}`;
    seen.set(what, (seen.get(what) ?? 0) + 1);
  };

  for (const round of rounds) {
    await Promise.all(round.map(tried));
    await expectSound(sessions, capacities);
  }

  minutes += 60;
  await service.app.get(SweepExpiredHolds).run(service.contextOf(tenant, { now }));
  for (const session of sessions) await cancelAll(session, now);
  for (const { sessionId } of sessions)
    expect(await world.counts(sessionId)).toEqual({ any: { held: 0, booked: 0 } });
}

/** The counters say what the appointments say, and nobody has two open ones for a vaccine. */
async function expectSound(
  sessions: readonly { sessionId: string }[],
  capacities: readonly number[],
): Promise<void> {
  const ids = sessions.map(({ sessionId }) => sessionId);
  const counted = await world.query<{ session_id: string; held: number; booked: number }>(
    `SELECT p.session_id, count(*) FILTER (WHERE a.state = 'HELD')::int AS held, count(*) FILTER (WHERE a.state = 'BOOKED')::int AS booked
     FROM session_places p LEFT JOIN appointment a ON a.session_id = p.session_id AND a.pool = p.pool
     WHERE p.session_id = ANY ($1) GROUP BY p.session_id`,
    [ids],
  );
  for (const { session_id, held, booked } of counted) {
    expect(await world.counts(session_id)).toEqual({ any: { held, booked } });
    expect(held + booked).toBeLessThanOrEqual(capacities[ids.indexOf(session_id)]!);
  }
  const claims = await world.query(
    `SELECT c.person_id FROM appointment_claim c JOIN appointment a ON a.id = c.appointment_id
     WHERE c.ended_at IS NULL AND a.state NOT IN ('HELD', 'BOOKED')`,
  );
  expect(claims).toEqual([]);
}

async function cancelAll(
  { facilityId, sessionId }: { facilityId: string; sessionId: string },
  now: () => Date,
): Promise<void> {
  const open = await world.query<{ booking_id: string; account_id: string }>(
    `SELECT DISTINCT booking_id, account_id FROM appointment WHERE session_id = $1 AND state IN ('HELD', 'BOOKED')`,
    [sessionId],
  );
  for (const { booking_id, account_id } of open)
    await service.app
      .get(CancelAppointment)
      .run(as({ accountId: account_id, token: '', personIds: [], phone: '' }, now), {
        facilityId,
        bookingId: booking_id,
      });
}
