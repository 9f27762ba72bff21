import { TellWatchers } from '../../../src/appointments/allocation/alerts/tell-watchers';
import { WaitToBook } from '../../../src/appointments/allocation/waiting-room/wait-to-book';
import { newId } from '../../../src/common';
import type { Context, TenantRef } from '../../../src/platform/context';
import { type BookingWorld, bookingWorld, citizen, type Family } from '../../harness/worlds/booking';
import { country, type TestService, testService } from '../../harness/service';

let service: TestService;
let tenant: TenantRef;
let world: BookingWorld;
let planner: string;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('aa');
  world = await bookingWorld(service, tenant);
  planner = await service.tokenFor(tenant, [country('programme-admin')]);
});
afterAll(() => service.stop());

const ask = async (token: string, query: string, variables: Record<string, unknown> = {}) => {
  const answer = await service.graphql(query, variables, { tenant: tenant.code, token, purpose: 'test' });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
};
const families = (count: number): Promise<Family[]> =>
  Promise.all(Array.from({ length: count }, () => world.family(1)));

describe('the waiting room', () => {
  const PACE = `mutation($input: PaceBookingInput!) { paceBooking(input: $input) { open } }`;
  const pace = (perMinute: number, burst: number) => ask(planner, PACE, { input: { perMinute, burst } });
  const openDoors = () => ask(planner, PACE, { input: {} });
  afterEach(openDoors);

  const hold = async (family: Family, at: { facilityId: string; sessionId: string }) =>
    (
      await ask(
        family.token,
        `mutation($input: HoldPlacesInput!) { holdPlaces(input: $input) { __typename
           ... on WaitYourTurn { message waitingRoom { open position ahead etaMinutes } } } }`,
        { input: { ...at, people: [{ personId: family.personIds[0], products: [world.product] }] } },
      )
    ).holdPlaces;
  const place = async () => {
    const facilityId = await world.facility();
    return { facilityId, sessionId: await world.session(facilityId, { any: 10 }) };
  };

  test('lets in as many as the pace allows; the others learn where they are, instead of an error', async () => {
    await pace(1, 2);
    const at = await place();
    const answers = [];
    for (const family of await families(4)) answers.push(await hold(family, at));
    expect(answers.map(({ __typename }) => __typename)).toEqual([
      'Booking',
      'Booking',
      'WaitYourTurn',
      'WaitYourTurn',
    ]);
    expect(answers.slice(2).map(({ waitingRoom }) => waitingRoom)).toEqual([
      { open: true, position: 1, ahead: 0, etaMinutes: 1 },
      { open: true, position: 2, ahead: 1, etaMinutes: 2 },
    ]);
  });

  test('takes no pace at which nobody would ever come in', async () => {
    await expect(pace(0, 1)).rejects.toThrow('INVALID_INPUT');
    await expect(pace(1, -5)).rejects.toThrow('INVALID_INPUT');
  });

  test('asking again gains nothing and loses nothing', async () => {
    await pace(1, 1);
    const at = await place();
    const [first, second, third] = await families(3);
    for (const family of [first!, second!, third!, second!, second!]) await hold(family, at);
    const { waitingRoom } = await ask(third!.token, `{ waitingRoom { position ahead } }`);
    expect(waitingRoom).toEqual({ position: 2, ahead: 1 });
  });

  test('lets in whose turn has come, and nobody before', async () => {
    await pace(60, 1);
    const people = await families(3);
    const came: string[] = [];
    const arrive = async (family: Family, seconds: number): Promise<void> => {
      const ctx: Context = service.contextOf(tenant, {
        actor: { kind: 'citizen', id: family.accountId, grants: [citizen(family.accountId)] },
        now: () => new Date(start + seconds * 1000),
      });
      await service.app
        .get(WaitToBook)
        .before(ctx, async () => came.push(`${people.indexOf(family)} at ${seconds}`));
    };
    const start = Date.now() + 60_000;
    for (const family of people) await arrive(family, 0);
    for (const seconds of [0.9, 1.1, 1.9, 2.1])
      for (const family of people.slice(1)) await arrive(family, seconds);
    expect(came).toEqual(['0 at 0', '1 at 1.1', '1 at 1.9', '1 at 2.1', '2 at 2.1']);
  });

  test('of many at one moment lets in no more than the bucket holds', async () => {
    await pace(1, 3);
    const at = await place();
    const answers = await Promise.all((await families(10)).map(family => hold(family, at)));
    expect(answers.filter(({ __typename }) => __typename === 'Booking')).toHaveLength(3);
    const positions = answers.flatMap(({ waitingRoom }) => waitingRoom?.position ?? []);
    expect(positions.sort((a: number, b: number) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('is not for staff, and is gone when nobody need wait', async () => {
    await pace(1, 1);
    const at = await place();
    const [first, second] = await families(2);
    await hold(first!, at);
    const helper = await service.tokenFor(tenant, [country('registrar')]);
    expect(await hold({ ...second!, token: helper }, at)).toEqual({ __typename: 'Booking' });
    await openDoors();
    const { waitingRoom } = await ask(second!.token, `{ waitingRoom { open position } }`);
    expect(waitingRoom).toEqual({ open: false, position: 0 });
  });
});

describe('an alert of places', () => {
  const WATCH = `mutation($input: WatchPlacesInput!) { watchPlaces(input: $input) { __typename ... on PlaceAlert { id } ... on TooManyAlerts { most } } }`;
  const watch = async (family: Family, input: Record<string, unknown>) =>
    (await ask(family.token, WATCH, { input })).watchPlaces;
  const look = async (): Promise<void> => {
    await service.app.get(TellWatchers).run(service.contextOf(tenant));
    await service.carryFacts();
  };
  const toldTo = async (people: readonly Family[]): Promise<number[]> => {
    const rows = await world.query<{ receiver: string }>(`SELECT receiver FROM sandbox_message`);
    return people.map(({ phone }) => rows.filter(({ receiver }) => receiver === phone).length);
  };
  const areas = (): Promise<{ id: string }[]> =>
    world.query(`SELECT id FROM area WHERE parent_id IS NULL ORDER BY code LIMIT 2`);
  const facilityIn = async (areaId: string): Promise<string> => {
    const facilityId = await world.facility();
    await world.query(`UPDATE facility SET area_id = $2 WHERE id = $1`, [facilityId, areaId]);
    return facilityId;
  };

  test('comes once a session, to who asked about the area, the vaccine and the age', async () => {
    await look(); // whatever other tests have opened
    const [here, there] = await areas();
    const [vaccine] = await world.query<{ vaccine: string }>(`SELECT vaccine FROM product WHERE code = $1`, [
      world.product,
    ]);
    const [other] = await world.query<{ vaccine: string }>(
      `SELECT vaccine FROM product WHERE vaccine <> $1 LIMIT 1`,
      [vaccine!.vaccine],
    );
    const people = await families(5);
    await watch(people[0]!, { areaId: here!.id });
    await watch(people[1]!, { areaId: there!.id });
    await watch(people[2]!, { areaId: here!.id, vaccine: vaccine!.vaccine });
    await watch(people[3]!, { areaId: here!.id, vaccine: other!.vaccine });
    await watch(people[4]!, { areaId: here!.id, age: '40 years' });

    await world.session(await facilityIn(here!.id), { any: 10 }, { maxAge: '100 years' });
    await look();
    await look();

    expect(await toldTo(people)).toEqual([1, 0, 1, 0, 0]); // in 2099 whoever is 40 today is over 100
  });

  test('comes when a session opens, not when it is planned; at most once a day; and not after it was ended', async () => {
    const [here] = await areas();
    const [daily, gone] = await families(2);
    await watch(daily!, { areaId: here!.id });
    const alert = await watch(gone!, { areaId: here!.id });
    await ask(gone!.token, `mutation($id: ID!) { endPlaceAlert(id: $id) { id } }`, { id: alert.id });
    const facilityId = await facilityIn(here!.id);
    const planned = await world.session(facilityId, { any: 10 }, { opensAt: new Date('2098-01-01') });
    await look();
    expect(await toldTo([daily!, gone!])).toEqual([0, 0]);

    await world.query(`UPDATE session SET opens_at = now() WHERE id = $1`, [planned]);
    await look();
    await world.session(facilityId, { any: 10 });
    await look();

    expect(await toldTo([daily!, gone!])).toEqual([1, 0]);
  });

  test('goes to no more people than have a chance, and to the others the next time', async () => {
    const [, there] = await areas();
    await world.query(`UPDATE place_alert SET ended_at = now()`);
    const people = await families(7);
    for (const family of people) await watch(family, { areaId: there!.id });
    const facilityId = await facilityIn(there!.id);
    await world.session(facilityId, { any: 1 });
    await look();
    expect(await toldTo(people)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    await world.session(facilityId, { any: 1 });
    await look();
    expect(await toldTo(people)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  test('is the same when it is asked for again, and there are five at the most', async () => {
    const [here] = await areas();
    const [family] = await families(1);
    const first = await watch(family!, { areaId: here!.id });
    expect(await watch(family!, { areaId: here!.id })).toEqual(first);
    for (const years of [1, 2, 3, 4]) await watch(family!, { areaId: here!.id, age: `${years} years` });
    expect(await watch(family!, { areaId: here!.id, age: '5 years' })).toEqual({
      __typename: 'TooManyAlerts',
      most: 5,
    });
  });

  test('of somebody else cannot be ended', async () => {
    const [here] = await areas();
    const [mine, theirs] = await families(2);
    const alert = await watch(theirs!, { areaId: here!.id });
    const end = `mutation($id: ID!) { endPlaceAlert(id: $id) { id } }`;
    await expect(ask(mine!.token, end, { id: alert.id })).rejects.toThrow('NOT_FOUND');
    await expect(ask(mine!.token, end, { id: newId() })).rejects.toThrow('NOT_FOUND');
  });
});
