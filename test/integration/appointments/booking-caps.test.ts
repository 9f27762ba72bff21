import { HoldPlaces } from '../../../src/appointments/booking/hold-places';
import { SweepExpiredHolds } from '../../../src/appointments/booking/sweep-expired-holds';
import { addTo, newId } from '../../../src/common';
import type { Context, TenantRef } from '../../../src/platform/context';
import { type BookingWorld, bookingWorld, citizen, type Family } from '../../harness/worlds/booking';
import { atFacility, country, testService, type TestService } from '../../harness/service';

let service: TestService;
let tenant: TenantRef;
let world: BookingWorld;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('xg');
  world = await bookingWorld(service, tenant);
}, 120_000);
afterAll(() => service?.stop());

const HOLD = `mutation ($input: HoldPlacesInput!) { answer: holdPlaces(input: $input) { __typename ... on Booking { id }
  ... on TooManyPlaces { on most message } ... on AlreadyBooked { bookingId } } }`;
const MOVE = `mutation ($input: RescheduleAppointmentInput!) { answer: rescheduleAppointment(input: $input) { __typename
  ... on TooManyPlaces { on most } } }`;

interface Place {
  facilityId: string;
  sessionId: string;
}

/** A session with so many places and these caps. */
async function capped(
  caps: { account?: number; device?: number; network?: number },
  places = 20,
): Promise<Place> {
  const facilityId = await world.facility();
  const sessionId = await world.session(facilityId, { any: places });
  await world.query(`UPDATE session SET cap_account = $2, cap_device = $3, cap_network = $4 WHERE id = $1`, [
    sessionId,
    caps.account ?? null,
    caps.device ?? null,
    caps.network ?? null,
  ]);
  return { facilityId, sessionId };
}

const answerOf = async (query: string, variables: Record<string, unknown>, token: string) => {
  const { data, errors } = await service.graphql(query, variables, { tenant: tenant.code, token });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer;
};
const people = (ids: readonly string[]) => ids.map(personId => ({ personId, products: [world.product] }));
const hold = (place: Place, ids: readonly string[], token: string, device?: string) =>
  answerOf(HOLD, { input: { ...place, people: people(ids), ...(device ? { device } : {}) } }, token);

/** A citizen as she comes from a network. */
const from = (address: string, { accountId }: Family): Context =>
  service.contextOf(tenant, {
    actor: { kind: 'citizen', id: accountId, grants: [citizen(accountId)] },
    address,
  });

const PHONE = 'phone-of-somebody-1';

