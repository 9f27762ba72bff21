import { addTo, newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { type BookingWorld, bookingWorld, type Family } from '../../harness/worlds/booking';
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

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('xe');
  world = await bookingWorld(service, tenant);
}, 120_000);
afterAll(() => service?.stop());

const ask = (query: string, variables: object, token?: string, language?: string) =>
  service.graphql(query, variables as Record<string, unknown>, {
    tenant: tenant.code,
    ...(token ? { token } : {}),
    ...(language ? { language } : {}),
  });
const dataOf = (answer: GraphqlAnswer) => {
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
};
const codeOf = (answer: GraphqlAnswer) => answer.errors?.[0]?.extensions.code;

const BOOKING = `... on Booking { id facilityId appointments { id personId sessionId date state checkInCode expiresAt } }`;
const HOLD = `mutation ($input: HoldPlacesInput!) { answer: holdPlaces(input: $input) { __typename ${BOOKING}
  ... on Refusal { message } ... on SessionFull { alternatives { sessionId free } } ... on NotOpenYet { opensAt }
  ... on AlreadyBooked { personId bookingId } ... on TooYoungOrOld { personId minAge maxAge } } }`;
const CONFIRM = `mutation ($input: ConfirmAppointmentInput!) { answer: confirmAppointment(input: $input) { __typename ${BOOKING}
  ... on Refusal { message } } }`;
const MOVE = `mutation ($input: RescheduleAppointmentInput!) { answer: rescheduleAppointment(input: $input) { __typename ${BOOKING}
  ... on Refusal { message } } }`;
const CANCEL = `mutation ($input: CancelAppointmentInput!) { answer: cancelAppointment(input: $input) { id appointments { personId state } } }`;
const CHECK_IN = `mutation ($input: CheckInInput!) { answer: checkIn(input: $input) { __typename ... on Refusal { message }
  ... on Appointment { personId state checkInCode } ... on WrongCode { triesLeft } ... on NotToday { date } } }`;
const WALK_IN = `mutation ($input: AdmitWalkInInput!) { answer: admitWalkIn(input: $input) { __typename ... on Refusal { message }
  ... on Appointment { id personId state } } }`;

interface Place {
  facilityId: string;
  sessionId: string;
}

const placeWith = async (pools: Record<string, number>, more = {}): Promise<Place> => {
  const facilityId = await world.facility();
  return { facilityId, sessionId: await world.session(facilityId, pools, more) };
};
const today = (): string => new Date().toISOString().slice(0, 10);
const people = (family: Family) =>
  family.personIds.map(personId => ({ personId, products: [world.product] }));

const holding = async (family: Family, place: Place) =>
  dataOf(await ask(HOLD, { input: { ...place, people: people(family) } }, family.token)).answer;
const confirming = async (family: Family, facilityId: string, bookingId: string, idempotencyKey = newId()) =>
  dataOf(await ask(CONFIRM, { input: { facilityId, bookingId, idempotencyKey } }, family.token)).answer;
const booked = async (family: Family, place: Place) => {
  const { id } = await holding(family, place);
  return confirming(family, place.facilityId, id);
};
const staffAt = (facilityId: string, role = 'registrar') =>
  service.tokenFor(tenant, [atFacility(role, facilityId)]);

interface Offered {
  sessionId: string;
  free: number;
  walkInFree: number;
  bookable: boolean;
  opensAt: string;
  distanceKm: number | null;
}
const AVAILABILITY = `query ($input: AvailabilityInput!) { availability(input: $input) { asOf maxStalenessSeconds more
  sessions { sessionId free walkInFree bookable opensAt distanceKm facilityName } } }`;
const offered = async (input: object): Promise<Offered[]> =>
  dataOf(await ask(AVAILABILITY, { input: { from: '2099-05-04', ...input } })).availability.sessions;

