import { Client } from 'pg';
import { civilDayOf, newId } from '../../../src/common';
import { SweepExpiredHolds } from '../../../src/appointments/booking/sweep-expired-holds';
import { KeepFigures } from '../../../src/inventory/levels/keep-figures';
import { KeepWastage } from '../../../src/inventory/wastage/keep-wastage';
import { ForgetSignInCodes } from '../../../src/identity/one-time-codes/forget-sign-in-codes';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { ClearAway } from '../../../src/tenancy/clear-away';
import { checkDigit } from '../../../src/registry/person-code-rules';
import { bookingWorld } from '../../harness/worlds/booking';
import { addStaff, checkIn, write } from '../../harness/worlds/clinic';
import { addHub } from '../../harness/worlds/hubs';
import { fillCare } from '../../harness/worlds/filled-care';
import { type Plan, planOf, statementsOf } from '../../harness/plans';
import { country, type GraphqlAnswer, testService, type TestService } from '../../harness/service';

const RECORD = `mutation ($input: RecordVaccinationInput!) { answer: recordVaccination(input: $input) { __typename
  ... on Vaccination { id } ... on Refusal { message } } }`;
const HISTORY = `query ($personId: ID!) { vaccinations(personId: $personId) { doses { id } notDone { reason } } }`;
const DUE = `query ($areaId: ID, $after: String) { dueList(areaId: $areaId, first: 10, after: $after) { endCursor
  items { person { personId name } vaccineGroup } totals { vaccineGroup due } } }`;
const FIND = `mutation ($input: FindPersonsInput!) { findPersons(input: $input) { personId } }`;
const HOLD = `mutation ($input: HoldPlacesInput!) { answer: holdPlaces(input: $input) { __typename ... on Booking { id }
  ... on Refusal { message } } }`;
const CONFIRM = `mutation ($input: ConfirmAppointmentInput!) { answer: confirmAppointment(input: $input) { __typename
  ... on Booking { id } ... on Refusal { message } } }`;
const MOVE = `mutation ($input: RescheduleAppointmentInput!) { answer: rescheduleAppointment(input: $input) { __typename
  ... on Booking { id } ... on Refusal { message } } }`;
const CANCEL = `mutation ($input: CancelAppointmentInput!) { answer: cancelAppointment(input: $input) { id } }`;
const AVAILABLE = `query ($input: AvailabilityInput!) { availability(input: $input) { sessions { sessionId free } } }`;
const SYNC = `mutation ($input: SyncDosesInput!) { syncDoses(input: $input) { doses { outcome } } }`;
const TEMPERATURES = `mutation ($input: RecordTemperaturesInput!) { recordTemperatures(input: $input) { openedExcursionIds } }`;
const TRACK = `query ($code: String!) { trackConsignment(code: $code) { __typename ... on Tracking { milestones { status } } } }`;
const TRAIL = `query ($filter: AuditFilter) { auditTrail(filter: $filter, first: 10) { items { id } } }`;

let service: TestService;
let tenant: TenantRef;
let owner: Client;
/** How the database would carry out what the service was seen to send for each hot act. */
const plans = new Map<string, Plan[]>();

/** Enough to be written by COPY. */
const SYNCED = 120;

