import { newId } from '../../src/common';
import { Networks } from '../../src/delivery/network/networks';
import { addHourlyLegs, addHub } from '../../test/harness/worlds/hubs';
import { country } from '../../test/harness/service';
import { type Driven, drive } from './drive';
import { type Run, WARM_UP } from './scenarios';
import type { World } from './world';

const ONE = `mutation One($input: CaptureScanInput!) { captureScan(input: $input) { outcome anomalies { kind } } }`;
const MANY = `mutation Many($input: CaptureScansInput!) { captureScans(input: $input) { scans { outcome fault } } }`;
const TRACK = `query Track($code: String!) { trackConsignment(code: $code) {
  __typename ... on Tracking { status destination dueAt milestones { status at place } } ... on Refusal { message } } }`;

/** Scans that are stored before anything is measured; five million is what the figures are promised for. */
const EVENTS = Number(process.env['EVENTS'] ?? 100_000);
/** Scans of one parcel's way. */
const STEPS = 5;
const HUBS = 50;
/** Parcels stored in one statement: a busy machine must not run into the login's time limit. */
const PIECE = 20_000;
/** Requests that a run can use up at the most. */
const MOST_PER_SECOND = { one: 6_000, many: 120 };

/** A network with parcels that have come some of their way. */
interface Post {
  token: string;
  hubs: string[];
  /** Tracking codes of some of the parcels. */
  codes: string[];
}

/** By country: two worlds that are compared have one. */
const posts = new WeakMap<object, Promise<Post>>();
const postOf = (world: World): Promise<Post> => {
  const made = posts.get(world.ref) ?? makePost(world);
  posts.set(world.ref, made);
  return made;
};

/** Stores the parcels as the service would have: scans, trails, where they are, plans, codes. */
async function makePost(world: World): Promise<Post> {
  const hubs: string[] = [];
  for (let number = 0; number < HUBS; number++)
    hubs.push(await addHub(world.service, world.ref, { code: `LOAD-${number}` }));
  await addHourlyLegs(world.service, world.ref, { from: hubs[0]!, to: hubs[1]!, minutes: 30 });
  await world.service.app.get(Networks).hubs(world.service.contextOf(world.ref), hubs);
  const parcels = Math.ceil(EVENTS / STEPS);
  for (let from = 0; from < parcels; from += PIECE)
    await world.query(PARCELS, [hubs, from, Math.min(from + PIECE, parcels) - 1]);
  for (const table of [
    'scan',
    'unit_state',
    'unit_trail',
    'consignment',
    'consignment_plan',
    'tracking_code',
  ])
    await world.query(`ANALYZE ${table}`).catch(() => undefined); // only an owner may; autovacuum will
  const codes = await world.query<{ code: string }>(
    `SELECT code FROM tracking_code ORDER BY hashtext(code) LIMIT 20000`,
  );
  const token = await world.tokenOf([country('logistics-officer')], 'staff');
  return { token, hubs, codes: codes.map(({ code }) => code) };
}