describe('a family', () => {
  it('books in one call, each with a code of her own, and is told by message', async () => {
    const place = await placeWith({ any: 5 });
    const family = await world.family(3);

    const held = await holding(family, place);
    const key = newId();
    const first = await confirming(family, place.facilityId, held.id, key);
    const again = await confirming(family, place.facilityId, held.id, key);
    const otherKey = await confirming(family, place.facilityId, held.id);
    await world.factsCarried();
    const messages = await world.query<{ text: string }>(
      `SELECT text FROM sandbox_message WHERE receiver = $1`,
      [family.phone],
    );

    const codes: string[] = first.appointments.map((each: { checkInCode: string }) => each.checkInCode);
    expect(first.appointments.map((each: { state: string }) => each.state)).toEqual([
      'BOOKED',
      'BOOKED',
      'BOOKED',
    ]);
    expect(new Set(codes).size).toBe(3);
    expect(codes.every(code => /^[0-9A-HJKMNP-TV-Z]{6}$/.test(code))).toBe(true);
    expect(again).toEqual(first);
    expect(otherKey).toEqual(first);
    expect(messages).toHaveLength(1);
    expect(codes.every(code => messages[0]!.text.includes(code))).toBe(true);
    expect(await world.counts(place.sessionId)).toEqual({ any: { held: 0, booked: 3 } });
  });

  it('is told once, however often the same fact arrives', async () => {
    const place = await placeWith({ any: 1 });
    const family = await world.family(1);
    await booked(family, place);
    await world.factsCarried();
    await world.query(
      `UPDATE outbox_event SET delivered_at = NULL WHERE type = 'appointments.appointment-confirmed'`,
    );

    await world.factsCarried();

    const messages = await world.query(`SELECT 1 FROM sandbox_message WHERE receiver = $1`, [family.phone]);
    expect(messages).toHaveLength(1);
  });

  it('cancels for one of them, and the place is free for others at once', async () => {
    const place = await placeWith({ any: 2 });
    const [family, other] = [await world.family(2), await world.family(1)];
    const booking = await booked(family, place);
    const full = await holding(other, place);

    const cancelled = dataOf(
      await ask(
        CANCEL,
        { input: { facilityId: place.facilityId, bookingId: booking.id, personIds: [family.personIds[0]] } },
        family.token,
      ),
    ).answer;
    const now = await holding(other, place);

    const states = Object.fromEntries(
      cancelled.appointments.map((each: { personId: string; state: string }) => [each.personId, each.state]),
    );
    expect(full.__typename).toBe('SessionFull');
    expect(states).toEqual({ [family.personIds[0]!]: 'CANCELLED', [family.personIds[1]!]: 'BOOKED' });
    expect(now.__typename).toBe('Booking');
  });

  it('moves to another session with new codes, and the old places are free', async () => {
    const [from, to] = [await placeWith({ any: 2 }), await placeWith({ any: 2 })];
    const family = await world.family(2);
    const booking = await booked(family, from);
    const input = {
      facilityId: from.facilityId,
      bookingId: booking.id,
      toFacilityId: to.facilityId,
      toSessionId: to.sessionId,
      idempotencyKey: newId(),
    };

    const moved = dataOf(await ask(MOVE, { input }, family.token)).answer;
    const again = dataOf(await ask(MOVE, { input }, family.token)).answer;

    expect(moved).toMatchObject({ __typename: 'Booking', facilityId: to.facilityId });
    expect(again).toEqual(moved);
    expect(await world.counts(from.sessionId)).toEqual({ any: { held: 0, booked: 0 } });
    expect(await world.counts(to.sessionId)).toEqual({ any: { held: 0, booked: 2 } });
    const mine = dataOf(
      await ask(`{ myAppointments { sessionId state checkInCode } }`, {}, family.token),
    ).myAppointments;
    expect(mine.map((each: { sessionId: string }) => each.sessionId)).toEqual([to.sessionId, to.sessionId]);
    expect(mine[0].checkInCode).toHaveLength(6);
  });

  it('moves nobody when one of those named was moved before', async () => {
    const [from, to] = [await placeWith({ any: 2 }), await placeWith({ any: 2 })];
    const family = await world.family(2);
    const booking = await booked(family, from);
    const move = (personIds: readonly string[]) => ({
      facilityId: from.facilityId,
      bookingId: booking.id,
      personIds,
      toFacilityId: to.facilityId,
      toSessionId: to.sessionId,
      idempotencyKey: newId(),
    });
    await ask(MOVE, { input: move([family.personIds[0]!]) }, family.token);

    const both = await ask(MOVE, { input: move(family.personIds) }, family.token);

    expect(codeOf(both)).toBe('NOT_FOUND');
    expect(await world.counts(from.sessionId)).toEqual({ any: { held: 0, booked: 1 } });
    expect(await world.counts(to.sessionId)).toEqual({ any: { held: 0, booked: 1 } });
  });

  it('keeps its places when the other session is full', async () => {
    const [from, to] = [await placeWith({ any: 2 }), await placeWith({ any: 1 })];
    const family = await world.family(2);
    const booking = await booked(family, from);
    const input = {
      facilityId: from.facilityId,
      bookingId: booking.id,
      toFacilityId: to.facilityId,
      toSessionId: to.sessionId,
      idempotencyKey: newId(),
    };

    const answer = dataOf(await ask(MOVE, { input }, family.token)).answer;

    expect(answer.__typename).toBe('SessionFull');
    expect(await world.counts(from.sessionId)).toEqual({ any: { held: 0, booked: 2 } });
    expect(await world.counts(to.sessionId)).toEqual({ any: { held: 0, booked: 0 } });
  });

  it('cannot book for other people, nor see or end what others booked', async () => {
    const place = await placeWith({ any: 3 });
    const [family, stranger] = [await world.family(1), await world.family(1)];
    const booking = await booked(family, place);
    const bookingOf = { facilityId: place.facilityId, bookingId: booking.id };

    const codes = [
      codeOf(await ask(HOLD, { input: { ...place, people: people(family) } }, stranger.token)),
      codeOf(await ask(CANCEL, { input: bookingOf }, stranger.token)),
      codeOf(await ask(CONFIRM, { input: { ...bookingOf, idempotencyKey: newId() } }, stranger.token)),
      codeOf(
        await ask(CANCEL, { input: { facilityId: place.facilityId, bookingId: newId() } }, stranger.token),
      ),
    ];

    expect(codes).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  });
});