/** Which indexes an act must be found to use; `a|b`: either, since both begin with what is asked. */
const INTENDED: Readonly<Record<string, readonly string[]>> = {
  'recording doses': [
    'person_pkey',
    'vaccination_pkey',
    'stock_on_hand_pkey',
    'idempotency_key_pkey',
    'appointment_person_unique|appointment_visit_index',
  ],
  'syncing doses': [
    'person_pkey',
    'vaccination_pkey',
    'stock_on_hand_pkey',
    'idempotency_key_pkey',
    'pending_dose_told_unique',
  ],
  'recording a dose out of an open vial': ['stock_on_hand_pkey'],
  'reading a history': ['person_pkey', 'vaccination_pkey'],
  'holding places': [
    'session_pkey',
    'session_places_pkey',
    'appointment_claim_pkey|appointment_claim_open_unique',
  ],
  'confirming places': ['appointment_booking_index', 'idempotency_key_pkey'],
  'ending holds': [
    'appointment_expiry_index',
    'session_places_pkey',
    'appointment_claim_pkey|appointment_claim_open_unique',
  ],
  'moving a booking': [
    'appointment_booking_index',
    'appointment_pkey',
    'session_places_pkey',
    'appointment_claim_pkey|appointment_claim_open_unique',
    'idempotency_key_pkey',
  ],
  'giving places back': [
    'appointment_booking_index',
    'appointment_pkey',
    'session_places_pkey',
    'appointment_claim_pkey|appointment_claim_open_unique',
  ],
  'seeing what is available': ['session_planned_unique', 'session_places_pkey'],
  'reading a due list': ['vaccine_group_forecast_due_index', 'person_pkey'],
  'finding a person by identifier': ['identifier_claim_pkey', 'person_match_key_index', 'person_pkey'],
  'finding a person by code': ['person_code_claim_pkey', 'person_pkey'],
  'carrying facts': ['outbox_event_waiting_index', 'outbox_event_due_index', 'outbox_event_pkey'],
  'an auditor by person': ['audit_entry_person_index'],
  'an auditor by facility': ['audit_entry_facility_index'],
  'an auditor by account': ['audit_entry_actor_index'],
  'tracking by code': ['tracking_code_pkey', 'consignment_plan_pkey', 'unit_trail_pkey'],
  'keeping stock figures': [
    'stock_on_hand_pkey',
    'stock_move_pkey|stock_move_reference_unique',
    'stock_figure_pkey',
  ],
  'counting wastage': ['facility_pkey', 'stock_move_pkey', 'stock_use_month_pkey'],
  'telling temperatures': ['temperature_reading_pkey', 'stock_move_pkey', 'stock_on_hand_pkey'],
  'clearing away': ['outbox_event_pkey', 'idempotency_key_expiry_index', 'sign_in_code_pkey'],
};

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('pl', 'bd');
  await service.carryFacts();
  await service.runJobs();
  owner = new Client({ connectionString: service.database.url });
  await owner.connect();
  await leaveStatisticsAlone();
  const [product] = await rows<{ code: string; vaccine: string }>(
    `SELECT code, vaccine FROM product WHERE active AND unit = 'DOSE' ORDER BY code LIMIT 1`,
  );
  await fillCare(owner, {
    schema: 'tenant_pl',
    persons: 20_000,
    doses: 60_000,
    facilities: 400,
    lots: 40,
    dosesADay: 5_000,
    product: product!.code,
    vaccine: product!.vaccine,
  });
  await owner.query('SET search_path = tenant_pl, platform'); // signing in reads the catalogue
  const seen = await watch();
  await letFactsWait();
  for (const [act, texts] of seen) plans.set(act, await plansOf(texts));
}, 300_000);
afterAll(async () => {
  await owner?.end();
  await service.stop();
});

const rows = <Row>(sql: string, params: unknown[] = []) => write<Row>(service, tenant, sql, params);

async function ask(
  query: string,
  variables: object,
  grants: Grant[],
  id?: string,
  kind: 'staff' | 'citizen' = 'staff',
) {
  const token = await service.tokenFor(tenant, grants, kind, id);
  return told(
    await service.graphql(query, variables as Record<string, unknown>, {
      tenant: tenant.code,
      token,
      purpose: 'test',
    }),
  );
}

