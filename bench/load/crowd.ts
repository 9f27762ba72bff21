import { newId } from '../../src/common';
import { KeepDraws } from '../../src/appointments/allocation/draws/keep-draws';
import { CAPPED, type CapOn } from '../../src/appointments/allocation/draws/draw-rules';
import { type Client, crowdOf } from '../../test/harness/worlds/crowd';
import { citizen } from '../../test/harness/worlds/booking';
import { country } from '../../test/harness/service';
import { askApart } from './apart';
import type { CrowdLoad, CrowdResult, Visitor } from './crowd-clients';
import { PRODUCT, type World } from './world';

/** How places are given out, as the ministry would say it. */
export const CROWD_POLICIES = ['FIRST_COME', 'LOTTERY', 'RANK_THEN_TIME'] as const;
type CrowdPolicy = (typeof CROWD_POLICIES)[number];

const CAPS: Record<CapOn, number> = { account: 1, device: 2, network: 20 };

/** How big a crowd comes, to how many places, and how long it may take in all. */
export interface CrowdRun {
  /** Who comes when, with which account, device and network, follows from it. */
  seed: number;
  clients: number;
  places: number;
  /** Seconds over which people come; programs are all there in the first. */
  window: number;
  /** Seconds after which whoever has no answer yet goes home. */
  patience: number;
  /** Accounts let in by the waiting room each minute. */
  pace: number;
  /** And at one moment after a quiet time. */
  burst: number;
}

/** What came of it. */
export interface CrowdOutcome {
  policy: CrowdPolicy;
  given: number;
  /** Places as the database counts them, taken or kept. */
  counted: number;
  honest: number;
  most: Record<CapOn, number>;
  waited: number;
  /** How often somebody was told to come back later because the service was overfull. */
  toldLater: number;
  requests: number;
  seconds: number;
  /** What clients were told at last, by type. */
  answers: Record<string, number>;
}

/**
 * A crowd of scripted clients, nine of ten of them people, plays for the places of one session through the API as anybody
 * would, the waiting room open: each with an account, a device and a network of its own or, for programs, of its operator.
 * Networks are addresses of this machine's loopback. Throws when more places were given than there are.
 */
export async function playCrowd(world: World, policy: CrowdPolicy, run: CrowdRun): Promise<CrowdOutcome> {
  const crowd = crowdOf({ clients: run.clients, seed: run.seed });
  const { facilityId } = world.places[CROWD_POLICIES.indexOf(policy)]!;
  const staff = await world.tokenOf([country('facility-admin'), country('programme-admin')], 'staff');
  const accounts = await makeAccounts(world, crowd);
  const sessionId = await world.bookableSession(facilityId, run.places);
  const session = { facilityId, sessionId };
  const ask = (query: string, variables: object): Promise<Record<string, { id?: string }>> =>
    askAs(world, staff, query, variables);
  await ask(`mutation ($input: PaceBookingInput!) { paceBooking(input: $input) { open } }`, {
    input: { perMinute: run.pace, burst: run.burst },
  });
  let drawId: string | null = null;
  if (policy === 'FIRST_COME') {
    const change = `mutation ($input: ChangeSessionInput!) { changeSession(input: $input) { __typename } }`;
    await ask(change, { input: { ...session, caps: CAPS } });
  } else drawId = await announce(ask, session, policy, run.places);
  const load: CrowdLoad = {
    url: world.url,
    tenant: world.tenant,
    ...session,
    drawId,
    product: PRODUCT,
    patience: run.patience,
    visitors: visitorsOf(crowd, accounts, run.window),
  };
  const played = await play(load);
  let taken = played.taken;
  if (drawId) {
    // An hour passes for the workers, which this process is one of: entering ends, lots are drawn, places are offered.
    await world.service.app
      .get(KeepDraws)
      .run(world.service.contextOf(world.ref, { now: () => new Date(Date.now() + 3_600_000) }));
    taken = (await play({ ...load, visitors: await winners(world, load, drawId) })).taken;
  }
  const [{ counted }] = (await world.query<{ counted: number }>(
    `SELECT sum(held + booked)::int AS counted FROM session_places WHERE session_id = $1`,
    [sessionId],
  )) as [{ counted: number }];
  const [{ over }] = (await world.query<{ over: number }>(
    `SELECT count(*)::int AS over FROM session_places WHERE session_id = $1 AND held + booked > capacity`,
    [sessionId],
  )) as [{ over: number }];
  if (over > 0 || counted > run.places) throw new Error('More places were given than there are');
  const won = crowd.filter((_, index) => taken.includes(index));
  return {
    policy,
    given: won.length,
    counted,
    honest: won.filter(({ honest }) => honest).length,
    most: Object.fromEntries(CAPPED.map(on => [on, mostOf(won, on)])) as Record<CapOn, number>,
    waited: played.waited,
    toldLater: played.toldLater,
    requests: played.requests,
    seconds: played.seconds,
    answers: played.answers,
  };
}

