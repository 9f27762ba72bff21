import fc from 'fast-check';
import { PlaceWaiting } from '../../../src/appointments/relocation/place-waiting';
import { RelocationStore } from '../../../src/appointments/relocation/relocation.store';
import { SweepExpiredHolds } from '../../../src/appointments/booking/sweep-expired-holds';
import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { type BookingWorld, bookingWorld, type Family } from '../../harness/worlds/booking';
import { SEED } from '../../harness/run/seed';
import {
  atFacility,
  country,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';

let service: TestService;
let tenant: TenantRef;
let world: BookingWorld;
let manager: string;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('xf');
  world = await bookingWorld(service, tenant);
  manager = await service.tokenFor(tenant, [country('district-manager')]);
}, 120_000);
afterAll(() => service?.stop());

const COUNTS = `id finished toMove moved waiting offered over because`;
const RELOCATE = `mutation ($input: RelocateAppointmentsInput!) { answer: relocateAppointments(input: $input) { ${COUNTS} } }`;
const PREVIEW = `query ($input: RelocationPreviewInput!) { answer: relocationPreview(input: $input) { staying moved waiting
  targets { sessionId people } } }`;
const READ = `query ($facilityId: ID!, $id: ID!) { answer: relocation(facilityId: $facilityId, id: $id) { ${COUNTS} } }`;
const HOLD = `mutation ($input: HoldPlacesInput!) { answer: holdPlaces(input: $input) { __typename ... on Booking { id } } }`;
const CONFIRM = `mutation ($input: ConfirmAppointmentInput!) { answer: confirmAppointment(input: $input) { __typename } }`;

const ask = (query: string, variables: object, token: string): Promise<GraphqlAnswer> =>
  service.graphql(query, variables as Record<string, unknown>, { tenant: tenant.code, token });
const answerOf = async (query: string, variables: object, token: string) => {
  const { data, errors } = await ask(query, variables, token);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer;
};

interface Place {
  facilityId: string;
  sessionId: string;
}

const holding = (family: Family, place: Place, doseNumber: number | null = null) => {
  const people = family.personIds.map(personId => ({ personId, products: [world.product], doseNumber }));
  return answerOf(HOLD, { input: { ...place, people } }, family.token);
};
const booking = async (
  place: Place,
  { size = 1, doseNumber = null as number | null, by = null as string | null } = {},
): Promise<Family> => {
  const family = await world.family(size);
  const who = by ? { ...family, token: by } : family;
  const held = await holding(who, place, doseNumber);
  const input = { facilityId: place.facilityId, bookingId: held.id, idempotencyKey: newId() };
  await answerOf(CONFIRM, { input }, who.token);
  return family;
};

const relocate = (input: object, token = manager) =>
  answerOf(RELOCATE, { input: { reason: 'Cold chain failed', idempotencyKey: newId(), ...input } }, token);
const orderOf = (facilityId: string, id: string) => answerOf(READ, { facilityId, id }, manager);

/** Where these people have a place now, by session. */
const placesOf = async (family: Family): Promise<Record<string, string>[]> =>
  world.query(
    `SELECT session_id AS "sessionId", pool, state, booking_id AS "bookingId" FROM appointment
     WHERE person_id = ANY ($1) AND state IN ('HELD', 'BOOKED') ORDER BY id`,
    [family.personIds],
  );
const messagesTo = async (family: Family): Promise<string[]> =>
  (
    await world.query<{ text: string }>(`SELECT text FROM sandbox_message WHERE receiver = $1 ORDER BY id`, [
      family.phone,
    ])
  ).map(({ text }) => text);
const placeWaiting = (): Promise<void> => service.app.get(PlaceWaiting).run(service.contextOf(tenant));

const BEFORE = '2099-05-03';
const DAY = '2099-05-04';
const AFTER = '2099-05-06';

/** A facility with a session of that day. */
async function scene(pools: Record<string, number>, more = {}): Promise<Place> {
  const facilityId = await world.facility();
  return { facilityId, sessionId: await world.session(facilityId, pools, { date: DAY, ...more }) };
}

