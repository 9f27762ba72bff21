import fc from 'fast-check';
import { addFacility, addPerson, addStaff, addStock, write } from '../../harness/worlds/clinic';
import { atFacility, country, inArea, testService, type TestService } from '../../harness/service';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { RebuildStock } from '../../../src/inventory';
import { type Permission, PERMISSIONS, STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';

const BATCH = `id rows entered recorded pending lateCause againAt`;
const ENTER = `mutation ($input: RecordDosesBatchInput!) { answer: recordDosesBatch(input: $input) { ${BATCH} } }`;
const AGAIN = `mutation ($input: EnterDosesBatchAgainInput!) { answer: enterDosesBatchAgain(input: $input) { ${BATCH} } }`;
const READ = `query ($facilityId: ID!, $batchId: ID!) { answer: dosesBatch(facilityId: $facilityId, batchId: $batchId) { ${BATCH} } }`;
const BOARD = `query ($facilityId: ID, $areaId: ID) { answer: backlog(facilityId: $facilityId, areaId: $areaId) {
  facilityId source cause doses upTo7Days upTo30Days older oldest } }`;
const PENDING = `query ($facilityId: ID!, $cause: PendingCause, $first: Int!) { answer: pendingDoses(facilityId: $facilityId, cause: $cause, first: $first) {
  items { id clientId cause givenOn content } endCursor } }`;
const DISMISS = `mutation ($input: DismissPendingDoseInput!) { answer: dismissPendingDose(input: $input) }`;
const RECORD = `mutation ($input: RecordPendingDoseInput!) { answer: recordPendingDose(input: $input) { __typename
  ... on Vaccination { id givenOn presence lateReason vaccinatorId } ... on Refusal { message } } }`;
const SYNC = `mutation ($input: SyncDosesInput!) { answer: syncDoses(input: $input) { doses { outcome pendingId result { __typename
  ... on Vaccination { id } } } } }`;

interface Caller {
  tenant: string;
  token: string;
}

describe('a register on paper', () => {
  let service: TestService;
  let tenant: TenantRef;
  let place: { id: string; areaIds: string[] };
  let today: string;
  let vaccinatorId: string;
  let admin: Caller;
  let second: Caller;
  let lot: string;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    today = civilDayOf(new Date(), tenant.timeZone);
    vaccinatorId = await addStaff(service, tenant);
  }, 120_000);
  beforeEach(async () => {
    place = await addFacility(service, tenant);
    admin = await as([atFacility('facility-admin', place.id)]);
    second = await as([atFacility('facility-admin', place.id)]);
    lot = await stock(1000);
  });
  afterAll(() => service.stop());

  const as = async (grants: Grant[]): Promise<Caller> => ({
    tenant: 'aa',
    token: await service.tokenFor(tenant, grants),
  });
  const days = (count: number) => addTo(today, { months: 0, days: count });
  const child = () => addPerson(service, tenant, days(-400));
  const stock = (doses: number) =>
    addStock(service, tenant, { facilityId: place.id, product: 'penta-10', doses, expiresOn: days(300) });
  const csv = (rows: readonly string[][], header = 'person,product,lot,given_on') =>
    [header, ...rows.map(row => row.join(','))].join('\n');
  const line = (personId: string, givenOn = days(-100), lotNumber = lot) => [
    personId,
    'penta-10',
    lotNumber,
    givenOn,
  ];
  const call = (query: string, variables: object, who = admin) =>
    service.graphql(query, variables as Record<string, unknown>, who);
  const answerOf = async (query: string, variables: object, who = admin) => {
    const answer = await call(query, variables, who);
    expect(answer.errors).toBeUndefined();
    return answer.data.answer;
  };
  const register = (text: string, more: object = {}) => ({
    input: {
      idempotencyKey: newId(),
      facilityId: place.id,
      register: 'Register 7, page 12',
      lateCause: 'NO_STAFF',
      vaccinatorId,
      csv: text,
      ...more,
    },
  });
  const batchOf = (batchId: string) => answerOf(READ, { facilityId: place.id, batchId });
  const pending = async (cause?: string) =>
    (await answerOf(PENDING, { facilityId: place.id, cause, first: 100 })).items as {
      id: string;
      clientId: string;
      cause: string;
      givenOn: string | null;
      content: string;
    }[];
  const rows = <Row>(sql: string, params: unknown[] = []) => write<Row>(service, tenant, sql, params);

  it('is recorded row by row as late entries, by who entered it, in the order of the days', async () => {
    const people = [await child(), await child()];
    const text = csv([line(people[0]!, days(-60)), line(people[0]!, days(-100)), line(people[1]!)]);

    const entered = await answerOf(ENTER, register(text));
    await service.runJobs();

    expect(entered).toMatchObject({ rows: 3, entered: 3, recorded: 0, pending: 0, lateCause: 'NO_STAFF' });
    expect(await batchOf(entered.id)).toMatchObject({ entered: 0, recorded: 3, pending: 0 });
    const doses = await rows<{
      given_on: string;
      number: number;
      late_reason: string;
      vaccinator_id: string;
    }>(
      `SELECT to_char(given_on, 'YYYY-MM-DD') AS given_on, (counted->0->>'doseNumber')::int AS number, late_reason,
              vaccinator_id, recorded_by FROM vaccination WHERE person_id = $1 ORDER BY given_on`,
      [people[0]],
    );
    expect(doses).toEqual([
      expect.objectContaining({ given_on: days(-100), number: 1, vaccinator_id: vaccinatorId }),
      expect.objectContaining({
        given_on: days(-60),
        number: 2,
        late_reason: 'NO_STAFF: Register 7, page 12',
      }),
    ]);
    expect(doses[0]).not.toMatchObject({ recorded_by: 'system' });
    expect(await service.app.get(RebuildStock).compare(service.contextOf(tenant))).toEqual([]);
  });

  it('keeps as pending, by line and cause, every row that is no dose', async () => {
    const good = await child();
    const twice = await child();
    const text = csv([
      line(good),
      line('000000000000'),
      line(await child(), days(-100), 'no such lot'),
      line(await child(), days(-100), 'spelt \\u0000'),
      line(await child(), days(-100), 'half \ud83d'),
      line(await child(), '31/12/2025'),
      [good, 'penta-10'],
      line(twice, days(-90)),
      line(twice, days(-89)),
      [await child(), '', lot, days(-100)],
    ]);

    const { id } = await answerOf(ENTER, register(text));
    await service.runJobs();

    expect(await batchOf(id)).toMatchObject({ entered: 0, recorded: 2, pending: 8 });
    const found = await pending();
    expect(found.map(({ clientId, cause }) => [clientId, cause]).sort(byText)).toEqual([
      ['line-000003', 'PERSON_UNKNOWN'],
      ['line-000004', 'LOT_NOT_IN_STOCK'],
      ['line-000005', 'LOT_NOT_IN_STOCK'],
      ['line-000006', 'LOT_NOT_IN_STOCK'],
      ['line-000007', 'NOT_RIGHT'],
      ['line-000008', 'NOT_RIGHT'],
      ['line-000010', 'DUPLICATE_SUSPECTED'],
      ['line-000011', 'NOT_RIGHT'],
    ]);
    const faults = found
      .map(({ content }) => JSON.parse(content) as { line: number; fault?: string; field?: string })
      .filter(({ fault }) => fault);
    expect(faults.map(({ line: at, fault, field }) => [at, fault, field]).sort(byText)).toEqual([
      [11, 'missing', 'product'],
      [7, 'date', 'given_on'],
      [8, 'cellCount', ''],
    ]);
  });

  it('is once in the record, however often it is sent or its job begins anew', async () => {
    const personId = await child();
    const same = register(csv([line(personId)]));

    const first = await answerOf(ENTER, same);
    await service.runJobs();
    const again = await answerOf(ENTER, same);
    await rows(`UPDATE paper_row SET state = 'ENTERED', vaccination_id = NULL WHERE batch_id = $1`, [
      first.id,
    ]); // as after a crash
    await rows(`UPDATE job SET state = 'RUNNING' WHERE key = $1`, [first.id]);
    await rows(
      `UPDATE job_part SET state = 'OPEN', cursor = '{"line": 0}' WHERE job_id = (SELECT id FROM job WHERE key = $1)`,
      [first.id],
    );
    await service.runJobs();

    expect(again.id).toBe(first.id);
    expect(await batchOf(first.id)).toMatchObject({ entered: 0, recorded: 1, pending: 0 });
    expect(await rows(`SELECT FROM vaccination WHERE person_id = $1`, [personId])).toHaveLength(1);
  });

  it('that two people enter is recorded where they agree; what differs is pending with both', async () => {
    const people = [await child(), await child(), await child()];
    const one = csv(people.map(personId => line(personId)));
    const other = csv([line(people[0]!), line(people[1]!, days(-99))]);

    const { id } = await answerOf(ENTER, register(one, { doubleEntry: true, vaccinatorId: null }));
    await service.runJobs();
    const between = await batchOf(id);
    const input = { facilityId: place.id, batchId: id, csv: other };
    const alone = await call(AGAIN, { input });
    await answerOf(AGAIN, { input }, second);
    const thrice = await call(AGAIN, { input }, second);
    await service.runJobs();

    expect(between).toMatchObject({ entered: 3, recorded: 0 });
    expect(alone.errors![0]!.extensions.code).toBe('FORBIDDEN');
    expect(thrice.errors![0]!.extensions.code).toBe('CONFLICT');
    expect(await batchOf(id)).toMatchObject({ entered: 0, recorded: 1, pending: 2 });
    const differing = await pending('ENTRIES_DIFFER');
    expect(differing.map(({ content }) => JSON.parse(content).again.given_on ?? null)).toEqual([
      days(-99),
      null,
    ]);
  });

  it.each([
    ['no header', 'a,b\n1,2'],
    ['a column too many', 'person,product,lot,given_on,dose_number\n1,2,3,4,5'],
    ['no rows', 'person,product,lot,given_on'],
  ])('with %s is none', async (_, text) => {
    const answer = await call(ENTER, register(text));

    expect(answer.errors![0]!.extensions.faults).toEqual([expect.objectContaining({ path: 'csv' })]);
  });

  it('of many rows is read and recorded in slices', async () => {
    const people = await rows<{ person_id: string }>(
      `INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, access_needs, status, registered_via, registered_at)
       SELECT gen_random_uuid(), gen_random_uuid()::text, 'Test', $1, 'day', 'female', '{}', 'active', 'assisted', now()
       FROM generate_series(1, 2300) RETURNING person_id`,
      [days(-400)],
    );
    lot = await stock(2300);
    const text = csv(people.map(({ person_id }) => line(person_id)));

    const { id } = await answerOf(ENTER, register(text));
    const started = performance.now();
    await service.runJobs();
    const seconds = (performance.now() - started) / 1000;

    expect(await batchOf(id)).toMatchObject({ entered: 0, recorded: 2300, pending: 0 });
    process.stdout.write(`2300 rows of paper recorded in ${seconds.toFixed(1)} s\n`);
  }, 120_000);

  describe('and the board of what is pending', () => {
    it('counts by cause and age, and a dose leaves it when it is dismissed with a reason', async () => {
      const text = csv([line(newId(), days(-3)), line(newId(), days(-20)), line(newId(), days(-200))]);
      await answerOf(ENTER, register(text));
      await service.runJobs();
      const [first] = await pending();
      const input = { facilityId: place.id, pendingId: first!.id, reason: 'Registered under another id' };

      const before = await answerOf(BOARD, { facilityId: place.id });
      const dismissed = await answerOf(DISMISS, { input });
      const twice = await call(DISMISS, { input });
      const ofArea = await answerOf(
        BOARD,
        { areaId: place.areaIds[0] },
        await as([inArea('district-manager', place.areaIds[0]!)]),
      );

      const shared = { facilityId: place.id, source: 'PAPER', cause: 'PERSON_UNKNOWN' };
      expect(before).toEqual([
        { ...shared, doses: 3, upTo7Days: 1, upTo30Days: 1, older: 1, oldest: days(-200) },
      ]);
      expect(dismissed).toBe(true);
      expect(twice.errors![0]!.extensions.code).toBe('CONFLICT');
      expect(ofArea).toContainEqual(expect.objectContaining({ ...shared, doses: 2 }));
      expect(await pending()).toHaveLength(2);
    });
  });

  describe('and a pending dose that can be recorded now', () => {
    const entered = async (text: string, more: object = {}) => {
      await answerOf(ENTER, register(text, more));
      await service.runJobs();
      return (await pending())[0]!.id;
    };
    const record = (pendingId: string, more: object = {}, who = admin) =>
      call(
        RECORD,
        { input: { facilityId: place.id, pendingId, reason: 'The lot was booked in late', ...more } },
        who,
      );
    const recorded = async (pendingId: string, more: object = {}) => {
      const answer = await record(pendingId, more);
      expect(answer.errors).toBeUndefined();
      return answer.data.answer;
    };
    const fault = async (pendingId: string, more: object = {}, who = admin) => {
      const { extensions } = (await record(pendingId, more, who)).errors![0]!;
      return [extensions.code, (extensions.faults as { path: string }[] | undefined)?.[0]?.path];
    };
    const told = (personId: string, more: object = {}) => ({
      input: {
        deviceId: 'tablet-0001',
        deviceTime: new Date().toISOString(),
        doses: [
          {
            clientId: newId(),
            personId,
            facilityId: place.id,
            lotId: lot,
            givenAt: new Date(Date.now() - 20 * 86_400_000).toISOString(),
            ...more,
          },
        ],
      },
    });

    it('stays pending while its cause is there, and is recorded as a late entry when it is mended', async () => {
      const personId = await child();
      const number = 'L-77';
      const id = await entered(csv([line(personId, days(-100), number)]));
      const before = await recorded(id, { lotId: newId() });
      const lotId = await stock(10);

      const dose = await recorded(id, { lotId });
      const again = await recorded(id, { lotId });

      expect(before.__typename).toBe('LotNotInStock');
      expect(dose).toMatchObject({
        __typename: 'Vaccination',
        givenOn: days(-100),
        lateReason: 'The lot was booked in late',
        vaccinatorId,
      });
      expect(again.id).toBe(dose.id);
      expect(await pending()).toEqual([]);
      expect(await rows(`SELECT FROM vaccination WHERE person_id = $1`, [personId])).toHaveLength(1);
      expect(await rows(`SELECT state FROM paper_row WHERE vaccination_id = $1`, [dose.id])).toEqual([
        { state: 'RECORDED' },
      ]);
      const trail = await rows(
        `SELECT FROM audit_entry WHERE resource_id = $1 AND action = 'backlog.record'`,
        [id],
      );
      expect(trail).toHaveLength(1);
      expect(await service.app.get(RebuildStock).compare(service.contextOf(tenant))).toEqual([]);
    });

    it('is for somebody else than who gave it to enter, and of somebody whom the registry knows', async () => {
      const accountId = await addStaff(service, tenant);
      const self = {
        tenant: 'aa',
        token: await service.tokenFor(tenant, [atFacility('facility-admin', place.id)], 'staff', accountId),
      };
      const id = await entered(csv([line(newId())]), { vaccinatorId: accountId });

      const unknown = await fault(id);
      const own = await fault(id, { personId: await child() }, self);
      const dose = await recorded(id, { personId: await child() });

      expect(unknown).toEqual(['NOT_FOUND', undefined]);
      expect(own).toEqual(['INVALID_INPUT', 'vaccinatorId']);
      expect(dose.__typename).toBe('Vaccination');
    });

    it('that nobody could read, or two read otherwise, is said anew and not taken for granted', async () => {
      const personId = await child();
      const id = await entered(csv([line(personId, '31/12/2025')]));

      const missing = [
        await fault(id),
        await fault(id, { personId }),
        await fault(id, { personId, lotId: lot }),
      ];
      const dose = await recorded(id, { personId, lotId: lot, givenOn: days(-50), vaccinatorId });

      expect(missing).toEqual([
        ['INVALID_INPUT', 'personId'],
        ['INVALID_INPUT', 'lotId'],
        ['INVALID_INPUT', 'givenOn'],
      ]);
      expect(dose).toMatchObject({ givenOn: days(-50), presence: 'OVERRIDE' });
    });

    it('that a device told too late is then known to the device, too', async () => {
      const vaccinator = await as([atFacility('vaccinator', place.id)]);
      const sent = told(await child());
      const [refused] = (await answerOf(SYNC, sent, vaccinator)).doses;

      const nobody = await fault(refused.pendingId);
      const dose = await recorded(refused.pendingId, { vaccinatorId });
      const [known] = (await answerOf(SYNC, sent, vaccinator)).doses;

      expect(refused).toMatchObject({ outcome: 'REFUSED', result: { __typename: 'DateNotToday' } });
      expect(nobody).toEqual(['INVALID_INPUT', 'vaccinatorId']);
      expect(dose).toMatchObject({ __typename: 'Vaccination', givenOn: days(-20) });
      expect(known).toMatchObject({ outcome: 'ALREADY_RECORDED', result: { id: dose.id } });
    });

    it('that a device told of somebody else is known to it as it was recorded, and holds up no other', async () => {
      const vaccinator = await as([atFacility('vaccinator', place.id)]);
      const mended: { sent: object; dose: { id: string } }[] = [];
      for (const wrong of [newId(), 'no id']) {
        const sent = told(wrong);
        const [refused] = (await answerOf(SYNC, sent, vaccinator)).doses;
        mended.push({
          sent: sent.input.doses[0]!,
          dose: await recorded(refused.pendingId, {
            personId: await child(),
            givenOn: days(-20),
            vaccinatorId,
          }),
        });
      }
      const other = told(await child(), { givenAt: new Date().toISOString() });
      other.input.doses.unshift(...(mended.map(({ sent }) => sent) as typeof other.input.doses));

      const known = (await answerOf(SYNC, other, vaccinator)).doses;

      expect(known).toMatchObject([
        ...mended.map(({ dose: { id } }) => ({ outcome: 'ALREADY_RECORDED', result: { id } })),
        { outcome: 'RECORDED' },
      ]);
    });

    it('may be another one than it was taken for, and is none of the dead', async () => {
      const [twice, dead] = [await child(), await child()];
      const text = csv([line(twice, days(-90)), line(twice, days(-89)), line(dead)]);
      await rows(`UPDATE person SET status = 'deceased' WHERE person_id = $1`, [dead]);
      await answerOf(ENTER, register(text));
      await service.runJobs();
      const [suspected] = await pending('DUPLICATE_SUSPECTED');
      const [deceased] = await pending('PERSON_DECEASED');

      const still = await recorded(suspected!.id);
      const other = await recorded(suspected!.id, { distinct: true });
      const never = await recorded(deceased!.id);

      expect([still, other, never].map(({ __typename }) => __typename)).toEqual([
        'DuplicateSuspected',
        'Vaccination',
        'PersonDeceased',
      ]);
      expect((await pending()).map(({ id }) => id)).toEqual([deceased!.id]);
    });

    it('is no longer one once it was dismissed', async () => {
      const id = await entered(csv([line(newId())]));
      await answerOf(DISMISS, {
        input: { facilityId: place.id, pendingId: id, reason: 'Entered otherwise' },
      });

      expect(await fault(id, { personId: await child() })).toEqual(['CONFLICT', undefined]);
    });
  });

  it('is for who holds the permission at that place, and nobody else', async () => {
    const verbs: Record<
      string,
      { permission: Permission; query: string; of: (facilityId: string) => object }
    > = {
      enter: {
        permission: 'vaccination.record-late',
        query: ENTER,
        of: facilityId => register(csv([line(newId())]), { facilityId }),
      },
      board: { permission: 'backlog.read', query: BOARD, of: facilityId => ({ facilityId }) },
      doses: { permission: 'backlog.read', query: PENDING, of: facilityId => ({ facilityId, first: 1 }) },
      dismiss: {
        permission: 'backlog.dismiss',
        query: DISMISS,
        of: facilityId => ({ input: { facilityId, pendingId: newId(), reason: 'A reason' } }),
      },
      record: {
        permission: 'vaccination.record-late',
        query: RECORD,
        of: facilityId => ({ input: { facilityId, pendingId: newId(), reason: 'A reason' } }),
      },
    };
    const here = place;
    const elsewhere = await addFacility(service, tenant, 1);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...STAFF_ROLES, 'facility-admin' as const, 'district-manager' as const),
        fc.constantFrom('country', 'area', 'here', 'elsewhere'),
        fc.constantFrom(...Object.keys(verbs)),
        async (role, reach, name) => {
          const { permission, query, of } = verbs[name]!;
          const grants: Record<string, Grant> = {
            country: country(role),
            area: inArea(role, here.areaIds[0]!),
            here: atFacility(role, here.id),
            elsewhere: atFacility(role, elsewhere.id),
          };

          const answer = await call(query, of(here.id), await as([grants[reach]!]));

          const holds = PERMISSIONS[permission].includes(role) && reach !== 'elsewhere';
          const found = answer.errors?.[0]?.extensions.code ?? 'ALLOWED';
          expect(found).toBe(
            !holds ? 'FORBIDDEN' : ['dismiss', 'record'].includes(name) ? 'NOT_FOUND' : 'ALLOWED',
          );
        },
      ),
      { numRuns: 80, verbose: true }, // a failure prints the seed
    );
  }, 120_000);
});

const byText = (a: unknown[], b: unknown[]): number => String(a).localeCompare(String(b));