/** What a crowd won, in one line of a table. */
export const crowdLine = ({
  policy,
  given,
  counted,
  honest,
  most,
  waited,
  toldLater,
  requests,
  seconds,
  answers,
}: CrowdOutcome): string =>
  `| ${policy} | ${given} (${counted} counted) | ${((100 * honest) / Math.max(1, given)).toFixed(1)} % | ` +
  `${CAPPED.map(on => `${most[on]} of ${CAPS[on]}`).join(' / ')} | ${waited} | ${toldLater} | ${requests} in ${seconds.toFixed(0)} s | ` +
  `${Object.entries(answers)
    .map(([answer, count]) => `${answer} ${count}`)
    .join(', ')} |`;

const mostOf = (won: readonly Client[], on: CapOn): number => {
  const counts = new Map<string, number>();
  for (const winner of won) counts.set(winner[on], (counts.get(winner[on]) ?? 0) + 1);
  return Math.max(0, ...counts.values());
};

interface Accounts {
  /** The person of each client. */
  persons: readonly string[];
  tokens: ReadonlyMap<string, string>;
}

/** An account for each of the crowd's, with a person for each client that has it; of the age that gives her her rank. */
async function makeAccounts(world: World, crowd: readonly Client[]): Promise<Accounts> {
  const names = [...new Set(crowd.map(({ account }) => account))];
  const ids = new Map(names.map(name => [name, newId()]));
  await world.query(
    `INSERT INTO citizen_account (id, phone_index, phone_sealed, created_at)
     SELECT id, sha256(id::text::bytea), ''::bytea, now() FROM unnest($1::uuid[]) id`,
    [[...ids.values()]],
  );
  const persons = crowd.map(() => newId());
  await world.query(
    `WITH made AS (
       INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, access_needs, status,
         registered_via, registered_at)
       SELECT p.id, p.id::text, 'Crowd', $4::date - p.days, 'day', 'female', '{}', 'active', 'own-account', now()
       FROM unnest($1::uuid[], $2::integer[]) p(id, days))
     INSERT INTO person_account (person_id, account_id, relation, linked_at)
     SELECT p, a, 'child', now() FROM unnest($1::uuid[], $3::uuid[]) l(p, a)`,
    [
      persons,
      crowd.map(({ rank }) => DAYS_OLD[rank ?? 0]!),
      crowd.map(({ account }) => ids.get(account)!),
      world.today,
    ],
  );
  const tokens = new Map<string, string>();
  for (const [name, id] of ids) tokens.set(name, await world.tokenOf([citizen(id)], 'citizen', id));
  return { persons, tokens };
}

/** Days since birth by rank in the pack's priority groups: none, infants, the second year twice. */
const DAYS_OLD = [4_000, 70, 400, 450];

function visitorsOf(crowd: readonly Client[], { persons, tokens }: Accounts, window: number): Visitor[] {
  const opening = Math.min(...crowd.map(({ enteredAt }) => Date.parse(enteredAt)));
  const last = Math.max(...crowd.map(({ enteredAt }) => Date.parse(enteredAt)));
  const networks = [...new Set(crowd.map(({ network }) => network))];
  return crowd.map((client, index) => ({
    index,
    at: client.honest
      ? ((Date.parse(client.enteredAt) - opening) / (last - opening)) * window * 1000
      : Date.parse(client.enteredAt) - opening,
    token: tokens.get(client.account)!,
    personId: persons[index]!,
    device: `device-${client.device}`.padEnd(16, '-'),
    address: addressOf(networks.indexOf(client.network)),
    bookingId: null,
  }));
}

/** A network's own address of the loopback: one of a /24 that no other has. */
const addressOf = (network: number): string => `127.${1 + (network >> 8)}.${network & 255}.1`;

async function announce(
  ask: (query: string, variables: object) => Promise<Record<string, { id?: string }>>,
  session: { facilityId: string; sessionId: string },
  policy: CrowdPolicy,
  places: number,
): Promise<string> {
  const until = new Date(Date.now() + 3_000_000).toISOString();
  const { announceDraw } = await ask(
    `mutation ($input: AnnounceDrawInput!) { announceDraw(input: $input) { ... on Draw { id } } }`,
    { input: { ...session, policy, places, caps: CAPS, entriesUntil: until, drawnFrom: until } },
  );
  return announceDraw!.id!;
}

/** Those who were offered a place, each with the booking that she confirms; they know it from a message. */
async function winners(world: World, { visitors }: CrowdLoad, drawId: string): Promise<Visitor[]> {
  const offered = await world.query<{ personId: string; bookingId: string }>(
    `SELECT e.person_id AS "personId", t.booking_id AS "bookingId" FROM draw_turn t
     JOIN draw_entry e ON e.facility_id = t.facility_id AND e.draw_id = t.draw_id AND e.id = t.entry_id
     WHERE t.draw_id = $1 AND t.booking_id IS NOT NULL`,
    [drawId],
  );
  const bookings = new Map(offered.map(({ personId, bookingId }) => [personId, bookingId]));
  return visitors.flatMap(visitor => {
    const bookingId = bookings.get(visitor.personId);
    return bookingId ? [{ ...visitor, at: 0, bookingId }] : [];
  });
}

async function askAs(
  world: World,
  token: string,
  query: string,
  variables: object,
): Promise<Record<string, { id?: string }>> {
  const answer = await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-tenant': world.tenant,
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as {
    data: Record<string, { id?: string }>;
    errors?: unknown;
  };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** The clients, in a process of their own. */
const play = (load: CrowdLoad): Promise<CrowdResult> => askApart('crowd-clients.ts', load);
