import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context, TenantRef } from '../../../src/platform/context';
import { PROJECT_ROOT } from '../../../src/platform/config';
import { DrawLots } from '../../../src/appointments/allocation/draws/draw-lots';
import { KeepDraws } from '../../../src/appointments/allocation/draws/keep-draws';
import { SweepExpiredHolds } from '../../../src/appointments/booking/sweep-expired-holds';
import { newId } from '../../../src/common';
import { type BookingWorld, bookingWorld, type Family } from '../../harness/worlds/booking';
import { country, type GraphqlAnswer, type TestService, testService } from '../../harness/service';

let service: TestService;
let tenant: TenantRef;
let world: BookingWorld;
let planner: string;
let helper: string;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('aa');
  world = await bookingWorld(service, tenant);
  planner = await service.tokenFor(tenant, [country('facility-admin')]);
  helper = await service.tokenFor(tenant, [country('registrar')]);
});
afterAll(() => service.stop());

const MINUTE = 60_000;
const DRAW = `id policy places entered seedCommitment announcement entries entriesHash result entriesUntil drawnFrom`;
const ENTRY = `id drawId facilityId personId state position ahead bookingId confirmUntil`;

/** Announces a draw of a session's places by these rules; people can enter at once. */
async function announce(more: Record<string, unknown> = {}, pools: Record<string, number> = { any: 3 }) {
  const facilityId = await world.facility();
  const sessionId = await world.session(facilityId, pools);
  const from = Date.now();
  const at = (minutes: number): string => new Date(from + minutes * MINUTE).toISOString();
  const input = {
    facilityId,
    sessionId,
    policy: 'LOTTERY',
    places: 2,
    caps: {},
    entriesUntil: at(10),
    drawnFrom: at(20),
    ...more,
  };
  const { data, errors } = await ask(planner, ANNOUNCE, { input });
  return { facilityId, sessionId, input, errors, draw: data?.announceDraw };
}

const ANNOUNCE = `mutation($input: AnnounceDrawInput!) { announceDraw(input: $input) { __typename ... on Draw { ${DRAW} }
  ... on PlacesNotFree { free } ... on DrawAnnounced { drawId } } }`;

const ask = (
  token: string | undefined,
  query: string,
  variables: Record<string, unknown>,
): Promise<GraphqlAnswer> =>
  service.graphql(query, variables, { tenant: tenant.code, ...(token ? { token } : {}), purpose: 'test' });

type Announced = Awaited<ReturnType<typeof announce>>;

async function enter(
  { facilityId, draw }: Announced,
  family: Family,
  more: Record<string, unknown> = {},
  token = family.token,
) {
  const answer = await ask(
    token,
    `mutation($input: EnterDrawInput!) { enterDraw(input: $input) { __typename ... on DrawEntry { ${ENTRY} }
       ... on EnteringNotOpen { entriesFrom } ... on EnteringOver { entriesUntil } ... on Refusal { message } } }`,
    {
      input: {
        facilityId,
        drawId: draw.id,
        personId: family.personIds[0],
        products: [world.product],
        ...more,
      },
    },
  );
  return answer.data?.enterDraw ?? answer.errors![0]!.extensions.code;
}

const drawOf = async ({ facilityId, sessionId }: Announced) =>
  (
    await ask(undefined, `query($f: ID!, $s: ID!) { draw(facilityId: $f, sessionId: $s) { ${DRAW} } }`, {
      f: facilityId,
      s: sessionId,
    })
  ).data.draw;

const entryOf = async (family: Family) =>
  (await ask(family.token, `{ myDrawEntries { ${ENTRY} } }`, {})).data.myDrawEntries[0];

/** So many minutes from now, for whatever looks at draws and holds. */
const later = (minutes: number): Context =>
  service.contextOf(tenant, { now: () => new Date(Date.now() + minutes * MINUTE) });
const keep = (minutes: number): Promise<void> => service.app.get(KeepDraws).run(later(minutes));

const families = (count: number): Promise<Family[]> =>
  Promise.all(Array.from({ length: count }, () => world.family(1)));

async function confirm(family: Family): Promise<string> {
  const { facilityId, bookingId } = await entryOf(family);
  const answer = await ask(
    family.token,
    `mutation($input: ConfirmAppointmentInput!) { confirmAppointment(input: $input) { __typename } }`,
    { input: { facilityId, bookingId, idempotencyKey: newId() } },
  );
  return answer.data.confirmAppointment.__typename;
}