function told({ data, errors }: GraphqlAnswer) {
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function plansOf(texts: readonly string[]): Promise<Plan[]> {
  const made: Plan[] = [];
  for (const sql of texts) made.push(await planOf(owner, sql));
  return made;
}

/** The workers stood still for a while: what waits to be carried is not few any more. */
const letFactsWait = (): Promise<unknown> =>
  owner.query(`INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at)
    SELECT ('01f00000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'x', md5((n % 9000)::text), '{}', now() FROM generate_series(1, 20000) n;
    ANALYZE outbox_event`);

/** Each facility has fifty doses that were told and are pending, and as many that were. */
async function addPending(): Promise<void> {
  await rows(
    `INSERT INTO pending_dose (facility_id, id, source, told_by, client_id, cause, content, told_at, told_again_at, state,
       dismissed_because, resolved_at)
     SELECT id, uuidv7(), 'OFFLINE', 'device:' || code, 'client-' || n, 'NOT_RIGHT', '{}', now(), now(),
       CASE n % 2 WHEN 0 THEN 'PENDING' ELSE 'DISMISSED' END, CASE n % 2 WHEN 1 THEN 'twice' END,
       CASE n % 2 WHEN 1 THEN now() END
     FROM facility, generate_series(1, 100) n`,
  );
  await owner.query('ANALYZE pending_dose');
}

/** Few vials are open: a table so small is read whole, and must not tempt the planner to read the shelves so. */
const openVial = (facilityId: string, lotId: string): Promise<unknown> =>
  rows(
    `INSERT INTO open_vial (facility_id, id, lot_id, doses, left_doses, opened_at, use_by)
     VALUES ($1, $2, $3, 10, 5, now(), now() + interval '6 hours')`,
    [facilityId, newId(), lotId],
  );

/** Every facility has a logger that has told of two weeks, hour by hour; that of one facility. */
async function addLoggers(facilityId: string): Promise<string> {
  await rows(
    `WITH equipment AS (
       INSERT INTO cold_equipment (facility_id, id, kind, manufacturer, model, serial, capacities, state, state_since, registered_at)
       SELECT id, id, 'REFRIGERATOR', 'Maker', 'M-1', 'S-1', '[]', 'WORKING', now(), now() FROM facility)
     INSERT INTO temperature_logger (facility_id, id, equipment_id, temperature, model, serial, interval_minutes, registered_at)
     SELECT id, id, id, 'CHILLED', 'Fridge-tag 2 L', 'T-1', 60, now() FROM facility`,
  );
  await rows(
    `INSERT INTO temperature_reading (facility_id, logger_id, at, celsius, received_at)
     SELECT id, id, now() - make_interval(days => 1, hours => n), 5, now() FROM facility, generate_series(1, 336) n`,
  );
  await owner.query('ANALYZE temperature_reading');
  return facilityId; // a logger of each place has its place's id
}

/** Consignments on their way, each with a code and five steps; the code of one. */
async function addConsignments(): Promise<string> {
  const [north, south] = [await addHub(service, tenant), await addHub(service, tenant)];
  await rows(
    `WITH sent AS (
       INSERT INTO consignment (unit_id, kind, from_hub_id, to_hub_id, temperature, promised_at, sent_at)
       SELECT 'UNIT-' || n, 'PARCEL', $1, $2, 'AMBIENT', now(), now() FROM generate_series(1, 10000) n RETURNING unit_id),
     planned AS (
       INSERT INTO consignment_plan SELECT unit_id, $2, now(), '{"keys": [], "runs": []}', 1, now(), 1 FROM sent)
     INSERT INTO tracking_code SELECT regexp_replace(upper(left(md5(unit_id), 12)), '(.{4})(.{4})(.{4})', '\\1-\\2-\\3'), unit_id FROM sent`,
    [north, south],
  );
  await rows(
    `INSERT INTO unit_trail (unit_id, at, scan_id, scan_of, status, place, last_scan_id)
     SELECT 'UNIT-' || n, now() - make_interval(hours => step), n || '/' || step, 'UNIT-' || n, 'AT_HUB', $1, n || '/' || step
     FROM generate_series(1, 10000) n, generate_series(1, 5) step`,
    [north],
  );
  await owner.query(
    'ANALYZE consignment; ANALYZE consignment_plan; ANALYZE tracking_code; ANALYZE unit_trail',
  );
  const [known] = await rows<{ code: string }>(`SELECT code FROM tracking_code WHERE unit_id = 'UNIT-77'`);
  return known!.code;
}

/** Runs each hot act once as its callers would; what was sent for it. */
async function watch(): Promise<Map<string, string[]>> {
  const seen = new Map<string, string[]>();
  const see = async (act: string, run: () => Promise<unknown>) => seen.set(act, await statementsOf(run));
  const today = civilDayOf(new Date(), tenant.timeZone);
  const people = await rows<{ id: string }>(`SELECT person_id AS id FROM person LIMIT 10`);
  const [shelf] = await rows<{ facilityId: string; lotId: string; areaId: string }>(
    `SELECT facility_id AS "facilityId", lot_id AS "lotId", area_id AS "areaId"
     FROM stock_on_hand JOIN facility f ON f.id = facility_id LIMIT 1`,
  );
  const { facilityId, lotId, areaId } = shelf!;
  const [session] = await rows<{ id: string }>(
    `SELECT id FROM session WHERE facility_id = $1 AND date = $2`,
    [facilityId, today],
  );
  const vaccinatorId = await addStaff(service, tenant);
  await checkIn(service, tenant, { facilityId, sessionId: session!.id, personId: people[0]!.id });
  const world = await bookingWorld(service, tenant);
  const family = await world.family(2);
  const sessionId = await world.session(facilityId, { any: 10 });

  await see('recording doses', async () => {
    const dose = (personId: string, more: object) => ({
      input: { idempotencyKey: newId(), personId, facilityId, lotId, clinicalReason: 'Outbreak', ...more },
    });
    const came = dose(people[0]!.id, { presence: 'CHECKED_IN', sessionId: session!.id });
    const calls = [came, came, dose(people[1]!.id, { presence: 'WALK_IN', vaccinatorId })];
    for (const call of calls)
      expect((await ask(RECORD, call, [country('vaccinator')])).answer).toMatchObject({
        __typename: 'Vaccination',
      });
  });
  await addPending();
  const given = await rows<{ personId: string }>(
    `SELECT person_id AS "personId" FROM person OFFSET 100 LIMIT ${SYNCED}`,
  );
  await see('syncing doses', async () => {
    const now = new Date();
    const doses = given.map(({ personId }) => ({
      clientId: newId(),
      personId,
      facilityId,
      lotId,
      givenAt: now,
      distinct: true,
      distinctReason: 'Both cards were seen',
    }));
    const lost = { ...doses[0]!, clientId: newId(), lotId: newId() };
    const input = { deviceId: 'tablet-0001', deviceTime: now, doses: [...doses, lost] };
    const { syncDoses } = await ask(SYNC, { input }, [country('vaccinator')]);
    const outcomes = syncDoses.doses.map(({ outcome }: { outcome: string }) => outcome);
    expect(outcomes).toEqual([...doses.map(() => 'RECORDED'), 'REFUSED']);
  });
  await openVial(facilityId, lotId);
  await see('recording a dose out of an open vial', async () => {
    const input = {
      idempotencyKey: newId(),
      personId: people[3]!.id,
      facilityId,
      lotId,
      clinicalReason: 'Outbreak',
    };
    const { answer } = await ask(RECORD, { input: { ...input, presence: 'WALK_IN' } }, [
      country('vaccinator'),
    ]);
    expect(answer).toMatchObject({ __typename: 'Vaccination' });
  });
  await see('reading a history', () => ask(HISTORY, { personId: people[2]!.id }, [country('vaccinator')]));
  const citizen: Grant[] = [{ role: 'citizen', reach: { kind: 'self', id: family.accountId } }];
  let bookingId = '';
  await see('holding places', async () => {
    const wanted = family.personIds.map(personId => ({ personId, products: [world.product] }));
    const input = { facilityId, sessionId, people: wanted };
    const { answer } = await ask(HOLD, { input }, citizen, family.accountId, 'citizen');
    expect(answer).toMatchObject({ __typename: 'Booking' });
    bookingId = answer.id;
  });
  await see('confirming places', async () => {
    const input = { facilityId, bookingId, idempotencyKey: newId() };
    const { answer } = await ask(CONFIRM, { input }, citizen, family.accountId, 'citizen');
    expect(answer).toMatchObject({ __typename: 'Booking' });
  });
  const toSessionId = await world.session(facilityId, { any: 10 });
  await see('moving a booking', async () => {
    const to = { toFacilityId: facilityId, toSessionId, idempotencyKey: newId() };
    const input = { facilityId, bookingId, ...to };
    const { answer } = await ask(MOVE, { input }, citizen, family.accountId, 'citizen');
    expect(answer).toMatchObject({ __typename: 'Booking' });
    bookingId = answer.id;
  });
  await see('giving places back', () =>
    ask(CANCEL, { input: { facilityId, bookingId } }, citizen, family.accountId, 'citizen'),
  );
  const late = await world.family(1);
  const kept = {
    facilityId,
    sessionId,
    people: [{ personId: late.personIds[0], products: [world.product] }],
  };
  await ask(HOLD, { input: kept }, [country('registrar')]);
  const hence = service.contextOf(tenant, { now: () => new Date(Date.now() + 3_600_000) });
  await see('ending holds', async () => {
    expect(await service.app.get(SweepExpiredHolds).run(hence)).toBe(1);
  });
  await see('seeing what is available', async () => {
    for (const where of [{ facilityId }, { areaId }])
      await ask(AVAILABLE, { input: { from: today, ...where } }, [country('registrar')]);
  });
  await see('reading a due list', async () => {
    const { dueList } = await ask(DUE, { areaId }, [country('registrar')]);
    await ask(DUE, { areaId, after: dueList.endCursor }, [country('registrar')]);
  });
  await see('finding a person by identifier', () => {
    const identifier = { type: 'nid', value: '1234567890' };
    return ask(FIND, { input: { facilityId, identifier, name: 'Somebody' } }, [country('registrar')]);
  });
  await see('finding a person by code', async () => {
    const code = `00000000001${checkDigit('00000000001')}`;
    const { findPersons } = await ask(FIND, { input: { facilityId, code } }, [country('registrar')]);
    expect(findPersons).toHaveLength(1);
  });
  await see('carrying facts', () => service.carryFacts());
  await see('an auditor by person', () =>
    ask(TRAIL, { filter: { personId: people[0]!.id } }, [country('auditor')]),
  );
  await see('an auditor by facility', () =>
    ask(TRAIL, { filter: { facilityId, from: new Date(0) } }, [country('auditor')]),
  );
  await see('an auditor by account', () =>
    ask(TRAIL, { filter: { actorId: vaccinatorId } }, [country('auditor')]),
  );
  const code = await addConsignments();
  await see('tracking by code', async () => {
    const { trackConsignment } = await ask(TRACK, { code }, [country('registrar')]);
    expect(trackConsignment.milestones).toHaveLength(1);
  });
  // Twice: the first time there are no figures to look for.
  await service.app.get(KeepFigures).run(service.contextOf(tenant));
  await owner.query('ANALYZE stock_figure');
  await see('keeping stock figures', () => service.app.get(KeepFigures).run(service.contextOf(tenant)));
  await service.app.get(KeepWastage).run(service.contextOf(tenant));
  await rows(`UPDATE stock_use_read SET read_on = read_on - 1`);
  await owner.query('ANALYZE stock_use_month; ANALYZE stock_use_read');
  await see('counting wastage', () => service.app.get(KeepWastage).run(service.contextOf(tenant)));
  const loggerId = await addLoggers(facilityId);
  await see('telling temperatures', async () => {
    const readings = Array.from({ length: 12 }, (_, hour) => ({
      loggerId,
      at: new Date(Date.now() - (hour + 1) * 3_600_000).toISOString(),
      celsius: 12,
    }));
    const { recordTemperatures } = await ask(TEMPERATURES, { input: { facilityId, readings } }, [
      country('store-keeper'),
    ]);
    expect(recordTemperatures.openedExcursionIds).toHaveLength(1);
  });
  await see('clearing away', async () => {
    await service.app.get(ClearAway).run(service.contextOf(tenant));
    await service.app.get(ForgetSignInCodes).run(service.contextOf(tenant));
  });
  return seen;
}

/** Plans go by what this file itself analysed, and not by whether autovacuum came by meanwhile on a slow machine. */
async function leaveStatisticsAlone(): Promise<void> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'tenant_pl'::regnamespace AND relkind = 'r'`,
  );
  for (const { name } of tables) await owner.query(`ALTER TABLE ${name} SET (autovacuum_enabled = false)`);
}

const ACTS = Object.keys(INTENDED);
const found = (act: string): Plan[] => plans.get(act)!;
const goesBy = ({ indexes }: Plan, wanted: string): boolean =>
  wanted.split('|').some(index => indexes.has(index));

describe('in a country full of people', () => {
  it.each(ACTS)('%s reads nothing from end to end that grows', act => {
    const faults = found(act).flatMap(plan => plan.faults.map(fault => `${fault}: ${plan.sql}`));

    expect(found(act).length).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  it.each(ACTS)('%s goes by the indexes that were made for it', act => {
    const missed = INTENDED[act]!.filter(wanted => !found(act).some(plan => goesBy(plan, wanted)));

    expect(missed).toEqual([]);
  });
});

describe('what a dose touches', () => {
  it('is not the doses that the person had before: what is asked of them lies beside their keys', () => {
    const histories = found('recording doses').filter(({ alone }) => alone.has('vaccination_pkey'));

    expect(histories.map(({ sql }) => sql)).toContainEqual(expect.stringContaining('ORDER BY "givenOn", id'));
  });

  it('is changed in place: no index has a column that counts', async () => {
    const counters = {
      stock_on_hand: ['doses'],
      session_places: ['held', 'booked'],
    };
    const { rows: written } = await owner.query(
      `SELECT relname AS "table", pg_get_indexdef(indexrelid) AS index FROM pg_index JOIN pg_class c ON c.oid = indrelid
       WHERE relnamespace = 'tenant_pl'::regnamespace AND relname = ANY ($1)`,
      [Object.keys(counters)],
    );
    const counted = (table: string): RegExp =>
      new RegExp(`\\((.*\\W)?(${counters[table as keyof typeof counters].join('|')})\\W`);

    expect(written.length).toBeGreaterThanOrEqual(3);
    expect(written.filter(({ table, index }) => counted(table).test(index))).toEqual([]);
  });
});

describe('the guard of the plans', () => {
  const pairs = Object.entries(INTENDED).flatMap(([act, indexes]) =>
    indexes.map(index => [act, index] as const),
  );

  it.each(pairs)('of %s complains when %s is missing', async (act, wanted) => {
    const relying = found(act).filter(plan => goesBy(plan, wanted));
    await owner.query('BEGIN');
    try {
      for (const index of wanted.split('|')) await drop(index);

      expect(await complaintsAbout(relying, wanted)).not.toEqual([]);
    } finally {
      await owner.query('ROLLBACK');
    }
  });
});

/** Drops an index, or the constraint that it stands for and all that refers to it. */
async function drop(index: string): Promise<void> {
  const { rows: constraints } = await owner.query(
    `SELECT conrelid::regclass AS "table" FROM pg_constraint
     WHERE conindid = $1::text::regclass AND contype IN ('p', 'u')`,
    [index],
  );
  await owner.query(
    constraints.length > 0
      ? `ALTER TABLE ${constraints[0].table} DROP CONSTRAINT ${index} CASCADE`
      : `DROP INDEX ${index}`,
  );
}

/** What the tests above would say of these statements now. */
async function complaintsAbout(relying: readonly Plan[], wanted: string): Promise<string[]> {
  const complaints: string[] = [];
  for (const { sql } of relying) {
    await owner.query('SAVEPOINT here');
    const plan = await planOf(owner, sql).catch(async (error: Error) => {
      await owner.query('ROLLBACK TO here'); // it names the constraint itself, and nothing is to be planned without it
      return { sql, indexes: new Set<string>(), alone: new Set<string>(), faults: [error.message] };
    });
    complaints.push(...plan.faults, ...(goesBy(plan, wanted) ? [] : [`does without ${wanted}`]));
  }
  return complaints;
}