describe('a place is refused', () => {
  it('before the session opens, with the instant it does', async () => {
    const place = await placeWith({ any: 1 }, { opensAt: new Date('2098-12-01T06:00:00Z') });

    const answer = await holding(await world.family(1), place);

    expect(answer).toMatchObject({ __typename: 'NotOpenYet', opensAt: '2098-12-01T06:00:00.000Z' });
  });

  it('to whoever is of another age on that day', async () => {
    const place = await placeWith({ any: 5 }, { minAge: '6 weeks', maxAge: '12 months' });
    const babies = ['2099-04-30', '2099-03-23', '2098-05-05', '2098-05-04'];

    const answers = [];
    for (const born of babies) answers.push(await holding(await world.family(1, born), place));

    expect(answers.map(answer => answer.__typename)).toEqual([
      'TooYoungOrOld',
      'Booking',
      'Booking',
      'TooYoungOrOld',
    ]);
    expect(answers[0]).toMatchObject({ minAge: '6 weeks', maxAge: '12 months' });
  });

  it('to whoever has an open appointment for the vaccine, naming it', async () => {
    const [first, second] = [await placeWith({ any: 1 }), await placeWith({ any: 1 })];
    const family = await world.family(1);
    const booking = await booked(family, first);

    const answer = await holding(family, second);

    expect(answer).toMatchObject({
      __typename: 'AlreadyBooked',
      personId: family.personIds[0],
      bookingId: booking.id,
    });
    expect(await world.counts(second.sessionId)).toEqual({ any: { held: 0, booked: 0 } });
  });

  it('when it was not confirmed in time, and others get it', async () => {
    const place = await placeWith({ any: 1 });
    const [family, other] = [await world.family(1), await world.family(1)];
    const held = await holding(family, place);
    await world.query(
      `UPDATE appointment SET expires_at = now() - interval '1 second' WHERE booking_id = $1`,
      [held.id],
    );

    const late = await confirming(family, place.facilityId, held.id);
    const next = await booked(other, place);
    const later = await confirming(family, place.facilityId, held.id);

    expect(late.__typename).toBe('HoldExpired');
    expect(next.__typename).toBe('Booking');
    expect(later.__typename).toBe('HoldExpired');
  });

  it('when the session is full, with the next sessions that are not', async () => {
    const date = addTo(today(), '2 days');
    const place = await placeWith({ any: 1 }, { date });
    const next = await world.session(place.facilityId, { any: 3 }, { date: addTo(date, '1 day') });
    const tooSmall = await world.session(place.facilityId, { any: 1 }, { date: addTo(date, '1 day') });
    await booked(await world.family(1, '2020-01-01'), place);

    const answer = await holding(await world.family(2, '2020-01-01'), place);

    const alternatives = answer.alternatives.map((each: { sessionId: string }) => each.sessionId);
    expect(answer.__typename).toBe('SessionFull');
    expect(alternatives).toContain(next);
    expect(alternatives).not.toContain(tooSmall);
    expect(alternatives).not.toContain(place.sessionId);
  });

  it('for a product that the session does not give, or a dose it does not say', async () => {
    const place = await placeWith({ 'dose-1': 1 });
    const family = await world.family(1);
    const [personId] = family.personIds;

    const product = await ask(
      HOLD,
      { input: { ...place, people: [{ personId, products: ['no-such'] }] } },
      family.token,
    );
    const dose = await ask(HOLD, { input: { ...place, people: people(family) } }, family.token);

    expect([codeOf(product), codeOf(dose)]).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
  });
});