describe('appointments that cannot be kept', () => {
  it('are moved, family by family, to the first session that has places and is not earlier', async () => {
    const from = await scene({ any: 10 });
    const { facilityId } = from;
    await world.session(facilityId, { any: 10 }, { date: BEFORE });
    const small = await world.session(facilityId, { any: 2 }, { date: DAY });
    const large = await world.session(facilityId, { any: 5 }, { date: AFTER });
    const [one, three, next] = [await booking(from), await booking(from, { size: 3 }), await booking(from)];
    await world.query(`UPDATE appointment SET language = 'fr' WHERE person_id = ANY ($1)`, [next.personIds]);

    const ordered = await relocate({ facilityId, sessionIds: [from.sessionId] });
    await service.runJobs();
    await world.factsCarried();

    expect(ordered).toMatchObject({ because: 'STOCK_FAILED', moved: 0 });
    expect(await orderOf(facilityId, ordered.id)).toMatchObject({ finished: true, moved: 5, waiting: 0 });
    const sessionsOf = async (family: Family) => (await placesOf(family)).map(({ sessionId }) => sessionId);
    expect(await sessionsOf(one)).toEqual([small]);
    expect(await sessionsOf(three)).toEqual([large, large, large]);
    expect(await sessionsOf(next)).toEqual([small]);
    expect(await world.counts(from.sessionId)).toEqual({ any: { held: 0, booked: 0 } });
    expect(await world.counts(small)).toEqual({ any: { held: 0, booked: 2 } });
    expect((await messagesTo(three)).at(-1)).toMatch(
      /cannot be kept.*(?:[0-9A-HJKMNP-TV-Z]{6}, ){2}[0-9A-HJKMNP-TV-Z]{6}/,
    );
    expect((await messagesTo(next)).at(-1)).toContain('ne peut pas avoir lieu');
  });

  it('keep the sort of place that they had: its dose, and the one for people who are helped', async () => {
    const from = await scene({ 'dose-1': 2, 'dose-2': 2, assisted: 1 });
    const { facilityId } = from;
    const to = await world.session(facilityId, { 'dose-1': 1, 'dose-2': 1, assisted: 1 }, { date: AFTER });
    const helper = await service.tokenFor(tenant, [atFacility('registrar', facilityId)]);
    const first = await booking(from, { doseNumber: 1 });
    const second = await booking(from, { doseNumber: 2 });
    const helped = await booking(from, { doseNumber: 1, by: helper });

    await relocate({ facilityId, sessionIds: [from.sessionId], to: [{ facilityId, sessionId: to }] });
    await service.runJobs();

    const poolsOf = async (family: Family) => (await placesOf(family)).map(({ pool }) => pool);
    expect([await poolsOf(first), await poolsOf(second), await poolsOf(helped)]).toEqual([
      ['dose-1'],
      ['dose-2'],
      ['assisted'],
    ]);
    expect(await world.counts(to)).toEqual({
      assisted: { held: 0, booked: 1 },
      'dose-1': { held: 0, booked: 1 },
      'dose-2': { held: 0, booked: 1 },
    });
  });

  it('stay for as many as there is enough for: later doses first, then who booked first', async () => {
    const from = await scene({ 'dose-1': 5, 'dose-2': 5 });
    const { facilityId } = from;
    const [early, late] = [await booking(from, { doseNumber: 1 }), await booking(from, { doseNumber: 1 })];
    const second = await booking(from, { doseNumber: 2 });

    const ordered = await relocate({ facilityId, sessionIds: [from.sessionId], keep: 2, to: [] });
    await service.runJobs();

    expect(await orderOf(facilityId, ordered.id)).toMatchObject({ moved: 0, waiting: 1 });
    const kept = await Promise.all(
      [early, late, second].map(async family => (await placesOf(family)).length),
    );
    expect(kept).toEqual([1, 0, 1]);
  });

  it('are counted beforehand as they are then moved', async () => {
    const from = await scene({ any: 9 });
    const { facilityId } = from;
    const [first, second] = [
      await world.session(facilityId, { any: 2 }, { date: DAY }),
      await world.session(facilityId, { any: 3 }, { date: AFTER }),
    ];
    for (const size of [1, 2, 2, 1, 2]) await booking(from, { size });
    const input = { facilityId, sessionIds: [from.sessionId], keep: 1 };

    const preview = await answerOf(PREVIEW, { input }, manager);
    const { id } = await relocate(input);
    await service.runJobs();

    expect(preview).toEqual({
      staying: 1,
      moved: 5,
      waiting: 2,
      targets: [
        { sessionId: first, people: 2 },
        { sessionId: second, people: 3 },
      ],
    });
    expect(await orderOf(facilityId, id)).toMatchObject({ moved: 5, waiting: 2 });
    expect(await world.counts(first)).toEqual({ any: { held: 0, booked: 2 } });
    expect(await world.counts(second)).toEqual({ any: { held: 0, booked: 3 } });
  });

  it('are moved once, however often it is asked', async () => {
    const from = await scene({ any: 2 });
    const { facilityId } = from;
    const to = await world.session(facilityId, { any: 2 }, { date: AFTER });
    await booking(from);
    const input = {
      facilityId,
      sessionIds: [from.sessionId],
      reason: 'Lot recalled',
      idempotencyKey: newId(),
    };

    const orders = [await relocate(input), await relocate(input)];
    await service.runJobs();
    await service.runJobs();

    expect(orders[1].id).toBe(orders[0].id);
    expect(await world.counts(to)).toEqual({ any: { held: 0, booked: 1 } });
  });

  it('cannot be booked any more in the sessions, and a hold there is not confirmed', async () => {
    const from = await scene({ any: 3 });
    const undecided = await world.family(1);
    const held = await holding(undecided, from);
    const { id } = await relocate({ facilityId: from.facilityId, sessionIds: [from.sessionId], to: [] });
    await service.runJobs();

    const input = { facilityId: from.facilityId, bookingId: held.id, idempotencyKey: newId() };
    const late = await ask(CONFIRM, { input }, undecided.token);
    const next = await holding(await world.family(1), from);

    expect(late.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(next.__typename).toBe('SessionOver');
    expect(await orderOf(from.facilityId, id)).toMatchObject({ waiting: 0, over: 1 });
    await world.factsCarried();
    expect(await messagesTo(undecided)).toEqual([]);
  });

  it.each([
    ['a session that is not there', () => newId(), 'NOT_FOUND'],
    ['one of those that are given up', (from: Place) => from.sessionId, 'INVALID_INPUT'],
  ])('are not moved to %s', async (_, which, code) => {
    const from = await scene({ any: 1 });
    const to = [{ facilityId: from.facilityId, sessionId: which(from) }];

    const { errors } = await ask(
      RELOCATE,
      {
        input: {
          facilityId: from.facilityId,
          sessionIds: [from.sessionId],
          to,
          reason: 'Why',
          idempotencyKey: newId(),
        },
      },
      manager,
    );

    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(await world.query(`SELECT state FROM session WHERE id = $1`, [from.sessionId])).toEqual([
      { state: 'PLANNED' },
    ]);
  });
});

describe('whoever lost her place', () => {
  it('is kept the first that comes, before the public can book it, and told', async () => {
    const from = await scene({ any: 1 });
    const { facilityId } = from;
    const family = await booking(from);
    const { id } = await relocate({ facilityId, sessionIds: [from.sessionId], to: [] });
    await service.runJobs();
    await world.factsCarried();
    await placeWaiting();
    const waited = await orderOf(facilityId, id);
    const soon = new Date('2099-05-01T06:00:00Z');
    const next = await world.session(facilityId, { any: 1 }, { date: AFTER, opensAt: soon });

    await placeWaiting();
    await placeWaiting();
    await world.factsCarried();

    expect(waited).toMatchObject({ waiting: 1, offered: 0 });
    expect(await placesOf(family)).toMatchObject([{ sessionId: next, state: 'HELD' }]);
    expect(await orderOf(facilityId, id)).toMatchObject({ waiting: 0, offered: 1 });
    const [lost, kept] = (await messagesTo(family)).slice(-2);
    expect(lost).toContain('You come first');
    expect(kept).toContain('is kept at');
    const [{ bookingId }] = (await placesOf(family)) as [{ bookingId: string }];
    const input = { facilityId, bookingId, idempotencyKey: newId() };
    expect((await answerOf(CONFIRM, { input }, family.token)).__typename).toBe('Booking');
  });

  it('waits no more when she has found another herself', async () => {
    const from = await scene({ any: 1 });
    const elsewhere = await scene({ any: 1 });
    const family = await booking(from);
    const { id } = await relocate({ facilityId: from.facilityId, sessionIds: [from.sessionId], to: [] });
    await service.runJobs();
    await holding(family, elsewhere);
    await world.session(from.facilityId, { any: 1 }, { date: AFTER });

    await placeWaiting();

    expect(await orderOf(from.facilityId, id)).toMatchObject({ waiting: 0, offered: 0, over: 1 });
    expect(await placesOf(family)).toMatchObject([{ sessionId: elsewhere.sessionId }]);
  });

  it('waits too when the session was cancelled, and is given a place at once when nobody can ask her', async () => {
    const from = await scene({ any: 1, assisted: 1 });
    const { facilityId } = from;
    const helper = await service.tokenFor(tenant, [atFacility('registrar', facilityId)]);
    const [own, helped] = [await booking(from), await booking(from, { by: helper })];
    const cancel = `mutation ($input: EndSessionInput!) { answer: cancelSession(input: $input) { state } }`;
    await answerOf(cancel, { input: { ...from, reason: 'Flood' } }, manager);
    await world.factsCarried();
    await service.runJobs();
    await world.session(facilityId, { any: 1, assisted: 1 }, { date: AFTER });

    await placeWaiting();

    expect(await placesOf(own)).toMatchObject([{ state: 'HELD', pool: 'any' }]);
    expect(await placesOf(helped)).toMatchObject([{ state: 'BOOKED', pool: 'assisted' }]);
  });
});

describe('a job that dies between its slices', () => {
  it('goes on where it was: everybody has one place or waits, and no place is lost', async () => {
    const from = await scene({ any: 200 });
    const { facilityId } = from;
    const to = await world.session(facilityId, { any: 70 }, { date: AFTER });
    const many = await world.family(60);
    await world.query(`UPDATE session_places SET booked = 60 WHERE session_id = $1`, [from.sessionId]);
    await world.query(
      `INSERT INTO appointment (facility_id, id, booking_id, session_id, pool, person_id, products, vaccines, made, account_id,
         state, created_at, changed_at)
       SELECT $1, uuidv7(), uuidv7(), $2, 'any', p, ARRAY[$3], ARRAY['V'], 'OWN', $4, 'BOOKED', now(), now()
       FROM unnest($5::uuid[]) p`,
      [facilityId, from.sessionId, world.product, many.accountId, many.personIds],
    );
    const { id } = await relocate({ facilityId, sessionIds: [from.sessionId] });
    const store = service.app.get(RelocationStore);
    const settle = store.settle.bind(store);
    let died = false;
    const dying = jest.spyOn(store, 'settle').mockImplementation(async (work, rows) => {
      if (died || !rows.some(({ relocationId }) => relocationId === id)) return settle(work, rows);
      died = true;
      throw new Error('killed');
    });

    await service.runJobs();
    const between = await world.counts(to);
    await world.query(`UPDATE job_part SET next_slice_at = now() WHERE job_id = $1`, [id]);
    await service.runJobs();

    expect(between).toEqual({ any: { held: 0, booked: 0 } });
    expect(await orderOf(facilityId, id)).toMatchObject({ finished: true, moved: 60, waiting: 0 });
    expect(await world.counts(to)).toEqual({ any: { held: 0, booked: 60 } });
    expect(await world.counts(from.sessionId)).toEqual({ any: { held: 0, booked: 0 } });
    dying.mockRestore();
  });
});

describe('whatever people do while appointments are moved', () => {
  it('the counters say what the appointments say, and nobody has two', async () => {
    process.stdout.write(`seed ${SEED} (repeat with TIKASETU_TEST_SEED=${SEED})\n`);
    const draws = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 6 }),
      places: fc.integer({ min: 0, max: 8 }),
      keep: fc.integer({ min: 0, max: 3 }),
      meanwhile: fc.array(fc.constantFrom('cancel', 'take', 'sweep', 'place'), {
        minLength: 1,
        maxLength: 4,
      }),
    });
    const property = fc.asyncProperty(draws, async ({ sizes, places, keep, meanwhile }) => {
      const from = await scene({ any: 20 });
      const { facilityId } = from;
      const to = await world.session(facilityId, { any: places }, { date: AFTER });
      const families: Family[] = [];
      for (const size of sizes) families.push(await booking(from, { size }));
      const { id } = await relocate({ facilityId, sessionIds: [from.sessionId], keep });

      const doing: Record<string, () => Promise<unknown>> = {
        cancel: async () => {
          const [{ bookingId }] = (await placesOf(families[0]!)) as [{ bookingId: string }];
          const cancel = `mutation ($input: CancelAppointmentInput!) { answer: cancelAppointment(input: $input) { id } }`;
          return ask(cancel, { input: { facilityId, bookingId } }, families[0]!.token);
        },
        take: async () => holding(await world.family(1), { facilityId, sessionId: to }),
        sweep: () => service.app.get(SweepExpiredHolds).run(service.contextOf(tenant)),
        place: () => placeWaiting().catch(() => undefined),
      };
      await Promise.all([service.runJobs(), ...meanwhile.map(what => doing[what]!().catch(() => undefined))]);
      await world.query(`UPDATE job_part SET next_slice_at = now() WHERE job_id = $1`, [id]);
      await service.runJobs();

      const counted = await world.query<Record<string, unknown>>(
        `SELECT p.session_id, p.held = count(*) FILTER (WHERE a.state = 'HELD')
                AND p.booked = count(*) FILTER (WHERE a.state = 'BOOKED') AS sound
         FROM session_places p LEFT JOIN appointment a ON a.session_id = p.session_id AND a.pool = p.pool
         WHERE p.facility_id = $1 GROUP BY p.session_id, p.held, p.booked`,
        [facilityId],
      );
      expect(counted.map(({ sound }) => sound)).toEqual([true, true]);
      for (const family of families)
        expect((await placesOf(family)).length).toBeLessThanOrEqual(family.personIds.length);
      expect(await orderOf(facilityId, id)).toMatchObject({ finished: true, toMove: 0 });
    });

    await fc.assert(property, { numRuns: 12, endOnFailure: true });
  }, 240_000);
});
