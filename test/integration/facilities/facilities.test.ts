import { Database } from '../../../src/platform/database';
import { newId } from '../../../src/common';
import { inArea } from '../../harness/service';
import { dataOf, Ministry } from './ministry';

const world = new Ministry();
const { ask, areaCodes, areaOf, registering, registered } = world;

const IMPORT = `mutation($csv: String!, $dryRun: Boolean!) { importFacilities(csv: $csv, dryRun: $dryRun) {
  dryRun rows added changed unchanged rejected faults { line column field code fault reason } moreFaults rejectedCsv } }`;

const importing = async (csv: string, dryRun = false, token = world.admin, language?: string) =>
  dataOf(await ask(IMPORT, { csv, dryRun }, token, language)).importFacilities;

const HEADER = 'code,area,category,kind,active,name:en,phone,latitude,longitude,opening_hours';
const facilities = async (filter: object = {}) =>
  dataOf(
    await ask(
      `query($filter: FacilityFilterInput) { facilities(first: 100, filter: $filter) { items { id code name active } endCursor } }`,
      { filter },
    ),
  ).facilities;

describe('areas', () => {
  it('are those of the published pack, and keep their ids when it is published again', async () => {
    const before = await areaCodes();
    const id = await areaOf(before[0]!);

    const other = await world.service.country('xc');
    const again = await ask(`query($id: ID!) { area(id: $id) { id code path active } }`, { id });
    const foreign = await world.service.graphql(
      `query($id: ID!) { area(id: $id) { id } }`,
      { id },
      { tenant: other.code },
    );

    expect(before.length).toBeGreaterThan(5);
    expect(dataOf(again).area).toEqual({ id, code: before[0], path: [id], active: true });
    expect(foreign.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  }, 120_000);
});

describe('a facility by form', () => {
  it('is registered with its phone in international form, and its code is its own', async () => {
    const area = (await areaCodes())[0]!;
    const first = dataOf(
      await registering('F-1', await areaOf(area), { latitude: 5.5, longitude: -0.2 }),
    ).registerFacility;

    const second = dataOf(await registering('F-1', await areaOf(area))).registerFacility;

    expect(first).toMatchObject({ __typename: 'Facility', code: 'F-1', name: 'Clinic F-1' });
    expect(second).toMatchObject({ __typename: 'FacilityCodeTaken', facilityId: first.id });
    expect(second.message).toContain('F-1');
  });

  it('tells every fault at once and stores nothing', async () => {
    const area = await areaOf((await areaCodes())[0]!);

    const answer = await registering('bad code!', area, {
      phone: '12',
      latitude: 95,
      longitude: 1,
      services: ['Not A Code'],
    });

    expect(answer.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
    const faults = answer.errors?.[0]?.extensions.faults as { path: string; message: string }[];
    expect(faults.map(fault => fault.path).sort()).toEqual(['code', 'latitude', 'phone', 'services']);
    expect(faults.every(fault => !fault.message.startsWith('facilities.'))).toBe(true);
    expect((await facilities({ code: 'bad code!' })).items).toEqual([]);
  });

  it('is hidden from the public once it is closed, and opens again', async () => {
    const id = await registered('F-2', await areaOf((await areaCodes())[1]!));
    const change = (active: boolean) =>
      ask(`mutation($input: ChangeFacilityInput!) { changeFacility(input: $input) { id active name } }`, {
        input: { facilityId: id, active },
      });

    const closed = dataOf(await change(false)).changeFacility;
    const hidden = await ask(`query($id: ID!) { facility(id: $id) { id } }`, { id }, null);
    await change(true);
    const shown = await ask(`query($id: ID!) { facility(id: $id) { code } }`, { id }, null);

    expect(closed).toEqual({ id, active: false, name: 'Clinic F-2' });
    expect(hidden.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(dataOf(shown).facility.code).toBe('F-2');
  });
});

describe('a register of facilities by file', () => {
  it('stores 10,000 rows, and the same file again changes nothing', async () => {
    const [area] = await areaCodes();
    const rows = Array.from(
      { length: 10_000 },
      (_, i) => `BIG-${i},${area},public,fixed,yes,Clinic ${i},,,,08:00-16:00`,
    );
    const csv = [HEADER, ...rows].join('\n');

    const started = Date.now();
    const first = await importing(csv);
    const seconds = (Date.now() - started) / 1000;
    const again = await importing(csv);

    expect(first).toMatchObject({ rows: 10_000, added: 10_000, changed: 0, unchanged: 0, rejected: 0 });
    expect(again).toMatchObject({ rows: 10_000, added: 0, changed: 0, unchanged: 10_000, rejected: 0 });
    process.stdout.write(`10,000 facilities imported in ${seconds.toFixed(1)} s\n`);
  }, 120_000);

  it('reports each bad row by line, column and reason, defaults nothing and stores the others', async () => {
    const [area] = await areaCodes();
    const csv =
      '\uFEFF' +
      [
        HEADER,
        `G-1,${area},PUBLIC,FIXED,yes,"Clinic, ""North""",,5.1,-0.1,"Mon\nTue"`,
        `G-2,${area},PUBLIC,,yes,No kind,,,,`,
        `G-3,NOWHERE,PUBLIC,FIXED,yes,No such area,,,,`,
        `G-4,${area},PUBLIC,FIXED,maybe,Maybe,,,,`,
        `G-5,${area},PUBLIC,FIXED,yes,Half a point,,5.1,,`,
        `G-6,${area},PUBLIC,FIXED,yes,Bad number,,abc,1,`,
        `G-1,${area},PUBLIC,FIXED,yes,Again,,,,`,
        `G-7,${area},PUBLIC,FIXED,yes,Short`,
      ].join('\r\n');

    const report = await importing(csv);

    expect(report).toMatchObject({ rows: 8, added: 1, rejected: 7, moreFaults: 0 });
    const told = report.faults.map(
      (fault: { line: number; column: number; field: string; fault: string }) => [
        fault.line,
        fault.column,
        fault.field,
        fault.fault,
      ],
    );
    expect(told).toEqual([
      [4, 4, 'kind', 'missing'],
      [5, 2, 'area', 'unknownArea'],
      [6, 5, 'active', 'unknownValue'],
      [7, 9, 'longitude', 'halfPoint'],
      [8, 8, 'latitude', 'number'],
      [9, 1, 'code', 'repeated'],
      [10, 1, '', 'cellCount'],
    ]);
    expect((await facilities({ code: 'G-1' })).items[0].name).toBe('Clinic, "North"');
    expect((await facilities({ code: 'G-2' })).items).toEqual([]);
  });

  it('gives the bad rows back as a file that can be mended and sent again', async () => {
    const [area] = await areaCodes();
    const report = await importing([HEADER, `H-1,NOWHERE,PUBLIC,FIXED,yes,"A ""B"", C",,,,`].join('\n'));

    const again = await importing(report.rejectedCsv.replace('NOWHERE', area));

    expect(report.rejectedCsv.split('\r\n')[0]).toBe(`${HEADER},rejected_because`);
    expect(again).toMatchObject({ rows: 1, added: 1, rejected: 0 });
    expect((await facilities({ code: 'H-1' })).items[0].name).toBe('A "B", C');
  });

  it('stores nothing on a dry run and says what it would have done', async () => {
    const [area] = await areaCodes();
    const csv = [HEADER, `D-1,${area},PUBLIC,FIXED,yes,Dry,,,,`].join('\n');

    const dry = await importing(csv, true);

    expect(dry).toMatchObject({ dryRun: true, added: 1, rejected: 0 });
    expect((await facilities({ code: 'D-1' })).items).toEqual([]);
  });

  it('is refused whole when its header is wrong', async () => {
    const report = await importing('code;area;colour\nX;Y;Z');

    expect(report).toMatchObject({ rows: 0, added: 0 });
    expect(
      report.faults.map((fault: { field: string; fault: string }) => [fault.field, fault.fault]),
    ).toEqual([
      ['category', 'columnMissing'],
      ['kind', 'columnMissing'],
      ['active', 'columnMissing'],
      ['name:…', 'columnMissing'],
      ['colour', 'columnUnknown'],
    ]);
  });

  it('reaches no further than whoever sends it', async () => {
    const [mine, other] = await areaCodes();
    const manager = await world.service.tokenFor(world.tenant, [
      inArea('district-manager', await areaOf(mine!)),
    ]);
    await importing([HEADER, `E-1,${other},PUBLIC,FIXED,yes,Theirs,,,,`].join('\n'));
    const csv = [
      HEADER,
      `E-1,${mine},PUBLIC,FIXED,yes,Taken,,,,`,
      `E-2,${other},PUBLIC,FIXED,yes,Placed,,,,`,
    ].join('\n');

    const report = await importing(csv, false, manager);

    expect(report).toMatchObject({ added: 0, changed: 0, rejected: 2 });
    expect(report.faults.map((fault: { fault: string }) => fault.fault)).toEqual([
      'outsideYourArea',
      'outsideYourArea',
    ]);
    expect((await facilities({ code: 'E-1' })).items[0].name).toBe('Theirs');
  });
});

describe('a session', () => {
  const PLAN = `mutation($input: PlanSessionInput!) { planSession(input: $input) { __typename
    ... on Session { id facilityId date state opensAt pools { pool capacity held booked } } ... on SessionAlreadyPlanned { sessionId message } } }`;
  const product = async (): Promise<string> => dataOf(await ask(`{ products { code } }`)).products[0].code;
  const plan = async (facilityId: string, more: object = {}) => ({
    facilityId,
    date: '2099-05-04',
    startTime: '09:00',
    endTime: '12:00',
    products: [await product()],
    capacity: [{ places: 10 }],
    walkInPlaces: 2,
    assistedPlaces: 1,
    ...more,
  });
  const planning = async (facilityId: string, more: object = {}) =>
    ask(PLAN, { input: await plan(facilityId, more) });

  it('is planned with places to book, for walk-ins and for assisted booking, and is the same only once', async () => {
    const facilityId = await registered('T-1', await areaOf((await areaCodes())[0]!));

    const first = dataOf(await planning(facilityId)).planSession;
    const second = dataOf(await planning(facilityId)).planSession;

    expect(first).toMatchObject({ __typename: 'Session', state: 'OPEN' });
    expect(first.pools.map((each: { pool: string; capacity: number }) => [each.pool, each.capacity])).toEqual(
      [
        ['any', 10],
        ['assisted', 1],
        ['walk-in', 2],
      ],
    );
    expect(second).toMatchObject({ __typename: 'SessionAlreadyPlanned', sessionId: first.id });
  });

  it('opens at the announced instant', async () => {
    const facilityId = await registered('T-2', await areaOf((await areaCodes())[0]!));

    const answer = dataOf(await planning(facilityId, { opensAt: '2098-01-01T06:00:00Z' })).planSession;

    expect(answer).toMatchObject({ state: 'PLANNED', opensAt: '2098-01-01T06:00:00.000Z' });
  });

  it.each([
    ['ends before it begins', { endTime: '08:00' }],
    ['is in the past', { date: '2001-01-01' }],
    ['gives what the country does not have', { products: ['no-such-product'] }],
    ['has an age that is none', { minAge: 'six weeks' }],
    [
      'counts a dose twice',
      {
        capacity: [
          { doseNumber: 1, places: 1 },
          { doseNumber: 1, places: 2 },
        ],
      },
    ],
    ['has no places at all', { capacity: [], walkInPlaces: 0, assistedPlaces: 0 }],
  ])('is not planned when it %s', async (_, wrong) => {
    const facilityId = await registered(`T-X${newId().slice(-6)}`, await areaOf((await areaCodes())[0]!));

    const answer = await planning(facilityId, wrong);

    expect(answer.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('never becomes smaller than what is taken', async () => {
    const facilityId = await registered('T-3', await areaOf((await areaCodes())[0]!));
    const session = dataOf(await planning(facilityId)).planSession;
    await world.service.app
      .get(Database)
      .write(world.service.contextOf(world.tenant), work =>
        work.query(`UPDATE session_places SET booked = 7 WHERE session_id = $1 AND pool = 'any'`, [
          session.id,
        ]),
      );
    const CHANGE = `mutation($input: ChangeSessionInput!) { changeSession(input: $input) { __typename
      ... on Session { pools { pool capacity } } ... on PlacesTaken { pool taken } } }`;
    const change = (input: object) => ask(CHANGE, { input: { facilityId, sessionId: session.id, ...input } });

    const refused = dataOf(await change({ capacity: [{ places: 6 }], walkInPlaces: 9 })).changeSession;
    const changed = dataOf(await change({ capacity: [{ places: 7 }] })).changeSession;

    expect(refused).toEqual({ __typename: 'PlacesTaken', pool: 'any', taken: 7 });
    expect(changed.pools).toEqual([
      { pool: 'any', capacity: 7 },
      { pool: 'assisted', capacity: 1 },
      { pool: 'walk-in', capacity: 2 },
    ]);
  });

  it('is cancelled once, with a reason, and can be planned again after that', async () => {
    const facilityId = await registered('T-4', await areaOf((await areaCodes())[0]!));
    const session = dataOf(await planning(facilityId)).planSession;
    const cancel = () =>
      ask(`mutation($input: EndSessionInput!) { cancelSession(input: $input) { state reason } }`, {
        input: { facilityId, sessionId: session.id, reason: 'No vaccine' },
      });

    const done = dataOf(await cancel()).cancelSession;
    const again = await cancel();
    const anew = dataOf(await planning(facilityId)).planSession;

    expect(done).toEqual({ state: 'CANCELLED', reason: 'No vaccine' });
    expect(again.errors?.[0]?.extensions.code).toBe('STATE_FORBIDS');
    expect(anew.__typename).toBe('Session');
  });
});