const statesOf = (people: readonly Family[]): Promise<string[]> =>
  Promise.all(people.map(async family => (await entryOf(family)).state));

function replay(texts: readonly (string | null)[]) {
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-draw-'));
  const files = texts.map((text, i) => {
    writeFileSync(join(folder, `${i}`), text ?? '');
    return join(folder, `${i}`);
  });
  try {
    return spawnSync(
      process.execPath,
      [join(PROJECT_ROOT, 'scripts/tikasetu.mjs'), 'replay-draw', ...files],
      {
        encoding: 'utf8',
      },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a lottery', () => {
  test('is announced, entered, listed and drawn, and an auditor who draws again gets the same people', async () => {
    const lottery = await announce();
    const people = await families(4);
    for (const family of people) expect(await enter(lottery, family)).toMatchObject({ state: 'ENTERED' });

    await keep(11);
    const listed = await drawOf(lottery);
    await keep(21);
    const drawn = await drawOf(lottery);

    expect(drawn.announcement).toBe(lottery.draw.announcement);
    expect([listed.result, drawn.entries]).toEqual([null, listed.entries]);
    expect(replay([lottery.draw.announcement, listed.entries, drawn.result])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('4 entries, 2 places'),
    });
    expect((await statesOf(people)).sort()).toEqual(['OFFERED', 'OFFERED', 'WAITING', 'WAITING']);
    expect(await world.counts(lottery.sessionId)).toEqual({
      any: { held: 0, booked: 0 },
      drawn: { held: 2, booked: 0 },
    });
  });

  test('publishes nothing by which a person could be known', async () => {
    const lottery = await announce();
    const [family] = await families(1);
    await enter(lottery, family!, { device: 'a-device-of-somebody' });
    await keep(11);
    await keep(21);
    const { announcement, entries, result } = await drawOf(lottery);
    const published = [announcement, entries, result].join();
    const known = [
      family!.accountId,
      family!.personIds[0]!,
      family!.phone,
      'a-device-of-somebody',
      '127.0.0',
    ];
    expect(known.filter(text => published.includes(text))).toEqual([]);
  });

  test('gives a place that is not confirmed in time to the next, and a message to each who is offered one', async () => {
    const lottery = await announce({ places: 1 });
    const people = await families(2);
    for (const family of people) await enter(lottery, family);
    await keep(21);
    const states = await statesOf(people);
    const [winner, next] = states[0] === 'OFFERED' ? people : people.toReversed();
    expect(await entryOf(next!)).toMatchObject({ state: 'WAITING', position: 2, ahead: 0 });
    await service.carryFacts();

    const twoDays = 2 * 24 * 60;
    await service.app.get(SweepExpiredHolds).run(later(twoDays));
    await keep(twoDays);
    await service.carryFacts();

    expect(await statesOf([winner!, next!])).toEqual(['LET_GO', 'OFFERED']);
    expect(await confirm(next!)).toBe('Booking');
    expect(await statesOf([winner!, next!])).toEqual(['LET_GO', 'BOOKED']);
    const told = await world.query<{ receiver: string }>(
      `SELECT receiver FROM sandbox_message WHERE receiver = ANY ($1) ORDER BY id`,
      [[winner!.phone, next!.phone]],
    );
    expect(told.map(({ receiver }) => receiver)).toEqual([winner!.phone, next!.phone]);
  });

  test('enters a person once, and when she entered is all the same', async () => {
    const lottery = await announce();
    const [family] = await families(1);
    const [first, again] = [await enter(lottery, family!), await enter(lottery, family!)];
    expect(again.id).toBe(first.id);
    expect((await drawOf(lottery)).entered).toBe(1);
  });

  test('gives back to everybody what nobody of the order wants', async () => {
    const lottery = await announce({ places: 3 });
    const [family] = await families(1);
    await enter(lottery, family!);
    await keep(21);
    const places = await world.query(
      `SELECT pool, capacity FROM session_places WHERE session_id = $1 ORDER BY pool`,
      [lottery.sessionId],
    );
    expect(places).toEqual([
      { pool: 'any', capacity: 2 },
      { pool: 'drawn', capacity: 1 },
    ]);
  });

  test('passes over who has another appointment when her turn comes', async () => {
    const [one, other] = [await announce({ places: 1 }), await announce({ places: 1 })];
    const [family] = await families(1);
    await enter(one, family!);
    await enter(other, family!);
    await keep(21);
    const entries = (await ask(family!.token, `{ myDrawEntries { state } }`, {})).data.myDrawEntries;
    expect(entries.map(({ state }: { state: string }) => state).sort()).toEqual(['MISSED', 'OFFERED']);
  });

  test('waits for the public value that was announced, and mixes it in', async () => {
    const lottery = await announce({ publicValue: 'the numbers of the evening lottery' });
    const people = await families(3);
    for (const family of people) await enter(lottery, family);
    await keep(21);
    expect((await drawOf(lottery)).result).toBeNull();
    const draw = `mutation($f: ID!, $d: ID!) { drawLots(facilityId: $f, drawId: $d, publicValue: "4 8 15") { __typename ... on DrawNotDue { drawnFrom } } }`;
    const early = await ask(planner, draw, { f: lottery.facilityId, d: lottery.draw.id });
    expect(early.data.drawLots).toEqual({ __typename: 'DrawNotDue', drawnFrom: lottery.draw.drawnFrom });
    await service.app
      .get(DrawLots)
      .run(later(21), { facilityId: lottery.facilityId, drawId: lottery.draw.id, publicValue: '4 8 15' });
    const { announcement, entries, result } = await drawOf(lottery);
    expect(JSON.parse(result).publicValue).toBe('4 8 15');
    expect(replay([announcement, entries, result])).toMatchObject({ status: 0 });
  });
});