describe('places kept for assisted booking', () => {
  it('are taken first by people who are helped, then those of everybody; a citizen never gets them', async () => {
    const place = await placeWith({ any: 1, assisted: 1 });
    const [first, second, third] = [await world.family(1), await world.family(1), await world.family(1)];
    const helper = await staffAt(place.facilityId);
    const help = async (family: Family) =>
      dataOf(await ask(HOLD, { input: { ...place, people: people(family) } }, helper)).answer;

    const one = await help(first);
    const afterOne = await world.counts(place.sessionId);
    const two = await help(second);
    const own = await holding(third, place);

    expect([one.__typename, two.__typename, own.__typename]).toEqual(['Booking', 'Booking', 'SessionFull']);
    expect(afterOne).toEqual({ any: { held: 0, booked: 0 }, assisted: { held: 1, booked: 0 } });
  });
});

describe('availability', () => {
  it('is the same number by area, postal code, point and facility, whatever has been booked', async () => {
    const at = { latitude: 5.5, longitude: -0.2, postalCode: 'ZZ-5502' };
    const facilityId = await world.facility(at);
    const sessionId = await world.session(facilityId, { any: 9, 'walk-in': 2, assisted: 3 });
    const [{ area_id: areaId }] = (await world.query<{ area_id: string }>(
      `SELECT area_id FROM facility WHERE id = $1`,
      [facilityId],
    )) as [{ area_id: string }];
    await booked(await world.family(2), { facilityId, sessionId });
    await holding(await world.family(3), { facilityId, sessionId });

    const ways = await Promise.all([
      offered({ areaId }),
      offered({ postalCode: at.postalCode }),
      offered({ near: { latitude: at.latitude, longitude: at.longitude, km: 5 } }),
      offered({ facilityId }),
    ]);

    const found = ways.map(sessions => sessions.find(session => session.sessionId === sessionId));
    expect(found.map(session => session && [session.free, session.walkInFree, session.bookable])).toEqual([
      [4, 2, true],
      [4, 2, true],
      [4, 2, true],
      [4, 2, true],
    ]);
  });

  it('shows sessions that are full or not open yet, and says that they cannot be booked', async () => {
    const facilityId = await world.facility();
    const full = await world.session(facilityId, { any: 1 });
    const later = await world.session(facilityId, { any: 7 }, { opensAt: new Date('2099-01-01T00:00:00Z') });
    await booked(await world.family(1), { facilityId, sessionId: full });

    const sessions = await offered({ facilityId });

    const seen = Object.fromEntries(
      sessions.map(session => [session.sessionId, [session.free, session.bookable, session.opensAt]]),
    );
    expect(seen[full]).toEqual([0, false, '1970-01-01T00:00:00.000Z']);
    expect(seen[later]).toEqual([7, false, '2099-01-01T00:00:00.000Z']);
  });

  it('is only of sessions for that age, that product and that dose', async () => {
    const facilityId = await world.facility();
    const date = addTo(today(), '3 days');
    const babies = await world.session(facilityId, { 'dose-1': 4, 'dose-2': 2 }, { date, maxAge: '2 years' });
    const adults = await world.session(facilityId, { any: 5 }, { date, minAge: '18 years' });

    const forBaby = await offered({
      facilityId,
      from: date,
      age: '9 months',
      doseNumber: 2,
      product: world.product,
    });
    const forAdult = await offered({ facilityId, from: date, age: '40 years' });
    const other = await offered({ facilityId, from: date, product: 'no-such-product' });

    expect(forBaby.map(session => [session.sessionId, session.free])).toEqual([[babies, 2]]);
    expect(forAdult.map(session => session.sessionId)).toEqual([adults]);
    expect(other).toEqual([]);
  });

  it.each([
    ['nowhere in particular', {}],
    ['two places at once', { areaId: newId(), facilityId: newId() }],
    ['an age that is none', { facilityId: newId(), age: 'old' }],
    ['more than a week', { facilityId: newId(), days: 8 }],
  ])('is not told of %s', async (_, input) => {
    const answer = await ask(AVAILABILITY, { input: { from: '2099-05-04', ...input } });

    expect(codeOf(answer)).toBe('INVALID_INPUT');
  });
});

