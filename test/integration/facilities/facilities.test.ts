import { newId } from '../../../src/common';
import { NameUserAdmin } from '../../../src/facilities';
import { StartSignIn } from '../../../src/identity/sign-ins/start-sign-in';
import { CountryWords } from '../../../src/localisation';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { systemContext } from '../../../src/platform/events';
import { write } from '../../harness/clinic';
import { onServer } from '../../harness/database';
import {
  atFacility,
  country,
  type GraphqlAnswer,
  inArea,
  testService,
  type TestService,
} from '../../harness/service';

let service: TestService;
let tenant: TenantRef;
let admin: string;
let second: string;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('xb');
  admin = await service.tokenFor(tenant, [
    country('configuration-admin'),
    country('user-admin'),
    country('district-manager'),
  ]);
  second = await service.tokenFor(tenant, [country('user-admin')]);
}, 120_000);
afterAll(() => service?.stop());

const ask = (query: string, variables: object = {}, token: string | null = admin, language?: string) =>
  service.graphql(query, variables as Record<string, unknown>, {
    tenant: tenant.code,
    ...(token ? { token } : {}),
    ...(language ? { language } : {}),
  });

const inTenant = <Row = unknown>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  write<Row>(service, tenant, sql, values);

const dataOf = (answer: GraphqlAnswer) => {
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
};

const areaOf = async (code: string): Promise<string> => {
  const areas = dataOf(await ask(`{ areas(first: 100) { items { id code } } }`)).areas.items;
  return areas.find((area: { code: string }) => area.code === code).id;
};

const areaCodes = async (): Promise<string[]> =>
  dataOf(await ask(`{ areas(first: 100) { items { code } } }`)).areas.items.map(
    (area: { code: string }) => area.code,
  );

const IMPORT = `mutation($csv: String!, $dryRun: Boolean!) { importFacilities(csv: $csv, dryRun: $dryRun) {
  dryRun rows added changed unchanged rejected faults { line column field code fault reason } moreFaults rejectedCsv } }`;

const importing = async (csv: string, dryRun = false, token = admin, language?: string) =>
  dataOf(await ask(IMPORT, { csv, dryRun }, token, language)).importFacilities;

const HEADER = 'code,area,category,kind,active,name:en,phone,latitude,longitude,opening_hours';
const facilities = async (filter: object = {}) =>
  dataOf(
    await ask(
      `query($filter: FacilityFilterInput) { facilities(first: 100, filter: $filter) { items { id code name active } endCursor } }`,
      { filter },
    ),
  ).facilities;

const REGISTER = `mutation($input: RegisterFacilityInput!) { registerFacility(input: $input) {
  __typename ... on Facility { id code name phone } ... on FacilityCodeTaken { message facilityId } } }`;
const registering = async (code: string, area: string, more: object = {}, token = admin) =>
  ask(
    REGISTER,
    {
      input: {
        code,
        names: [{ language: 'en', text: `Clinic ${code}` }],
        areaId: area,
        category: 'PUBLIC',
        kind: 'FIXED',
        ...more,
      },
    },
    token,
  );
const registered = async (code: string, area: string): Promise<string> =>
  dataOf(await registering(code, area)).registerFacility.id;