describe('what was announced', () => {
  test('cannot be announced twice, nor for more places than are free', async () => {
    const lottery = await announce();
    const again = await ask(planner, ANNOUNCE, { input: lottery.input });
    expect(again.data.announceDraw).toEqual({ __typename: 'DrawAnnounced', drawId: lottery.draw.id });
    expect((await announce({ places: 4 })).draw).toEqual({ __typename: 'PlacesNotFree', free: 3 });
  });

  test.each([
    ['entering that began before', { entriesFrom: new Date(0).toISOString() }, 'entriesFrom'],
    ['more reserved places than there are', { reserved: [{ for: 'ASSISTED', places: 3 }] }, 'reserved'],
    ['a public value without lots', { policy: 'RANK_THEN_TIME', publicValue: 'a value' }, 'publicValue'],
  ])('is refused with %s', async (_, more, field) => {
    const { errors } = await announce(more);
    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT' });
    expect(JSON.stringify(errors![0]!.extensions)).toContain(field);
  });

  test('cannot be booked by anybody who is faster', async () => {
    const lottery = await announce({ places: 3 });
    const [family] = await families(1);
    const held = await ask(
      family!.token,
      `mutation($input: HoldPlacesInput!) { holdPlaces(input: $input) { __typename } }`,
      {
        input: {
          facilityId: lottery.facilityId,
          sessionId: lottery.sessionId,
          people: [{ personId: family!.personIds[0], products: [world.product] }],
        },
      },
    );
    expect(held.data.holdPlaces.__typename).toBe('SessionFull');
  });

  test('cannot be changed in the database by the service itself: no seed, no entry, no list, no result', async () => {
    const lottery = await announce();
    const [family] = await families(1);
    await enter(lottery, family!);
    await keep(21);
    const tampering = [
      `UPDATE draw SET seed_commitment = sha256('another'), seed_sealed = 'another'`,
      `UPDATE draw SET announcement = ''`,
      `DELETE FROM draw_entry`,
      `UPDATE draw_entry SET rank = 1`,
      `UPDATE draw_list SET entries = ''`,
      `UPDATE draw_result SET seed = sha256('another')`,
    ];
    const codes = await Promise.all(
      tampering.map(sql => world.query(sql).catch(error => (error as { code: string }).code)),
    );
    expect(codes).toEqual(tampering.map(() => '42501')); // insufficient_privilege
  });

  test('cannot be drawn with another seed', async () => {
    const lottery = await announce();
    await keep(11);
    const reveal = world.query(
      `INSERT INTO draw_result SELECT facility_id, id, seed_commitment, sha256('another'), '', now() FROM draw WHERE id = $1`,
      [lottery.draw.id],
    );
    await expect(reveal).rejects.toMatchObject({ constraint: 'draw_result_seed_check' });
  });
});

