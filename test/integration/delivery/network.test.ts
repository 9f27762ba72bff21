import { onServer } from '../../harness/run/database';
import { type Caller, country, inArea, testService, type TestService } from '../../harness/service';
import { addFacility, write } from '../../harness/worlds/clinic';
import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';

const IMPORTED = `dryRun rows added changed unchanged rejected rejectedCsv faults { line column field fault reason }`;
const IMPORT_HUBS = `mutation ($csv: String!, $dryRun: Boolean = false) { done: importHubs(csv: $csv, dryRun: $dryRun) { ${IMPORTED} } }`;
const IMPORT_LEGS = `mutation ($csv: String!, $dryRun: Boolean = false) { done: importLegs(csv: $csv, dryRun: $dryRun) { ${IMPORTED} } }`;
const HUBS = `query { hubs(first: 100) { items { id code name level parentId facilityId handlingMinutes openDays opens closes } } }`;
const LEGS = `query ($hubId: ID!) { legs(hubId: $hubId) { id toHubId day time minutes mode temperature capacityKg } }`;
const SERVING = `query ($areaId: ID!) { hubServing(areaId: $areaId) { code } }`;
const ROUTE = `query ($input: DeliveryRouteInput!) { way: deliveryRoute(input: $input) { __typename
  ... on DeliveryRoute { networkVersion arrivesAt readyAt runs { leg { id } from { code } to { code } day cutOffAt departsAt arrivesAt } }
  ... on Refusal { message } } }`;
const CANCEL = `mutation ($input: CancelRunInput!) { cancelRun(input: $input) { legId day } }`;
const PUBLISH = `mutation ($hubId: ID!) { publishSortPlan(hubId: $hubId) { version networkVersion } }`;
const PLAN = `query ($hubId: ID!, $at: DateTime, $version: Int) { sortPlan(hubId: $hubId, at: $at, version: $version) {
  version cutOffAt directions { to { code } day time destinations } } }`;

const HUB_HEADER = 'code,parent,level,area,facility,serves,handling_minutes,open_days,opens,closes,name:en';
const LEG_HEADER = 'from,to,day,departs,minutes,mode,temperature,active,capacity_kg';

/** Monday 16 November 2026 was one; nothing here depends on today. */
const MONDAY = '2026-11-16';