describe('areas', () => {
  it('are those of the published pack, and keep their ids when it is published again', async () => {
    const before = await areaCodes();
    const id = await areaOf(before[0]!);

    const other = await service.country('xc');
    const again = await ask(`query($id: ID!) { area(id: $id) { id code path active } }`, { id });
    const foreign = await service.graphql(
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
    const manager = await service.tokenFor(tenant, [inArea('district-manager', await areaOf(mine!))]);
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

describe('staff', () => {
  const INVITE = `mutation($input: InviteStaffInput!) { inviteStaff(input: $input) {
    id state roles { role reach reachId } rolesAsked { id role reach reachId state } } }`;
  const DECIDE = `mutation($input: DecideRoleRequestInput!) { decideRoleRequest(input: $input) { __typename
    ... on RoleRequest { state role decidedBy } ... on RoleRequestClosed { state } } }`;
  const inviting = (email: string, roles: object[], token = admin) =>
    ask(INVITE, { input: { email, name: 'Somebody', roles } }, token);
  const deciding = (requestId: string, approved = true, token = second) =>
    ask(DECIDE, { input: { requestId, approved } }, token);
  /** Invited by one person, and what she asked for given by another. */
  const given = async (email: string, roles: object[]): Promise<{ id: string }> => {
    const member = dataOf(await inviting(email, roles)).inviteStaff;
    for (const { id } of member.rolesAsked) dataOf(await deciding(id));
    return member;
  };

  it('are invited with the roles they are given, once', async () => {
    const facilityId = await registered('S-1', await areaOf((await areaCodes())[0]!));

    const first = dataOf(
      await inviting('vaccinator@xb.example', [{ role: 'vaccinator', facilityId }]),
    ).inviteStaff;
    const again = dataOf(
      await inviting('vaccinator@xb.example', [{ role: 'vaccinator', facilityId }]),
    ).inviteStaff;

    expect(first).toMatchObject({
      state: 'INVITED',
      roles: [{ role: 'vaccinator', reach: 'facility', reachId: facilityId }],
    });
    expect(again).toEqual(first);
  });

  it('who run a place give roles at that place and nothing above it', async () => {
    const areaId = await areaOf((await areaCodes())[0]!);
    const [own, other] = [await registered('S-2', areaId), await registered('S-3', areaId)];
    const runner = await service.tokenFor(tenant, [atFacility('facility-admin', own)]);

    const codes = await Promise.all([
      inviting('a@xb.example', [{ role: 'registrar', facilityId: own }], runner),
      inviting('b@xb.example', [{ role: 'registrar', facilityId: other }], runner),
      inviting('c@xb.example', [{ role: 'district-manager', areaId }], runner),
      inviting('d@xb.example', [{ role: 'auditor' }], runner),
      inviting('e@xb.example', [{ role: 'user-admin', facilityId: own }], runner),
    ]);

    expect(codes.map(answer => answer.errors?.[0]?.extensions.code ?? 'invited')).toEqual([
      'invited',
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
    ]);
  });

  it('never hold two roles that one person must not hold', async () => {
    const facilityId = await registered('S-4', await areaOf((await areaCodes())[0]!));

    const answer = await inviting('both@xb.example', [
      { role: 'vaccinator', facilityId },
      { role: 'configuration-admin' },
    ]);

    expect(answer.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('are suspended by who answers for all their roles, and then cannot be invited back by accident', async () => {
    const areas = await areaCodes();
    const [here, there] = [await areaOf(areas[0]!), await areaOf(areas[1]!)];
    const member = await given('moving@xb.example', [
      { role: 'district-manager', areaId: here },
      { role: 'district-manager', areaId: there },
    ]);
    const SUSPEND = `mutation($staffId: ID!) { suspendStaff(staffId: $staffId) { state } }`;
    const local = await service.tokenFor(tenant, [inArea('user-admin', here)]);

    const refused = await ask(SUSPEND, { staffId: member.id }, local);
    const done = await ask(SUSPEND, { staffId: member.id });
    const back = await inviting('moving@xb.example', [{ role: 'district-manager', areaId: here }]);

    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(dataOf(done).suspendStaff.state).toBe('SUSPENDED');
    expect(back.errors?.[0]?.extensions.code).toBe('STATE_FORBIDS');
  });

  describe('whose roles end', () => {
    const END = `mutation($input: EndStaffRolesInput!) { endStaffRoles(input: $input) { roles { role reach reachId } } }`;
    const ending = (input: object, token = admin) => ask(END, { input }, token);
    const codeOf = (answer: { errors?: { extensions: { code: string } }[] }): string | undefined =>
      answer.errors?.[0]?.extensions.code;
    /** Somebody with these roles, and a token of a sign-in of hers that the database knows. */
    const working = async (email: string, roles: object[]) => {
      const { id } = await given(email, roles);
      await inTenant(`UPDATE staff_account SET state = 'ACTIVE' WHERE id = $1`, [id]);
      return { id, token: (await signedIn(id)).token };
    };
    const signedIn = (id: string) => {
      const ctx = service.contextOf(tenant);
      return service.app
        .get(Database)
        .write(ctx, work =>
          service.app
            .get(StartSignIn)
            .in(ctx, work, { kind: 'staff', id, grants: [country('district-manager')] }),
        );
    };
    const endedAt = (id: string) =>
      inTenant<{ role: string; ended: boolean }>(
        `SELECT role, ended_at IS NOT NULL AS ended FROM role_grant WHERE staff_id = $1 ORDER BY role`,
        [id],
      );

    it('keep the others, are signed out at once, and it is in the trail; said again, nothing more happens', async () => {
      const areaId = await areaOf((await areaCodes())[0]!);
      const facilityId = await registered('S-6', areaId);
      const { id, token } = await working('fewer@xb.example', [
        { role: 'vaccinator', facilityId },
        { role: 'district-manager', areaId },
      ]);
      const before = await ask('{ me { kind } }', {}, token);

      const first = await ending({ staffId: id, roles: [{ role: 'vaccinator', facilityId }] });
      const again = await ending({ staffId: id, roles: [{ role: 'vaccinator', facilityId }] });

      const left = { roles: [{ role: 'district-manager', reach: 'area', reachId: areaId }] };
      expect([dataOf(first).endStaffRoles, dataOf(again).endStaffRoles]).toEqual([left, left]);
      expect(await endedAt(id)).toEqual([
        { role: 'district-manager', ended: false },
        { role: 'vaccinator', ended: true },
      ]);
      expect(dataOf(before).me.kind).toBe('staff');
      expect(codeOf(await ask('{ me { kind } }', {}, token))).toBe('UNAUTHENTICATED');
      const trail = await inTenant<{ detail: unknown }>(
        `SELECT detail FROM audit_entry WHERE action = 'staff.end-roles' AND resource_id = $1`,
        [id],
      );
      expect(trail).toEqual([
        { detail: { grants: [{ role: 'vaccinator', reach: { kind: 'facility', id: facilityId } }] } },
      ]);
    });

    it('when they leave a facility, by who runs it: what they are elsewhere stays', async () => {
      const areaId = await areaOf((await areaCodes())[0]!);
      const [own, other] = [await registered('S-7', areaId), await registered('S-8', areaId)];
      const { id } = await working('leaving@xb.example', [
        { role: 'vaccinator', facilityId: own },
        { role: 'registrar', facilityId: own },
        { role: 'registrar', facilityId: other },
      ]);
      const runner = await service.tokenFor(tenant, [atFacility('facility-admin', own)]);

      const done = await ending({ staffId: id, leavesFacilityId: own }, runner);

      expect(dataOf(done).endStaffRoles.roles).toEqual([
        { role: 'registrar', reach: 'facility', reachId: other },
      ]);
    });

    it('can be given them anew, and are then kept to what does not go together', async () => {
      const facilityId = await registered('S-9', await areaOf((await areaCodes())[0]!));
      const { id } = await working('turning@xb.example', [{ role: 'vaccinator', facilityId }]);
      const planner = [{ role: 'programme-admin' }];

      const both = await inviting('turning@xb.example', planner);
      await ending({ staffId: id, roles: [{ role: 'vaccinator', facilityId }] });
      const turned = await inviting('turning@xb.example', planner);
      dataOf(await deciding(dataOf(turned).inviteStaff.rolesAsked[0].id));
      const back = await inviting('turning@xb.example', [{ role: 'vaccinator', facilityId }]);

      expect([both, turned, back].map(codeOf)).toEqual(['INVALID_INPUT', undefined, 'INVALID_INPUT']);
    });

    it('lose none by who could not give it, nor their own, and are not told from nobody', async () => {
      const areaId = await areaOf((await areaCodes())[0]!);
      const [own, other] = [await registered('S-10', areaId), await registered('S-11', areaId)];
      const { id } = await working('safe@xb.example', [
        { role: 'registrar', facilityId: other },
        { role: 'district-manager', areaId },
      ]);
      const runner = await service.tokenFor(tenant, [atFacility('facility-admin', own)]);
      const herself = await service.tokenFor(tenant, [country('user-admin')], 'staff', id);

      const codes = [
        await ending({ staffId: id, roles: [{ role: 'registrar', facilityId: other }] }, runner),
        await ending({ staffId: newId(), roles: [{ role: 'registrar', facilityId: other }] }, runner),
        await ending({ staffId: id, roles: [{ role: 'district-manager', areaId }] }, runner),
        await ending({ staffId: id, leavesFacilityId: own }, runner),
        await ending({ staffId: newId(), leavesFacilityId: own }, runner),
        await ending({ staffId: id, roles: [{ role: 'district-manager', areaId }] }, herself),
        await ending({ staffId: id }),
        await ending({ staffId: id, leavesFacilityId: own, roles: [{ role: 'auditor' }] }),
      ].map(codeOf);

      expect(codes).toEqual([
        'FORBIDDEN',
        'FORBIDDEN',
        'FORBIDDEN',
        'NOT_FOUND',
        'NOT_FOUND',
        'FORBIDDEN',
        'INVALID_INPUT',
        'INVALID_INPUT',
      ]);
      expect((await endedAt(id)).filter(({ ended }) => ended)).toEqual([]);
    });

    it('leave the country somebody who answers for its users, also when two end each other’s at one moment', async () => {
      const [one, two] = [
        await working('one@xb.example', [{ role: 'user-admin' }]),
        await working('two@xb.example', [{ role: 'user-admin' }]),
      ];
      await inTenant(`UPDATE role_grant SET ended_at = now() WHERE role = 'user-admin' AND staff_id <> ALL ($1::uuid[])`, [[one.id, two.id]]); // prettier-ignore
      const roles = [{ role: 'user-admin' }];

      const answers = await Promise.all([
        ending({ staffId: one.id, roles }),
        ending({ staffId: two.id, roles }),
      ]);

      expect(answers.map(answer => codeOf(answer) ?? 'ended').sort((a, b) => a.localeCompare(b))).toEqual([
        'CONFLICT',
        'ended',
      ]);
    });
  });

  describe('whose role reaches beyond one facility', () => {
    const anywhere = [{ role: 'auditor' }];
    const typeOf = (answer: GraphqlAnswer): string => dataOf(answer).decideRoleRequest.__typename;
    const asked = async (email: string, roles: object[] = anywhere, token = admin) => {
      const member = dataOf(await inviting(email, roles, token)).inviteStaff;
      return { ...member, requestId: member.rolesAsked[0].id as string };
    };
    const rolesOf = (id: string) =>
      inTenant<{ role: string }>(`SELECT role FROM role_grant WHERE staff_id = $1 AND ended_at IS NULL`, [
        id,
      ]);
    const invitationsOf = (email: string) =>
      inTenant(`SELECT 1 FROM sandbox_message WHERE receiver = $1`, [email]);
    const asAccount = async (roles: object[], email: string): Promise<{ id: string; token: string }> => {
      const { id } = await given(email, roles);
      await inTenant(`UPDATE staff_account SET state = 'ACTIVE' WHERE id = $1`, [id]);
      return { id, token: await service.tokenFor(tenant, [country('user-admin')], 'staff', id) };
    };

    it('has it, and her invitation, when a second person gives it; asked twice, it is one request', async () => {
      const email = 'beyond@xb.example';
      const first = await asked(email);
      const again = await asked(email);
      const before = [await rolesOf(first.id), await invitationsOf(email)];

      const done = dataOf(await deciding(first.requestId)).decideRoleRequest;

      expect(first).toMatchObject({ roles: [], rolesAsked: [{ role: 'auditor', state: 'ASKED' }] });
      expect(again).toEqual(first);
      expect(before).toEqual([[], []]);
      expect(done).toMatchObject({ __typename: 'RoleRequest', state: 'GIVEN' });
      expect(await rolesOf(first.id)).toEqual([{ role: 'auditor' }]);
      expect(await invitationsOf(email)).toHaveLength(1);
      const trail = await inTenant<{ action: string }>(
        `SELECT action FROM audit_entry WHERE resource_id = $1 ORDER BY id`,
        [first.requestId],
      );
      expect(trail.map(({ action }) => action)).toEqual(['staff.ask-for-role', 'staff.decide-role']);
    });

    it('is not given it by who asked, by herself, by who only works below, nor by who could not', async () => {
      const areaId = await areaOf((await areaCodes())[0]!);
      const { id, requestId } = await asked('waits@xb.example');
      const mine = await service.tokenFor(tenant, [country('user-admin')], 'staff', id);
      const below = await service.tokenFor(tenant, [inArea('user-admin', areaId)]);
      const other = await service.tokenFor(tenant, [country('configuration-admin')]);

      const answers = [
        await deciding(requestId, true, admin),
        await deciding(requestId, false, admin),
        await deciding(requestId, true, mine),
      ];
      const codes = [await deciding(requestId, true, below), await deciding(requestId, true, other)];

      expect(answers.map(typeOf)).toEqual(Array.from({ length: 3 }, () => 'RoleNeedsSecondPerson'));
      expect(codes.map(answer => answer.errors?.[0]?.extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
      expect(await rolesOf(id)).toEqual([]);
    });

    it('has it once when two decide at one moment, and never what was declined', async () => {
      const third = await service.tokenFor(tenant, [country('user-admin')]);
      const [both, declined] = [await asked('both-say@xb.example'), await asked('declined@xb.example')];

      const answers = await Promise.all([
        deciding(both.requestId),
        deciding(both.requestId, true, third),
        deciding(declined.requestId, false),
      ]);
      const late = dataOf(await deciding(declined.requestId, true, third)).decideRoleRequest;

      expect(answers.map(typeOf).sort()).toEqual(['RoleRequest', 'RoleRequest', 'RoleRequestClosed']);
      expect(late).toEqual({ __typename: 'RoleRequestClosed', state: 'DECLINED' });
      expect(await rolesOf(both.id)).toHaveLength(1);
      expect([await rolesOf(declined.id), await invitationsOf('declined@xb.example')]).toEqual([[], []]);
    });

    it('has it no more to wait for when its time is over: it is asked for anew', async () => {
      const { requestId } = await asked('late@xb.example');
      await onServer(service.database.url, owner =>
        owner.query(`UPDATE tenant_xb.role_request SET expires_at = asked_at WHERE id = $1`, [requestId]),
      );

      const late = dataOf(await deciding(requestId)).decideRoleRequest;
      const anew = await asked('late@xb.example');

      expect(late).toEqual({ __typename: 'RoleRequestClosed', state: 'EXPIRED' });
      expect(anew.requestId).not.toBe(requestId);
      expect(typeOf(await deciding(anew.requestId))).toBe('RoleRequest');
    });

    it('does not get it when who asked, or she, was kept out meanwhile', async () => {
      const asker = await asAccount([{ role: 'user-admin' }], 'asker@xb.example');
      const [one, other] = [
        await asked('of-asker@xb.example', anywhere, asker.token),
        await asked('kept-out@xb.example'),
      ];
      const SUSPEND = `mutation($staffId: ID!) { suspendStaff(staffId: $staffId) { state } }`;
      for (const staffId of [asker.id, other.id]) dataOf(await ask(SUSPEND, { staffId }));

      const late = [await deciding(one.requestId), await deciding(other.requestId)];

      expect(late.map(answer => dataOf(answer).decideRoleRequest.state)).toEqual(['WITHDRAWN', 'WITHDRAWN']);
    });

    it('is given none that does not go with what she was given meanwhile', async () => {
      const [one, other] = [
        await asked('mixed@xb.example', [{ role: 'programme-admin' }]),
        await asked('mixed-2@xb.example'),
      ];
      const facilityId = await registered('S-12', await areaOf((await areaCodes())[0]!));
      for (const email of ['mixed@xb.example', 'mixed-2@xb.example'])
        dataOf(await inviting(email, [{ role: 'vaccinator', facilityId }]));

      const answers = [await deciding(one.requestId), await deciding(other.requestId)];

      expect(answers.map(answer => answer.errors?.[0]?.extensions.code)).toEqual([
        'INVALID_INPUT',
        'INVALID_INPUT',
      ]);
      expect(await rolesOf(one.id)).toEqual([{ role: 'vaccinator' }]);
    });

    it('is brought before those who may give it there, and listed for them', async () => {
      const areaId = await areaOf((await areaCodes())[0]!);
      const near = await given('near@xb.example', [{ role: 'user-admin', areaId }]);
      const off = await given('off@xb.example', [
        { role: 'user-admin', areaId: await areaOf((await areaCodes())[1]!) },
      ]);
      await inTenant(`UPDATE staff_account SET state = 'ACTIVE' WHERE id = ANY ($1::uuid[])`, [
        [near.id, off.id],
      ]);
      const local = await service.tokenFor(tenant, [inArea('user-admin', areaId)]);
      const { id } = await asked('manager@xb.example', [{ role: 'district-manager', areaId }]);
      await service.carryFacts();

      const told = await inTenant<{ receiver: string }>(
        `SELECT receiver FROM sandbox_message WHERE text LIKE '%' || $1 || '%' AND receiver IN ('near@xb.example', 'off@xb.example')`,
        [id],
      );
      const list = await ask(
        `query($areaId: ID) { roleRequests(state: ASKED, areaId: $areaId) { items { staffId role reachId askedBy } } }`,
        { areaId },
        local,
      );

      expect(told).toEqual([{ receiver: 'near@xb.example' }]);
      expect(dataOf(list).roleRequests.items).toMatchObject([
        { staffId: id, role: 'district-manager', reachId: areaId },
      ]);
    });

    it('is told of in the country’s language before its first pack is in force', async () => {
      const young = await service.country('xv');
      const asker = { tenant: young.code, token: await service.tokenFor(young, [country('user-admin')]) };
      await onServer(service.database.url, owner => owner.query('DELETE FROM tenant_xv.country_profile'));
      service.app.get(CountryWords).forget(service.contextOf(young));
      await write(service, young, `UPDATE staff_account SET state = 'ACTIVE'`);
      const input = { email: 'maker@xv.example', name: 'Somebody', roles: [{ role: 'programme-admin' }] };
      const { errors } = await service.graphql(INVITE, { input }, asker);
      await service.carryFacts();

      const told = await write(
        service,
        young,
        `SELECT receiver, language FROM sandbox_message WHERE text LIKE '%programme-admin%'`,
      );
      expect(errors).toBeUndefined();
      expect(told).toEqual([{ receiver: 'admin@xv.example', language: 'en' }]);
    });

    it('may be the second who answers for the country’s users: the first names her alone, and nobody after', async () => {
      const young = await service.country('xy');
      const alone = { tenant: young.code, token: await service.tokenFor(young, [country('user-admin')]) };
      const naming = async (email: string): Promise<number> => {
        const input = { email, name: 'Somebody', roles: [{ role: 'user-admin' }] };
        const { data } = await service.graphql(INVITE, { input }, alone);
        return data.inviteStaff.rolesAsked.length as number;
      };
      const [one, two] = await Promise.all([naming('one@xy.example'), naming('two@xy.example')]);
      await write(service, young, `UPDATE role_grant SET ended_at = now()`);

      expect([one + two, await naming('later@xy.example')]).toEqual([1, 1]);
    });

    it('is named from the command line when fewer than two who could give it are left', async () => {
      const lonely = await service.country('xz');
      const ctx = { ...systemContext(lonely), languages: ['en'] };
      const naming = (name: string) =>
        service.app.get(NameUserAdmin).run(ctx, { email: `${name}@xz.example`, name });
      await naming('one');
      await write(service, lonely, `UPDATE staff_account SET state = 'ACTIVE'`);

      await expect(naming('two')).rejects.toMatchObject({ code: 'CONFLICT' });
      await write(
        service,
        lonely,
        `UPDATE staff_account SET state = 'SUSPENDED' WHERE email = 'one@xz.example'`,
      );
      await naming('two');

      const there = await write(service, lonely, `SELECT email, state FROM staff_account ORDER BY email`);
      expect(there).toEqual([
        { email: 'admin@xz.example', state: 'ACTIVE' },
        { email: 'one@xz.example', state: 'SUSPENDED' },
        { email: 'two@xz.example', state: 'INVITED' },
      ]);
    });
  });

  it('of a place are listed for who runs it', async () => {
    const facilityId = await registered('S-5', await areaOf((await areaCodes())[0]!));
    await inviting('listed@xb.example', [{ role: 'registrar', facilityId }]);
    const runner = await service.tokenFor(tenant, [atFacility('facility-admin', facilityId)]);

    const answer = await ask(
      `query($facilityId: ID) { staff(facilityId: $facilityId) { items { email } } }`,
      { facilityId },
      runner,
    );
    const everybody = await ask(`{ staff { items { email } } }`, {}, runner);

    expect(dataOf(answer).staff.items).toEqual([{ email: 'listed@xb.example' }]);
    expect(everybody.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
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
    const facilityId = await registered(
      `T-X${Math.random().toString(36).slice(2, 8)}`,
      await areaOf((await areaCodes())[0]!),
    );

    const answer = await planning(facilityId, wrong);

    expect(answer.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('never becomes smaller than what is taken', async () => {
    const facilityId = await registered('T-3', await areaOf((await areaCodes())[0]!));
    const session = dataOf(await planning(facilityId)).planSession;
    await service.app
      .get(Database)
      .write(service.contextOf(tenant), work =>
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