/** So many parcels with a way of five scans each, two of them at hubs; $1 the hubs, $2 and $3 the first and last number. */
const PARCELS = `
  WITH parcel AS (
    SELECT n, 'LOAD/' || n AS unit, ($1::uuid[])[1 + n % 49] AS a, ($1::uuid[])[2 + n % 49] AS b,
      now() - interval '20 days' + n % 1000000 * interval '1 second' AS at
    FROM generate_series($2::integer, $3::integer) n),
  step AS (
    SELECT p.*, s, p.unit || '-' || s AS scan, p.at + s * interval '1 hour' AS moment,
      (ARRAY['commissioning', 'departing', 'arriving', 'storing', 'transporting'])[s] AS did,
      (ARRAY['ACCEPTED', 'IN_TRANSIT', 'AT_HUB', 'AT_HUB', 'OUT_FOR_DELIVERY'])[s] AS status,
      CASE WHEN s = 1 THEN p.a::text WHEN s IN (3, 4) THEN p.b::text END AS place
    FROM parcel p, generate_series(1, ${STEPS}) s),
  scans AS (
    INSERT INTO scan (unit_id, id, at, act, step, place, units, read_at_hub, actor_id, received_at)
    SELECT unit, scan, moment, 'seen', did, place, ARRAY[unit], CASE WHEN s < 3 THEN a ELSE b END, 'load', moment FROM step),
  trail AS (
    INSERT INTO unit_trail (unit_id, at, scan_id, scan_of, status, place, last_scan_id)
    SELECT unit, moment, scan, unit, status, place, scan FROM step),
  state AS (
    INSERT INTO unit_state (unit_id, status, place, last_scan_id, settled_at, settled_by, version)
    SELECT unit, status, place, scan, moment, scan, ${STEPS} FROM step WHERE s = ${STEPS}),
  sent AS (
    INSERT INTO consignment (unit_id, kind, from_hub_id, to_hub_id, temperature, promised_at, sent_at, actor_id)
    SELECT unit, 'PARCEL', a, b, 'AMBIENT', at + interval '1 day', at, 'load' FROM parcel RETURNING unit_id),
  plan AS (
    INSERT INTO consignment_plan (unit_id, to_hub_id, due_at, runs, network_version, planned_at, version)
    SELECT unit, b, at + interval '1 day', '{"keys":[],"runs":[]}', 1, at, 1 FROM parcel JOIN sent ON unit_id = unit)
  INSERT INTO tracking_code (code, unit_id)
  SELECT translate(upper(regexp_replace(substr(md5(unit), 1, 12), '(.{4})(.{4})', '\\1-\\2-')), 'ILOU', '1100'), unit FROM parcel
  ON CONFLICT DO NOTHING`;

const graphql = (world: World) =>
  ({
    url: world.url,
    warmUp: WARM_UP,
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', 'x-tenant': world.tenant },
  }) as const;

/** Parcels that nobody has seen before come to a hub, each scanned as it comes: one scan in a call. */
export async function scanSingle(world: World, { clients, seconds, rate }: Run): Promise<Driven> {
  const post = await postOf(world);
  const requests = Array.from({ length: MOST_PER_SECOND.one * (seconds + WARM_UP) }, (_, number) =>
    asked(post, ONE, { scan: scanOf(post, number) }),
  );
  const load = { ...graphql(world), clients, seconds, requests, expect: '"outcome":"RECORDED"' };
  return drive(world, { ...load, ...(rate ? { rate } : {}) });
}

/** Scans that devices gathered, so many in a call. A call is its scans. */
export async function scanBatch(world: World, size: number, { seconds }: Run): Promise<Driven> {
  const post = await postOf(world);
  const requests = Array.from({ length: MOST_PER_SECOND.many * (seconds + WARM_UP) }, (_, call) =>
    asked(post, MANY, {
      scans: Array.from({ length: size }, (_scan, number) => scanOf(post, call * size + number)),
    }),
  );
  const load = { ...graphql(world), clients: 8, seconds, requests, expect: '"outcome":"RECORDED"' };
  return { ...(await drive(world, load)), unitsPerCall: size };
}

/** People look where their parcels are, each by a code of her own. */
export async function trackParcels(world: World, { clients, seconds, rate }: Run): Promise<Driven> {
  const { codes } = await postOf(world);
  const requests = codes.map(code => ({ body: JSON.stringify({ query: TRACK, variables: { code } }) }));
  return drive(world, {
    ...graphql(world),
    clients,
    seconds,
    ...(rate ? { rate } : {}),
    requests,
    again: true,
    expect: '"status":"OUT_FOR_DELIVERY"',
  });
}

/** Half of the scans are of parcels that came some of their way already, half of new ones. */
function scanOf({ hubs, codes }: Post, number: number) {
  const known = number % 2 === 0 && number / 2 < EVENTS / STEPS;
  return {
    clientId: newId(),
    at: new Date(Date.now() - 60_000).toISOString(),
    step: 'ARRIVED',
    hubId: hubs[number % hubs.length],
    units: [known ? `LOAD/${number / 2}` : `NEW/${codes.length}/${newId()}`],
  };
}

function asked({ token }: Post, query: string, more: object) {
  const device = { deviceId: 'load-device-1', deviceTime: new Date().toISOString() };
  return {
    body: JSON.stringify({ query, variables: { input: { ...device, ...more } } }),
    headers: { authorization: `Bearer ${token}` },
  };
}