describe('a session with caps', () => {
  it('gives an account as many places as it may have, and says which cap the next one would break', async () => {
    const place = await capped({ account: 2 });
    const [family, other] = [await world.family(3), await world.family(1)];
    const [first, second, third] = family.personIds as [string, string, string];

    const two = await hold(place, [first, second], family.token);
    const three = await hold(place, [third], family.token);
    const others = await hold(place, other.personIds, other.token);

    expect(two.__typename).toBe('Booking');
    expect(three).toMatchObject({ __typename: 'TooManyPlaces', on: 'ACCOUNT', most: 2 });
    expect(others.__typename).toBe('Booking');
  });

  it('tells whoever asks again of the place that she has, not of the cap that it fills', async () => {
    const place = await capped({ account: 1 });
    const family = await world.family(1);
    const { id } = await hold(place, family.personIds, family.token);

    const again = await hold(place, family.personIds, family.token);

    expect(again).toMatchObject({ __typename: 'AlreadyBooked', bookingId: id });
  });

  it('takes a family whole or not at all', async () => {
    const place = await capped({ account: 2 });
    const family = await world.family(3);

    const answer = await hold(place, family.personIds, family.token);

    expect(answer.__typename).toBe('TooManyPlaces');
    expect(await world.counts(place.sessionId)).toEqual({ any: { held: 0, booked: 0 } });
  });

  it('counts what is booked from one device, whatever accounts it is for', async () => {
    const place = await capped({ device: 1 });
    const [one, two, three] = [await world.family(1), await world.family(1), await world.family(1)];

    const first = await hold(place, one.personIds, one.token, PHONE);
    const second = await hold(place, two.personIds, two.token, PHONE);
    const third = await hold(place, three.personIds, three.token, 'phone-of-somebody-2');

    expect(first.__typename).toBe('Booking');
    expect(second).toMatchObject({ __typename: 'TooManyPlaces', on: 'DEVICE', most: 1 });
    expect(third.__typename).toBe('Booking');
  });

  it('counts what is booked from one network: a /24, a /48', async () => {
    const place = await capped({ network: 1 });
    const [one, two, three, four] = await Promise.all([1, 2, 3, 4].map(() => world.family(1)));
    const holdFrom = async (address: string, family: Family): Promise<string> =>
      (
        await service.app
          .get(HoldPlaces)
          .run(from(address, family), { ...place, people: people(family.personIds) })
      ).constructor.name;

    const answers = [
      await holdFrom('198.51.100.7', one!),
      await holdFrom('198.51.100.200', two!),
      await holdFrom('2001:db8:1:2::1', three!),
      await holdFrom('2001:db8:1:ffff::9', four!),
    ];

    expect(answers).toEqual(['Booking', 'TooManyPlaces', 'Booking', 'TooManyPlaces']);
  });

  it('gives exactly as many when all of them come at the same moment', async () => {
    const place = await capped({ account: 3 });
    const family = await world.family(9);

    const answers = await Promise.all(family.personIds.map(id => hold(place, [id], family.token)));

    const kinds = answers.map(({ __typename }) => __typename as string).sort();
    expect(kinds).toEqual([
      ...Array.from({ length: 3 }, () => 'Booking'),
      ...Array.from({ length: 6 }, () => 'TooManyPlaces'),
    ]);
    expect(await world.counts(place.sessionId)).toEqual({ any: { held: 3, booked: 0 } });
  });

  it('lets her take another when one was given back, or was not confirmed in time', async () => {
    const place = await capped({ account: 1 });
    const family = await world.family(3);
    const [first, second, third] = family.personIds as [string, string, string];
    const cancel = `mutation ($input: CancelAppointmentInput!) { answer: cancelAppointment(input: $input) { id } }`;

    const one = await hold(place, [first], family.token);
    await answerOf(cancel, { input: { facilityId: place.facilityId, bookingId: one.id } }, family.token);
    const two = await hold(place, [second], family.token);
    await world.query(
      `UPDATE appointment SET expires_at = now() - interval '1 second' WHERE booking_id = $1`,
      [two.id],
    );
    const three = await hold(place, [third], family.token);

    expect([one, two, three].map(({ __typename }) => __typename)).toEqual(['Booking', 'Booking', 'Booking']);
    await service.app.get(SweepExpiredHolds).run(service.contextOf(tenant));
    expect(await world.counts(place.sessionId)).toEqual({ any: { held: 1, booked: 0 } });
  });

  it('holds nobody to them who is helped', async () => {
    const place = await capped({ account: 1, device: 1, network: 1 });
    const helper = await service.tokenFor(tenant, [atFacility('registrar', place.facilityId)]);
    const families = [await world.family(1), await world.family(1)];

    const answers = [];
    for (const family of families) answers.push(await hold(place, family.personIds, helper, PHONE));

    expect(answers.map(({ __typename }) => __typename)).toEqual(['Booking', 'Booking']);
  });

  it('is not reached by moving there either', async () => {
    const [open, place] = [await capped({}), await capped({ account: 1 })];
    const family = await world.family(2);
    const confirm = `mutation ($input: ConfirmAppointmentInput!) { answer: confirmAppointment(input: $input) { __typename } }`;
    const moves = [];
    for (const id of family.personIds) {
      const { id: bookingId } = await hold(open, [id], family.token);
      const booking = { facilityId: open.facilityId, bookingId };
      await answerOf(confirm, { input: { ...booking, idempotencyKey: newId() } }, family.token);
      const to = { toFacilityId: place.facilityId, toSessionId: place.sessionId };
      moves.push(
        await answerOf(MOVE, { input: { ...booking, ...to, idempotencyKey: newId() } }, family.token),
      );
    }

    expect(moves).toMatchObject([
      { __typename: 'Booking' },
      { __typename: 'TooManyPlaces', on: 'ACCOUNT', most: 1 },
    ]);
    expect(await world.counts(open.sessionId)).toEqual({ any: { held: 0, booked: 1 } });
  });

  it('keeps no account, device or network, only tags that tell what is shared in it', async () => {
    const [place, other] = [await capped({ account: 5, device: 5 }), await capped({ account: 5, device: 5 })];
    const family = await world.family(2);
    const [first, second] = family.personIds as [string, string];
    await hold(place, [first], family.token, PHONE);
    await hold(other, [second], family.token, PHONE);

    const kept = await world.query<{ capped: string; tag: Buffer }>(
      `SELECT capped, tag FROM appointment_origin WHERE session_id = ANY ($1)`,
      [[place.sessionId, other.sessionId]],
    );

    expect(kept.map(({ capped: on }) => on).sort()).toEqual(['account', 'account', 'device', 'device']);
    expect(new Set(kept.map(({ tag }) => tag.toString('hex'))).size).toBe(4);
  });
});

it('caps are planned with a session, changed, and shown to everybody', async () => {
  const facilityId = await world.facility();
  const planner = await service.tokenFor(tenant, [country('facility-admin')]);
  const date = addTo(new Date().toISOString().slice(0, 10), '3 days');
  const plan = `mutation ($input: PlanSessionInput!) { answer: planSession(input: $input) { ... on Session { id
    caps { account device network } } } }`;
  const change = `mutation ($input: ChangeSessionInput!) { answer: changeSession(input: $input) { ... on Session {
    caps { account device network } } } }`;
  const look = `query ($input: AvailabilityInput!) { answer: availability(input: $input) { sessions { caps { account device network } } } }`;

  const planned = await answerOf(
    plan,
    {
      input: {
        facilityId,
        date,
        startTime: '08:00',
        endTime: '12:00',
        products: [world.product],
        capacity: [{ places: 5 }],
        walkInPlaces: 0,
        assistedPlaces: 0,
        caps: { account: 4, network: 100 },
      },
    },
    planner,
  );
  const shown = await answerOf(look, { input: { facilityId, from: date } }, planner);
  const changed = await answerOf(
    change,
    { input: { facilityId, sessionId: planned.id, caps: { device: 2 } } },
    planner,
  );

  expect(planned.caps).toEqual({ account: 4, device: null, network: 100 });
  expect(shown.sessions).toEqual([{ caps: planned.caps }]);
  expect(changed.caps).toEqual({ account: null, device: 2, network: null });
});