describe('somebody who comes', () => {
  it('is checked in by her code, which staff are never shown', async () => {
    const place = await placeWith({ any: 2 }, { date: today() });
    const family = await world.family(1, '2020-01-01');
    const booking = await booked(family, place);
    const code: string = booking.appointments[0].checkInCode;
    const staff = await staffAt(place.facilityId);
    const LIST = `query ($facilityId: ID!, $sessionId: ID!) { sessionAppointments(facilityId: $facilityId, sessionId: $sessionId) { items { personId state checkInCode } } }`;

    const list = dataOf(await ask(LIST, place, staff)).sessionAppointments.items;
    const answer = dataOf(
      await ask(CHECK_IN, { input: { ...place, code: ` ${code.toLowerCase()} ` } }, staff),
    ).answer;

    expect(list).toEqual([{ personId: family.personIds[0], state: 'BOOKED', checkInCode: null }]);
    expect(answer).toEqual({
      __typename: 'Appointment',
      personId: family.personIds[0],
      state: 'CHECKED_IN',
      checkInCode: null,
    });
  });

  it('is checked in once, though her code is sent again', async () => {
    const place = await placeWith({ any: 2 }, { date: today() });
    const booking = await booked(await world.family(1, '2020-01-01'), place);
    const staff = await staffAt(place.facilityId);
    const input = { ...place, code: booking.appointments[0].checkInCode };
    const first = dataOf(await ask(CHECK_IN, { input }, staff)).answer;

    const again = dataOf(await ask(CHECK_IN, { input }, staff)).answer;

    expect(first.state).toBe('CHECKED_IN');
    expect(again).toEqual(first);
    expect(await world.query(`SELECT FROM check_in_miss WHERE session_id = $1`, [place.sessionId])).toEqual(
      [],
    );
  });

  it('cannot be guessed: after ten wrong codes the right one does not work either', async () => {
    const place = await placeWith({ any: 2 }, { date: today() });
    const booking = await booked(await world.family(1, '2020-01-01'), place);
    const staff = await staffAt(place.facilityId);
    const tryCode = async (code: string) =>
      dataOf(await ask(CHECK_IN, { input: { ...place, code } }, staff)).answer;

    const left: number[] = [];
    for (let i = 0; i < 10; i++) left.push((await tryCode(`00000${i}`)).triesLeft);
    const right = await tryCode(booking.appointments[0].checkInCode);

    expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(right).toMatchObject({ __typename: 'WrongCode', triesLeft: 0 });
  });

  it('without her code is checked in by name with a reason, and that is on record', async () => {
    const place = await placeWith({ any: 2 }, { date: today() });
    const family = await world.family(1, '2020-01-01');
    await booked(family, place);
    const staff = await staffAt(place.facilityId);
    const [personId] = family.personIds;

    const silent = await ask(CHECK_IN, { input: { ...place, personId } }, staff);
    const answer = dataOf(
      await ask(CHECK_IN, { input: { ...place, personId, overrideReason: 'Phone lost' } }, staff),
    ).answer;
    const audit = await world.query(
      `SELECT action FROM audit_entry WHERE person_id = $1 AND action = 'appointment.check-in-override'`,
      [personId],
    );

    expect(codeOf(silent)).toBe('INVALID_INPUT');
    expect(answer.state).toBe('CHECKED_IN');
    expect(audit).toHaveLength(1);
  });

  it('on another day is told which day', async () => {
    const place = await placeWith({ any: 1 });

    const answer = dataOf(
      await ask(CHECK_IN, { input: { ...place, code: 'ABC123' } }, await staffAt(place.facilityId)),
    ).answer;

    expect(answer).toMatchObject({ __typename: 'NotToday', date: '2099-05-04' });
  });

  it('without an appointment gets a place kept for her, then one nobody booked, then none', async () => {
    const place = await placeWith({ any: 1, 'walk-in': 1 }, { date: today() });
    const staff = await staffAt(place.facilityId);
    const comes = async (family: Family) =>
      dataOf(await ask(WALK_IN, { input: { ...place, person: people(family)[0] } }, staff)).answer;
    const families = [
      await world.family(1, '2020-01-01'),
      await world.family(1, '2020-01-01'),
      await world.family(1, '2020-01-01'),
    ];

    const first = await comes(families[0]!);
    const afterFirst = await world.counts(place.sessionId);
    const twice = await comes(families[0]!);
    const [second, third] = [await comes(families[1]!), await comes(families[2]!)];

    expect(afterFirst).toEqual({ any: { held: 0, booked: 0 }, 'walk-in': { held: 0, booked: 1 } });
    expect(twice).toEqual(first);
    expect([second.__typename, third.__typename]).toEqual(['Appointment', 'SessionFull']);
  });
});

describe('when a session is cancelled', () => {
  it('nobody can take a place any more, everybody is told and may book elsewhere', async () => {
    const [place, other] = [await placeWith({ any: 3 }), await placeWith({ any: 1 })];
    const [family, waiting] = [await world.family(1), await world.family(1)];
    await booked(family, place);
    const held = await holding(waiting, place);
    const admin = await service.tokenFor(tenant, [country('district-manager')]);

    await ask(
      `mutation ($input: EndSessionInput!) { cancelSession(input: $input) { state } }`,
      { input: { ...place, reason: 'No vaccine' } },
      admin,
    );
    const late = await confirming(waiting, place.facilityId, held.id);
    await world.factsCarried();
    await service.runJobs();
    await world.factsCarried();
    const elsewhere = await holding(family, other);
    const messages = await world.query<{ text: string }>(
      `SELECT text FROM sandbox_message WHERE receiver = $1 ORDER BY id`,
      [family.phone],
    );

    expect(late.__typename).toBe('SessionCancelled');
    expect(await world.counts(place.sessionId)).toEqual({ any: { held: 0, booked: 0 } });
    expect(elsewhere.__typename).toBe('Booking');
    expect(messages.at(-1)!.text).toContain('will not be held');
  });
});