describe('the delivery network', () => {
  let service: TestService;
  let tenant: TenantRef;
  let officer: Caller;
  let areas: { id: string; code: string }[];

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    officer = { tenant: 'aa', token: await service.tokenFor(tenant, [country('logistics-officer')]) };
    areas = await write(service, tenant, `SELECT id, code FROM area WHERE parent_id IS NULL ORDER BY code`);
  }, 120_000);
  beforeEach(() => onServer(service.database.url, owner => owner.query(`TRUNCATE tenant_aa.hub CASCADE`)));
  afterAll(() => service.stop());

  const ask = async (query: string, variables: object = {}, as = officer) => {
    const answer = await service.graphql(query, { ...variables }, as);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const hubFile = (...rows: string[]) => [HUB_HEADER, ...rows].join('\n');
  const legFile = (...rows: string[]) => [LEG_HEADER, ...rows].join('\n');
  const importHubs = async (csv: string, as = officer) => (await ask(IMPORT_HUBS, { csv }, as)).done;
  const importLegs = async (csv: string) => (await ask(IMPORT_LEGS, { csv })).done;
  const idOf = async (code: string): Promise<string> =>
    (await ask(HUBS)).hubs.items.find((hub: { code: string }) => hub.code === code).id;

  /** A post in the capital, one in a region that is open on weekdays, and an outlet below that. */
  async function threeHubs(): Promise<Record<'N' | 'R' | 'O', string>> {
    const area = areas[0]!.code;
    const done = await importHubs(
      hubFile(
        `O,R,outlet,${area},,${area},0,1-5,08:00,16:00,Outlet`,
        `N,,national,${area},,,60,1-7,00:00,23:59,National`,
        `R,N,regional,${area},,,30,1-6,06:00,20:00,Region`,
      ),
    );
    expect(done).toMatchObject({ added: 3, rejected: 0 });
    const legs = await importLegs(
      legFile(
        'N,R,1,06:00,240,truck,AMBIENT,yes,800',
        'N,R,2,06:00,240,truck,AMBIENT,yes,',
        'R,O,1,14:00,180,van,AMBIENT,yes,',
        'R,O,3,14:00,180,van,AMBIENT,yes,',
        'R,O,5,14:00,180,van,AMBIENT,yes,',
        'N,R,1,07:00,240,van,CHILLED,yes,',
      ),
    );
    expect(legs).toMatchObject({ added: 6, rejected: 0 });
    return { N: await idOf('N'), R: await idOf('R'), O: await idOf('O') };
  }
  const wayOf = async (hubs: { N: string; O: string }, ready: string, temperature = 'AMBIENT') =>
    (
      await ask(ROUTE, {
        input: { fromHubId: hubs.N, toHubId: hubs.O, readyAt: ready, temperature },
      })
    ).way;

  it('takes in hubs of any depth, whatever order they stand in, and nothing of them twice', async () => {
    const { N, R } = await threeHubs();
    const again = await importHubs(hubFile(`R,N,regional,${areas[0]!.code},,,30,1-6,06:00,20:00,Region`));
    const { items } = (await ask(HUBS)).hubs;

    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
    expect(items.map((hub: { code: string; parentId: string }) => [hub.code, hub.parentId])).toEqual([
      ['N', null],
      ['O', R],
      ['R', N],
    ]);
  });

  it('stores the good rows of a file and gives the bad ones back with reasons, as a file to mend', async () => {
    const area = areas[0]!.code;
    const facility = await addFacility(service, tenant);
    const done = await importHubs(
      hubFile(
        `GOOD,,outlet,${area},${facility.id},,15,1-7,08:00,16:00,Good`,
        `HOURS,,outlet,${area},,,15,1-7,16:00,08:00,Late`,
        `AREA,,outlet,nowhere,,,15,8,08:00,16:00,Nowhere`,
        `CHILD,HOURS,outlet,${area},,,15,1-7,08:00,16:00,Child of a bad one`,
        `A,B,outlet,${area},,,15,1-7,08:00,16:00,Below itself`,
        `B,A,outlet,${area},,,15,1-7,08:00,16:00,Below itself`,
        `GOOD,,outlet,${area},,,15,1-7,08:00,16:00,Twice`,
      ),
    );
    const { items } = (await ask(HUBS)).hubs;

    expect(done).toMatchObject({ rows: 7, added: 1, rejected: 6 });
    expect(
      done.faults.map((one: { line: number; field: string; fault: string }) => [
        one.line,
        one.field,
        one.fault,
      ]),
    ).toEqual([
      [3, 'closes', 'hours'],
      [4, 'open_days', 'days'],
      [4, 'area', 'unknownArea'],
      [5, 'parent', 'unknownHub'],
      [6, 'parent', 'circle'],
      [7, 'parent', 'circle'],
      [8, 'code', 'repeated'],
    ]);
    expect(done.rejectedCsv).toContain('closes: A hub closes after it opens.');
    expect(items).toEqual([expect.objectContaining({ code: 'GOOD', facilityId: facility.id })]);
  });

  it('stores nothing of a dry run, and says what it would have', async () => {
    const csv = hubFile(`N,,national,${areas[0]!.code},,,60,1-7,00:00,23:59,National`);

    const { done } = await ask(IMPORT_HUBS, { csv, dryRun: true });

    expect(done).toMatchObject({ dryRun: true, added: 1 });
    expect((await ask(HUBS)).hubs.items).toEqual([]);
  });

  it('takes hubs only in the area of whoever sends them', async () => {
    const token = await service.tokenFor(tenant, [inArea('logistics-officer', areas[0]!.id)]);
    const row = (code: string, area: string) => `${code},,outlet,${area},,,15,1-7,08:00,16:00,Hub`;

    const done = await importHubs(hubFile(row('HERE', areas[0]!.code), row('THERE', areas[1]!.code)), {
      tenant: 'aa',
      token,
    });

    expect(done).toMatchObject({ added: 1, rejected: 1, faults: [{ line: 3, fault: 'outsideYourArea' }] });
  });

  it('finds the earliest way, and says when a thing can be handed out there', async () => {
    const hubs = await threeHubs();

    const way = await wayOf(hubs, `${MONDAY}T05:00:00Z`);

    expect(way).toMatchObject({
      arrivesAt: `${MONDAY}T17:00:00.000Z`,
      readyAt: '2026-11-17T08:00:00.000Z', // closed by then
      runs: [
        { from: { code: 'N' }, to: { code: 'R' }, cutOffAt: `${MONDAY}T05:00:00.000Z` },
        { from: { code: 'R' }, to: { code: 'O' }, departsAt: `${MONDAY}T14:00:00.000Z`, day: MONDAY },
      ],
    });
  });

  it('hands out on the next day on which the hub is open, as its days are now', async () => {
    const { R: N, O } = await threeHubs();
    const area = areas[0]!.code;
    const comesOnFriday = () => wayOf({ N, O }, '2026-11-19T05:00:00Z');
    const days = (open: string) =>
      importHubs(hubFile(`O,R,outlet,${area},,${area},0,${open},08:00,16:00,Outlet`));

    const onWeekdays = await comesOnFriday();
    await days('1-6');
    const onSaturdays = await comesOnFriday();
    await days('2 4');
    const twiceAWeek = await comesOnFriday();

    expect(onWeekdays).toMatchObject({
      arrivesAt: '2026-11-20T17:00:00.000Z',
      readyAt: '2026-11-23T08:00:00.000Z',
    });
    expect(onSaturdays.readyAt).toBe('2026-11-21T08:00:00.000Z');
    expect(twiceAWeek.readyAt).toBe('2026-11-24T08:00:00.000Z');
  });

  it('lets what comes after the cut-off wait for the next departure', async () => {
    const way = await wayOf(await threeHubs(), `${MONDAY}T05:00:01Z`);

    expect(way.arrivesAt).toBe('2026-11-18T17:00:00.000Z');
  });

  it('sends what must be cold by no warm leg', async () => {
    const way = await wayOf(await threeHubs(), `${MONDAY}T05:00:00Z`, 'CHILLED');

    expect(way).toMatchObject({ __typename: 'NoRoute', message: expect.stringContaining('from N to O') });
  });

  it('goes another way from the moment a run is cancelled, and the same way in all other weeks', async () => {
    const hubs = await threeHubs();
    const before = await wayOf(hubs, `${MONDAY}T05:00:00Z`);
    const run = { fromHubId: hubs.R, legId: before.runs[1].leg.id, day: MONDAY, reason: 'bridge down' };

    await ask(CANCEL, { input: run });
    await ask(CANCEL, { input: run });
    const wrongDay = await service.graphql(CANCEL, { input: { ...run, day: '2026-11-17' } }, officer);
    const after = await wayOf(hubs, `${MONDAY}T05:00:00Z`);
    const nextWeek = await wayOf(hubs, '2026-11-23T05:00:00Z');

    expect(wrongDay.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    expect(after).toMatchObject({
      arrivesAt: '2026-11-18T17:00:00.000Z',
      networkVersion: before.networkVersion + 1,
    });
    expect(nextWeek.arrivesAt).toBe('2026-11-23T17:00:00.000Z');
  });

  it('no longer sends by a departure that the timetable dropped', async () => {
    const hubs = await threeHubs();

    await importLegs(legFile('R,O,1,14:00,180,van,AMBIENT,no,'));

    expect((await wayOf(hubs, `${MONDAY}T05:00:00Z`)).arrivesAt).toBe('2026-11-18T17:00:00.000Z');
    expect((await ask(LEGS, { hubId: hubs.R })).legs).toHaveLength(2);
  });

  it('sorts by the published plan, whose versions say the same for ever', async () => {
    const hubs = await threeHubs();
    const first = (await ask(PUBLISH, { hubId: hubs.N })).publishSortPlan;
    const same = (await ask(PUBLISH, { hubId: hubs.N })).publishSortPlan;
    await importLegs(legFile('N,O,1,05:30,60,motorcycle,AMBIENT,yes,'));
    const second = (await ask(PUBLISH, { hubId: hubs.N })).publishSortPlan;
    const at = `${MONDAY}T04:00:00Z`;

    const newest = (await ask(PLAN, { hubId: hubs.N, at })).sortPlan;
    const oldest = (await ask(PLAN, { hubId: hubs.N, at, version: 1 })).sortPlan;
    const late = (await ask(PLAN, { hubId: hubs.N, at: `${MONDAY}T04:30:01Z` })).sortPlan;

    expect([first.version, same.version, second.version]).toEqual([1, 1, 2]);
    expect(oldest).toEqual({
      version: 1,
      cutOffAt: `${MONDAY}T05:00:00.000Z`,
      directions: [
        { to: { code: 'R' }, day: 1, time: '06:00', destinations: expect.arrayContaining(['R', 'O']) },
      ],
    });
    expect(newest).toMatchObject({
      cutOffAt: `${MONDAY}T04:30:00.000Z`,
      directions: [
        { to: { code: 'O' }, time: '05:30', destinations: ['O'] },
        { to: { code: 'R' }, time: '06:00', destinations: ['R'] },
      ],
    });
    expect(late).toMatchObject({ cutOffAt: `${MONDAY}T05:00:00.000Z` });
  });

  it('knows which hub delivers to an area, its own or one above', async () => {
    await threeHubs();
    const [own, other] = [areas[0]!, areas[1]!];
    const [inner] = await write<{ id: string }>(
      service,
      tenant,
      `INSERT INTO area (id, code, parent_id, level, names, postal_prefixes, path, active)
       SELECT $2::uuid, $2::text, id, 'district', '{}', '{}', path || $2::uuid, true FROM area WHERE id = $1 RETURNING id`,
      [own.id, newId()],
    );

    expect((await ask(SERVING, { areaId: own.id })).hubServing).toEqual({ code: 'O' });
    expect((await ask(SERVING, { areaId: inner!.id })).hubServing).toEqual({ code: 'O' });
    expect((await ask(SERVING, { areaId: other.id })).hubServing).toBeNull();
  });
});
