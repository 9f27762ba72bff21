import fc from 'fast-check';
import { newId } from '../../../src/common';
import { type Permission, PERMISSIONS, type Role, STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { bookingWorld } from '../../harness/worlds/booking';
import { atFacility, country, inArea, testService, type TestService } from '../../harness/service';

interface Home {
  facilityId: string;
  areaId: string;
  areaCode: string;
  sessionId: string;
  product: string;
}

const plan = (home: Home) => ({
  facilityId: home.facilityId,
  date: '2099-05-04',
  startTime: '08:00',
  endTime: '09:00',
  products: [home.product],
  capacity: [{ places: 1 }],
  walkInPlaces: 0,
  assistedPlaces: 0,
});

/** `at` is what the place of the verb is: a whole area, or one facility in it. */
const VERBS: Record<
  string,
  {
    permission: Permission;
    at: 'area' | 'facility';
    operation: string;
    of: (home: Home) => Record<string, unknown>;
  }
> = {
  registerFacility: {
    permission: 'facility.register',
    at: 'area',
    operation: `mutation ($input: RegisterFacilityInput!) { answer: registerFacility(input: $input) { __typename } }`,
    of: home => ({
      input: {
        code: newId(),
        names: [{ language: 'en', text: 'New' }],
        areaId: home.areaId,
        category: 'PUBLIC',
        kind: 'FIXED',
      },
    }),
  },
  changeFacility: {
    permission: 'facility.change',
    at: 'facility',
    operation: `mutation ($input: ChangeFacilityInput!) { answer: changeFacility(input: $input) { id } }`,
    of: home => ({ input: { facilityId: home.facilityId, openingHours: newId() } }),
  },
  planSession: {
    permission: 'session.plan',
    at: 'facility',
    operation: `mutation ($input: PlanSessionInput!) { answer: planSession(input: $input) { __typename } }`,
    of: home => ({ input: plan(home) }),
  },
  changeSession: {
    permission: 'session.change',
    at: 'facility',
    operation: `mutation ($input: ChangeSessionInput!) { answer: changeSession(input: $input) { __typename } }`,
    of: home => ({ input: { facilityId: home.facilityId, sessionId: home.sessionId, walkInPlaces: 3 } }),
  },
  sessions: {
    permission: 'session.read',
    at: 'facility',
    operation: `query ($facilityId: ID!) { answer: sessions(facilityId: $facilityId, from: "2099-05-04") { id } }`,
    of: home => ({ facilityId: home.facilityId }),
  },
  staff: {
    permission: 'staff.read',
    at: 'facility',
    operation: `query ($facilityId: ID!) { answer: staff(facilityId: $facilityId) { endCursor } }`,
    of: home => ({ facilityId: home.facilityId }),
  },
};

const GIVEN = [
  'auditor',
  'configuration-admin',
  'district-manager',
  'facility-admin',
  'registrar',
  'user-admin',
  'vaccinator',
] as const;
const PLACE_ROLES: readonly string[] = ['facility-admin', 'registrar', 'vaccinator'];
const COUNTRY_ROLES: readonly string[] = ['auditor', 'configuration-admin'];

describe('who may work with places, sessions and staff', () => {
  let service: TestService;
  const tenants: Record<string, TenantRef> = {};
  const homes: Record<string, Home[]> = {};

  beforeAll(async () => {
    service = await testService();
    for (const code of ['aa', 'bb']) {
      tenants[code] = await service.country(code);
      homes[code] = [await home(tenants[code], 0), await home(tenants[code], 1)];
    }
  }, 180_000);
  afterAll(() => service?.stop());

  async function home(tenant: TenantRef, nth: number): Promise<Home> {
    const world = await bookingWorld(service, tenant);
    const facilityId = await world.facility();
    const [area] = await service.app.get(Database).write(service.contextOf(tenant), work =>
      work.query<{ id: string; code: string }>(
        `WITH a AS (SELECT id, code FROM area ORDER BY code OFFSET $1 LIMIT 1)
         UPDATE facility SET area_id = a.id FROM a WHERE facility.id = $2 RETURNING a.id, a.code`,
        [nth, facilityId],
      ),
    );
    const sessionId = await world.session(facilityId, { any: 2 });
    return { facilityId, areaId: area!.id, areaCode: area!.code, sessionId, product: world.product };
  }

  const grantOf = (role: string, reach: string, at: Home): Grant =>
    reach === 'country'
      ? country(role)
      : reach === 'area'
        ? inArea(role, at.areaId)
        : atFacility(role, at.facilityId);

  const draws = fc.record({
    role: fc.constantFrom(...STAFF_ROLES),
    reach: fc.constantFrom('country', 'area', 'facility'),
    grantedAt: fc.constantFrom(0, 1),
    grantedIn: fc.constantFrom('aa', 'aa', 'aa', 'bb'),
    verb: fc.constantFrom(...Object.keys(VERBS)),
    usedAt: fc.constantFrom(0, 1),
  });

  /** The rule: the role holds the permission, was given in this country, and reaches the place it is used at. */
  it('is who holds the permission in this country and at this place, and nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(draws, async ({ role, reach, grantedAt, grantedIn, verb, usedAt }) => {
        const { permission, at, operation, of } = VERBS[verb]!;
        const token = await service.tokenFor(tenants[grantedIn]!, [
          grantOf(role, reach, homes[grantedIn]![grantedAt]!),
        ]);
        const reaches =
          reach === 'country' || (grantedAt === usedAt && (reach === 'area' || at === 'facility'));
        const allowed = grantedIn === 'aa' && PERMISSIONS[permission].includes(role) && reaches;

        const answer = await service.graphql(
          operation,
          { ...of(homes.aa![usedAt]!) },
          { tenant: 'aa', token },
        );

        const code = answer.errors?.[0]?.extensions.code;
        if (allowed) expect(answer.errors).toBeUndefined();
        else expect(code).toBe(grantedIn === 'aa' ? 'FORBIDDEN' : 'UNAUTHENTICATED');
      }),
      { numRuns: 200, verbose: true }, // a failure prints the seed
    );
  }, 120_000);

  const invitations = fc.record({
    inviter: fc.constantFrom('user-admin', 'facility-admin', 'district-manager', 'auditor'),
    inviterReach: fc.constantFrom('country', 'area', 'facility'),
    inviterAt: fc.constantFrom(0, 1),
    given: fc.constantFrom(...GIVEN),
    givenReach: fc.constantFrom('country', 'area', 'facility'),
    givenAt: fc.constantFrom(0, 1),
  });

  /**
   * The rule: an administrator of users gives any role, who runs a place gives roles of a place at a facility; neither
   * beyond where she holds hers. A role that cannot be given at that level is no role there.
   */
  it('gives roles only downwards', async () => {
    await fc.assert(
      fc.asyncProperty(
        invitations,
        async ({ inviter, inviterReach, inviterAt, given, givenReach, givenAt }) => {
          const [from, to] = [homes.aa![inviterAt]!, homes.aa![givenAt]!];
          const depth: Record<string, number> = { country: 0, area: 1, facility: 2 };
          const within =
            inviterReach === 'country' ||
            (inviterAt === givenAt && depth[givenReach]! >= depth[inviterReach]!);
          const ownStaff = givenReach === 'facility' && PLACE_ROLES.includes(given);
          const may = within && (inviter === 'user-admin' || (inviter === 'facility-admin' && ownStaff));
          const possible = COUNTRY_ROLES.includes(given)
            ? givenReach === 'country'
            : givenReach !== 'facility' || PLACE_ROLES.includes(given);
          const role = {
            role: given,
            ...(givenReach === 'area' ? { areaId: to.areaId } : {}),
            ...(givenReach === 'facility' ? { facilityId: to.facilityId } : {}),
          };
          const token = await service.tokenFor(tenants.aa!, [grantOf(inviter, inviterReach, from)]);

          const answer = await service.graphql(
            `mutation ($input: InviteStaffInput!) { inviteStaff(input: $input) { roles { role reach } } }`,
            { input: { email: `${newId()}@aa.example`, name: 'Somebody', roles: [role] } },
            { tenant: 'aa', token },
          );

          const expected = !may ? 'FORBIDDEN' : possible ? undefined : 'INVALID_INPUT';
          expect(answer.errors?.[0]?.extensions.code).toBe(expected);
        },
      ),
      { numRuns: 200, verbose: true }, // a failure prints the seed
    );
  }, 120_000);

  /** The rule: an administrator of users who reaches that place, and whose own request it is not. */
  it('lets a second person give a role only where she could give it herself', async () => {
    const asker = await service.tokenFor(tenants.aa!, [country('user-admin')]);
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          role: fc.constantFrom(...STAFF_ROLES),
          reach: fc.constantFrom('country', 'area', 'facility'),
          at: fc.constantFrom(0, 1),
          askedIn: fc.constantFrom(null, 0, 1),
        }),
        async ({ role, reach, at, askedIn }) => {
          const areaId = askedIn === null ? null : homes.aa![askedIn]!.areaId;
          const roles = [{ role: 'district-manager', areaId }];
          const invited = await service.graphql(
            `mutation ($input: InviteStaffInput!) { inviteStaff(input: $input) { rolesAsked { id } } }`,
            { input: { email: `${newId()}@aa.example`, name: 'Somebody', roles } },
            { tenant: 'aa', token: asker },
          );
          const requestId = invited.data.inviteStaff.rolesAsked[0].id as string;
          const token = await service.tokenFor(tenants.aa!, [grantOf(role, reach, homes.aa![at]!)]);

          const answer = await service.graphql(
            `mutation ($input: DecideRoleRequestInput!) { decideRoleRequest(input: $input) { __typename } }`,
            { input: { requestId, approved: true } },
            { tenant: 'aa', token },
          );

          const may = role === 'user-admin' && (reach === 'country' || (reach === 'area' && askedIn === at));
          expect(answer.errors?.[0]?.extensions.code).toBe(may ? undefined : 'FORBIDDEN');
        },
      ),
      { numRuns: 100, verbose: true }, // a failure prints the seed
    );
  }, 120_000);

  it('imports only rows that lie where the permission reaches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...STAFF_ROLES),
        fc.constantFrom('country', 'area'),
        fc.constantFrom(0, 1),
        async (role: Role, reach, at) => {
          const token = await service.tokenFor(tenants.aa!, [grantOf(role, reach, homes.aa![at]!)]);
          const rows = homes.aa!.map(({ areaCode }) => `${newId()},${areaCode},PUBLIC,FIXED,yes,Row`);
          const csv = ['code,area,category,kind,active,name:en', ...rows].join('\n');

          const answer = await service.graphql(
            `mutation ($csv: String!) { answer: importFacilities(csv: $csv, dryRun: true) { added rejected } }`,
            { csv },
            { tenant: 'aa', token },
          );

          const added = reach === 'country' ? 2 : 1;
          if (PERMISSIONS['facility.import'].includes(role))
            expect(answer.data.answer).toEqual({ added, rejected: 2 - added });
          else expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
        },
      ),
      { numRuns: 60, verbose: true }, // a failure prints the seed
    );
  }, 120_000);
});
