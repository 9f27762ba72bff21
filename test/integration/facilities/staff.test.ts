import { newId } from '../../../src/common';
import { NameUserAdmin } from '../../../src/facilities';
import { StartSignIn } from '../../../src/identity/sign-ins/start-sign-in';
import { CountryWords } from '../../../src/localisation';
import { Database } from '../../../src/platform/database';
import { systemContext } from '../../../src/platform/events';
import { write } from '../../harness/worlds/clinic';
import { onServer } from '../../harness/run/database';
import { atFacility, country, type GraphqlAnswer, inArea } from '../../harness/service';
import { dataOf, Ministry } from './ministry';

const world = new Ministry();
const { ask, inTenant, areaCodes, areaOf, registered } = world;

describe('staff', () => {
  const INVITE = `mutation($input: InviteStaffInput!) { inviteStaff(input: $input) {
    id state roles { role reach reachId } rolesAsked { id role reach reachId state } } }`;
  const DECIDE = `mutation($input: DecideRoleRequestInput!) { decideRoleRequest(input: $input) { __typename
    ... on RoleRequest { state role decidedBy } ... on RoleRequestClosed { state } } }`;
  const inviting = (email: string, roles: object[], token = world.admin) =>
    ask(INVITE, { input: { email, name: 'Somebody', roles } }, token);
  const deciding = (requestId: string, approved = true, token = world.second) =>
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
    const runner = await world.service.tokenFor(world.tenant, [atFacility('facility-admin', own)]);

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
    const local = await world.service.tokenFor(world.tenant, [inArea('user-admin', here)]);

    const refused = await ask(SUSPEND, { staffId: member.id }, local);
    const done = await ask(SUSPEND, { staffId: member.id });
    const back = await inviting('moving@xb.example', [{ role: 'district-manager', areaId: here }]);

    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(dataOf(done).suspendStaff.state).toBe('SUSPENDED');
    expect(back.errors?.[0]?.extensions.code).toBe('STATE_FORBIDS');
  });

  describe('whose roles end', () => {
    const END = `mutation($input: EndStaffRolesInput!) { endStaffRoles(input: $input) { roles { role reach reachId } } }`;
    const ending = (input: object, token = world.admin) => ask(END, { input }, token);
    const codeOf = (answer: { errors?: { extensions: { code: string } }[] }): string | undefined =>
      answer.errors?.[0]?.extensions.code;
    /** Somebody with these roles, and a token of a sign-in of hers that the database knows. */
    const working = async (email: string, roles: object[]) => {
      const { id } = await given(email, roles);
      await inTenant(`UPDATE staff_account SET state = 'ACTIVE' WHERE id = $1`, [id]);
      return { id, token: (await signedIn(id)).token };
    };
    const signedIn = (id: string) => {
      const ctx = world.service.contextOf(world.tenant);
      return world.service.app
        .get(Database)
        .write(ctx, work =>
          world.service.app
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
      const runner = await world.service.tokenFor(world.tenant, [atFacility('facility-admin', own)]);

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
      const runner = await world.service.tokenFor(world.tenant, [atFacility('facility-admin', own)]);
      const herself = await world.service.tokenFor(world.tenant, [country('user-admin')], 'staff', id);

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
    const asked = async (email: string, roles: object[] = anywhere, token = world.admin) => {
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
      return { id, token: await world.service.tokenFor(world.tenant, [country('user-admin')], 'staff', id) };
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
      const mine = await world.service.tokenFor(world.tenant, [country('user-admin')], 'staff', id);
      const below = await world.service.tokenFor(world.tenant, [inArea('user-admin', areaId)]);
      const other = await world.service.tokenFor(world.tenant, [country('configuration-admin')]);

      const answers = [
        await deciding(requestId, true, world.admin),
        await deciding(requestId, false, world.admin),
        await deciding(requestId, true, mine),
      ];
      const codes = [await deciding(requestId, true, below), await deciding(requestId, true, other)];

      expect(answers.map(typeOf)).toEqual(Array.from({ length: 3 }, () => 'RoleNeedsSecondPerson'));
      expect(codes.map(answer => answer.errors?.[0]?.extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
      expect(await rolesOf(id)).toEqual([]);
    });

    it('has it once when two decide at one moment, and never what was declined', async () => {
      const third = await world.service.tokenFor(world.tenant, [country('user-admin')]);
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
      await onServer(world.service.database.url, owner =>
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
      const local = await world.service.tokenFor(world.tenant, [inArea('user-admin', areaId)]);
      const { id } = await asked('manager@xb.example', [{ role: 'district-manager', areaId }]);
      await world.service.carryFacts();

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
      const young = await world.service.country('xv');
      const asker = {
        tenant: young.code,
        token: await world.service.tokenFor(young, [country('user-admin')]),
      };
      await onServer(world.service.database.url, owner =>
        owner.query('DELETE FROM tenant_xv.country_profile'),
      );
      world.service.app.get(CountryWords).forget(world.service.contextOf(young));
      await write(world.service, young, `UPDATE staff_account SET state = 'ACTIVE'`);
      const input = { email: 'maker@xv.example', name: 'Somebody', roles: [{ role: 'programme-admin' }] };
      const { errors } = await world.service.graphql(INVITE, { input }, asker);
      await world.service.carryFacts();

      const told = await write(
        world.service,
        young,
        `SELECT receiver, language FROM sandbox_message WHERE text LIKE '%programme-admin%'`,
      );
      expect(errors).toBeUndefined();
      expect(told).toEqual([{ receiver: 'admin@xv.example', language: 'en' }]);
    });

    it('may be the second who answers for the country’s users: the first names her alone, and nobody after', async () => {
      const young = await world.service.country('xy');
      const alone = {
        tenant: young.code,
        token: await world.service.tokenFor(young, [country('user-admin')]),
      };
      const naming = async (email: string): Promise<number> => {
        const input = { email, name: 'Somebody', roles: [{ role: 'user-admin' }] };
        const { data } = await world.service.graphql(INVITE, { input }, alone);
        return data.inviteStaff.rolesAsked.length as number;
      };
      const [one, two] = await Promise.all([naming('one@xy.example'), naming('two@xy.example')]);
      await write(world.service, young, `UPDATE role_grant SET ended_at = now()`);

      expect([one + two, await naming('later@xy.example')]).toEqual([1, 1]);
    });

    it('is named from the command line when fewer than two who could give it are left', async () => {
      const lonely = await world.service.country('xz');
      const ctx = { ...systemContext(lonely), languages: ['en'] };
      const naming = (name: string) =>
        world.service.app.get(NameUserAdmin).run(ctx, { email: `${name}@xz.example`, name });
      await naming('one');
      await write(world.service, lonely, `UPDATE staff_account SET state = 'ACTIVE'`);

      await expect(naming('two')).rejects.toMatchObject({ code: 'CONFLICT' });
      await write(
        world.service,
        lonely,
        `UPDATE staff_account SET state = 'SUSPENDED' WHERE email = 'one@xz.example'`,
      );
      await naming('two');

      const there = await write(
        world.service,
        lonely,
        `SELECT email, state FROM staff_account ORDER BY email`,
      );
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
    const runner = await world.service.tokenFor(world.tenant, [atFacility('facility-admin', facilityId)]);

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
