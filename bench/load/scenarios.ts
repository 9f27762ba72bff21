import { newId } from '../../src/common';
import { type Driven, drive } from './drive';
import { type Place, PRODUCT, type World } from './world';

const RECORD = `mutation Record($input: RecordVaccinationInput!) {
  recordVaccination(input: $input) {
    __typename
    ... on Vaccination { id productName lotNumber givenOn counted { vaccineGroup doseNumber status } }
    ... on Refusal { message }
  }
}`;

const HISTORY = `query History($personId: ID!) {
  vaccinations(personId: $personId) {
    doses { id productName lotNumber givenOn facilityId counted { vaccineGroup doseNumber status } }
  }
}`;

const SYNC = `mutation Sync($input: SyncDosesInput!) { syncDoses(input: $input) { doses { clientId outcome } } }`;

const HOLD = `mutation Hold($input: HoldPlacesInput!) {
  holdPlaces(input: $input) { __typename ... on Booking { id } ... on Refusal { message } }
}`;

/** Requests that a run can use up at the most; more than any machine of today sends in its time. */
const MOST_PER_SECOND = 6_000;
/**
 * Seconds of warming up. V8 compiles a record well after some thousands of them: as the first scenario of a run it cost the
 * API 2.3 times as much a call as three scenarios later, after two seconds of warming up, and a third more after six.
 */
export const WARM_UP = Number(process.env['WARM_UP'] ?? 10);

export interface Run {
  clients: number;
  seconds: number;
  /** Requests a second that are made ready; the run ends when they do. */
  most?: number;
  /** Requests a second that are planned, whatever the answers do; as many as the clients get answered without it. */
  rate?: number;
}

/** Doses of people who walked in, recorded one call each, at these places in turn. */
export async function recordSingle(
  world: World,
  places: readonly Place[],
  { clients, seconds }: Run,
): Promise<Driven> {
  const people = await world.people(clients === 1 ? 4_000 : MOST_PER_SECOND * (seconds + WARM_UP));
  return drive(world, {
    ...graphql(world),
    clients,
    seconds,
    requests: people.map((personId, index) => recording(world, places[index % places.length]!, personId)),
    expect: '"__typename":"Vaccination"',
  });
}

/** Doses that clinics gave offline, so many in a call, at these places in turn. A call is its doses. */
export async function syncBatch(
  world: World,
  size: number,
  { seconds, most = MOST_PER_SECOND * 2 }: Run,
): Promise<Driven> {
  const clients = 4;
  const people = await world.people(most * (seconds + WARM_UP));
  const requests = Array.from({ length: Math.floor(people.length / size) }, (_, call) => {
    const { facilityId, lotId } = world.places[call % world.places.length]!;
    const givenAt = new Date().toISOString();
    const doses = people
      .slice(call * size, (call + 1) * size)
      .map(personId => ({ clientId: newId(), personId, facilityId, lotId, givenAt, presence: 'WALK_IN' }));
    const input = { deviceId: `device-${call}`, deviceTime: givenAt, doses };
    return { body: JSON.stringify({ query: SYNC, variables: { input } }), ...asStaff(world, facilityId) };
  });
  const load = { ...graphql(world), clients, seconds, requests, expect: '"RECORDED"' };
  return { ...(await drive(world, load)), unitsPerCall: size };
}

/** Places of one session that everybody wants, held by staff for people who come one by one. */
export async function bookHotSession(
  world: World,
  { clients, seconds, most = MOST_PER_SECOND }: Run,
): Promise<Driven> {
  const { facilityId } = world.places[0]!;
  const people = await world.people(most * (seconds + WARM_UP));
  const sessionId = await world.bookableSession(facilityId, people.length);
  return drive(world, {
    ...graphql(world),
    clients,
    seconds,
    requests: people.map(personId => {
      const input = { facilityId, sessionId, people: [{ personId, products: [PRODUCT] }] };
      return { body: JSON.stringify({ query: HOLD, variables: { input } }), ...asStaff(world, facilityId) };
    }),
    expect: '"__typename":"Booking"',
  });
}

/** Where there are places: what most people only look at. */
export function readAvailability(world: World, { clients, seconds, rate }: Run): Promise<Driven> {
  const { facilityId } = world.places[0]!;
  return drive(world, {
    ...graphql(world),
    method: 'GET',
    path: `/availability?facilityId=${facilityId}&from=${world.today}`,
    clients,
    seconds,
    ...(rate ? { rate } : {}),
    requests: [{ body: '' }],
    again: true,
    expect: '"asOf"',
  });
}

/** A query of nothing by nobody: what each request costs before and after all that it asks for. */
export const askNothing = (world: World, { clients, seconds }: Run): Promise<Driven> =>
  drive(world, {
    ...graphql(world),
    clients,
    seconds,
    requests: [{ body: JSON.stringify({ query: '{ __typename }' }) }],
    again: true,
    expect: '"__typename":"Query"',
  });

/** Histories of people with so many doses each, read by staff: every read is audited. */
export async function readHistory(
  world: World,
  doses: number,
  { clients, seconds, rate }: Run,
): Promise<Driven> {
  const people = await world.peopleWithDoses(200, doses);
  return drive(world, {
    ...graphql(world),
    clients,
    seconds,
    ...(rate ? { rate } : {}),
    requests: people.map(personId => reading(world, world.places[0]!, personId)),
    again: true,
    expect: '"doses":[{',
  });
}

/** A national day: four reads of a history for each dose recorded. */
export async function nationalDay(
  world: World,
  { clients, seconds, most = MOST_PER_SECOND / 3 }: Run,
): Promise<Driven> {
  const readers = await world.peopleWithDoses(200, 8);
  const people = await world.people(most * (seconds + WARM_UP));
  const requests = people.flatMap((personId, index) => {
    const place = world.places[index % world.places.length]!;
    const reads = [0, 1, 2, 3].map(one =>
      reading(world, place, readers[(index * 4 + one) % readers.length]!),
    );
    return [recording(world, place, personId), ...reads];
  });
  return drive(world, { ...graphql(world), clients, seconds, requests, expect: '"givenOn"' });
}

const graphql = (world: World) =>
  ({
    url: world.url,
    warmUp: WARM_UP,
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', 'x-tenant': world.tenant },
  }) as const;

const asStaff = (world: World, facilityId: string) => ({
  headers: { authorization: `Bearer ${world.tokens.get(facilityId)!}` },
});

function recording(world: World, { facilityId, lotId }: Place, personId: string) {
  const input = { idempotencyKey: newId(), personId, facilityId, lotId, presence: 'WALK_IN' };
  return { body: JSON.stringify({ query: RECORD, variables: { input } }), ...asStaff(world, facilityId) };
}

const reading = (world: World, { facilityId }: Place, personId: string) => ({
  body: JSON.stringify({ query: HISTORY, variables: { personId } }),
  ...asStaff(world, facilityId),
});