describe('entering', () => {
  test('is not open before its time and over after it', async () => {
    const [family] = await families(1);
    const soon = await announce({ entriesFrom: new Date(Date.now() + 5 * MINUTE).toISOString() });
    expect(await enter(soon, family!)).toMatchObject({ __typename: 'EnteringNotOpen' });
    const closed = await announce();
    await keep(11);
    expect(await enter(closed, family!)).toMatchObject({ __typename: 'EnteringOver' });
  });

  test('is for the caller’s own people, in products that the session gives', async () => {
    const lottery = await announce();
    const [mine, theirs] = await families(2);
    expect(await enter(lottery, theirs!, {}, mine!.token)).toBe('NOT_FOUND');
    expect(await enter(lottery, mine!, { products: ['none-such'] })).toBe('INVALID_INPUT');
    expect(await enter(lottery, mine!, { attestedGroups: ['pregnant-women'] })).toBe('INVALID_INPUT');
    expect(await enter({ ...lottery, draw: { id: newId() } }, mine!)).toBe('NOT_FOUND');
  });
});

describe('quotas and caps', () => {
  test('keep places for people who were helped, whose places are booked at once', async () => {
    const lottery = await announce({ places: 2, reserved: [{ for: 'ASSISTED', places: 1 }] });
    const people = await families(5);
    for (const family of people.slice(1)) await enter(lottery, family);
    await enter(lottery, people[0]!, {}, helper);
    await keep(21);
    const states = await statesOf(people);
    expect(states[0]).toBe('BOOKED');
    expect(states.slice(1).filter(state => state === 'OFFERED')).toHaveLength(1);
  });

  test('a ranked list serves the priority groups of the country first', async () => {
    const list = await announce({ policy: 'RANK_THEN_TIME', places: 1 });
    const [first, pregnant] = await families(2);
    await enter(list, first!);
    await enter(list, pregnant!, { attestedGroups: ['pregnant-women'] }, helper);
    await keep(21);
    expect(await statesOf([first!, pregnant!])).toEqual(['WAITING', 'BOOKED']);
  });

  test.each([
    ['network', { network: 1 }],
    ['device', { device: 1 }],
  ])('one %s gets no more than its cap, however many places are left', async (_, caps) => {
    const lottery = await announce({ places: 3, caps });
    const people = await families(3);
    for (const family of people) await enter(lottery, family, { device: 'one-device-of-many-accounts' });
    await keep(21);
    expect((await statesOf(people)).sort()).toEqual(['OFFERED', 'WAITING', 'WAITING']);
  });

  test('one account gets no more than its cap', async () => {
    const lottery = await announce({ places: 3, caps: { account: 1 } });
    const family = await world.family(2);
    await enter(lottery, family);
    await enter(lottery, family, { personId: family.personIds[1] });
    await keep(21);
    const { data } = await ask(family.token, `{ myDrawEntries { state } }`, {});
    expect(data.myDrawEntries.map(({ state }: { state: string }) => state).sort()).toEqual([
      'OFFERED',
      'WAITING',
    ]);
  });
});

describe('first come, first served', () => {
  test('offers a place at once, and keeps the reserved ones until entering is over', async () => {
    const session = await announce({
      policy: 'FIRST_COME',
      places: 2,
      reserved: [{ for: 'ASSISTED', places: 1 }],
    });
    const people = await families(3);
    expect(await enter(session, people[0]!)).toMatchObject({ state: 'OFFERED' });
    expect(await enter(session, people[1]!)).toMatchObject({ state: 'WAITING', ahead: 0 });
    expect(await enter(session, people[2]!, {}, helper)).toMatchObject({ state: 'BOOKED' });
  });

  test('of more people at one moment than places gives exactly the places', async () => {
    const session = await announce({ policy: 'FIRST_COME', places: 3 });
    const people = await families(12);
    await Promise.all(people.map(family => enter(session, family)));
    await keep(1);
    const states = await statesOf(people);
    expect(states.filter(state => state === 'OFFERED')).toHaveLength(3);
    expect(states.filter(state => state === 'WAITING')).toHaveLength(9);
    expect((await world.counts(session.sessionId)).drawn).toEqual({ held: 3, booked: 0 });
  });
});
