import fc from 'fast-check';
import { newId } from '../../../src/common';
import { type Permission, PERMISSIONS, STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { type BookingWorld, bookingWorld, type Family } from '../../harness/worlds/booking';
import { atFacility, country, inArea, type TestService, testService } from '../../harness/service';

interface Home {
  facilityId: string;
  areaId: string;
  drawId: string;
}

interface Scene {
  home: Home;
  family: Family;
  product: string;
}

const LONG = {
  entriesFrom: '2099-01-01T00:00:00Z',
  entriesUntil: '2099-01-02T00:00:00Z',
  drawnFrom: '2099-01-02T00:00:00Z',
};

/** Each is answered with a refusal or a missing session by who may do it: nothing of the scene changes. */
const VERBS: Record<string, { permission: Permission; operation: string; of: (scene: Scene) => object }> = {
  announce: {
    permission: 'session.change',
    operation: `mutation ($input: AnnounceDrawInput!) { answer: announceDraw(input: $input) { __typename } }`,
    of: ({ home }) => ({
      input: {
        ...LONG,
        facilityId: home.facilityId,
        sessionId: newId(),
        policy: 'LOTTERY',
        places: 1,
        caps: {},
      },
    }),
  },
  enter: {
    permission: 'appointment.book-assisted',
    operation: `mutation ($input: EnterDrawInput!) { answer: enterDraw(input: $input) { __typename } }`,
    of: ({ home, family, product }) => ({
      input: {
        facilityId: home.facilityId,
        drawId: home.drawId,
        personId: family.personIds[0],
        products: [product],
      },
    }),
  },
  draw: {
    permission: 'session.change',
    operation: `mutation ($f: ID!, $d: ID!) { answer: drawLots(facilityId: $f, drawId: $d, publicValue: "7") { __typename } }`,
    of: ({ home }) => ({ f: home.facilityId, d: home.drawId }),
  },
};

let service: TestService;
let world: BookingWorld;
const tenants: Record<string, TenantRef> = {};
const homes: Home[] = [];

beforeAll(async () => {
  service = await testService();
  for (const code of ['aa', 'bb']) tenants[code] = await service.country(code);
  world = await bookingWorld(service, tenants.aa!);
  const planner = await service.tokenFor(tenants.aa!, [country('facility-admin')]);
  for (const nth of [0, 1]) {
    const facilityId = await world.facility();
    const [area] = await world.query<{ id: string }>(
      `WITH a AS (SELECT id FROM area ORDER BY code OFFSET $1 LIMIT 1)
       UPDATE facility SET area_id = a.id FROM a WHERE facility.id = $2 RETURNING a.id`,
      [nth, facilityId],
    );
    const sessionId = await world.session(facilityId, { any: 5 });
    const announced = await service.graphql(
      `mutation ($input: AnnounceDrawInput!) { answer: announceDraw(input: $input) { ... on Draw { id } } }`,
      {
        input: {
          ...LONG,
          facilityId,
          sessionId,
          policy: 'LOTTERY',
          places: 5,
          caps: {},
          publicValue: 'dice',
        },
      },
      { tenant: 'aa', token: planner },
    );
    homes.push({ facilityId, areaId: area!.id, drawId: announced.data.answer.id });
  }
}, 180_000);
afterAll(() => service?.stop());

const grantOf = (role: string, reach: string, at: Home): Grant =>
  reach === 'country'
    ? country(role)
    : reach === 'area'
      ? inArea(role, at.areaId)
      : atFacility(role, at.facilityId);

/**
 * The rule: the role holds the permission, was given in this country, and reaches the facility. A failure prints the
 * seed.
 */
test('who may announce, enter others for and draw is staff who hold the permission, here and in this country', async () => {
  const draws = fc.record({
    role: fc.constantFrom(...STAFF_ROLES),
    reach: fc.constantFrom('country', 'area', 'facility'),
    grantedAt: fc.constantFrom(0, 1),
    grantedIn: fc.constantFrom('aa', 'aa', 'aa', 'bb'),
    verb: fc.constantFrom(...Object.keys(VERBS)),
    usedAt: fc.constantFrom(0, 1),
  });
  const family = await world.family(1);
  await fc.assert(
    fc.asyncProperty(draws, async ({ role, reach, grantedAt, grantedIn, verb, usedAt }) => {
      const { permission, operation, of } = VERBS[verb]!;
      const token = await service.tokenFor(tenants[grantedIn]!, [grantOf(role, reach, homes[grantedAt]!)]);
      const reaches = reach === 'country' || grantedAt === usedAt;
      const allowed = grantedIn === 'aa' && PERMISSIONS[permission].includes(role) && reaches;

      const variables = of({ home: homes[usedAt]!, family, product: world.product });
      const answer = await service.graphql(operation, { ...variables }, { tenant: 'aa', token });

      const code = answer.errors?.[0]?.extensions.code ?? 'ANSWERED';
      if (allowed) expect(['ANSWERED', 'NOT_FOUND']).toContain(code);
      else expect(code).toBe(grantedIn === 'aa' ? 'FORBIDDEN' : 'UNAUTHENTICATED');
    }),
    { numRuns: 120, verbose: true },
  );
}, 180_000);

test('a citizen enters her own people, and somebody else’s are as if they were not there', async () => {
  const [mine, theirs] = [await world.family(1), await world.family(1)];
  const { operation, of } = VERBS.enter!;
  const enter = async (family: Family) =>
    service.graphql(
      operation,
      { ...of({ home: homes[0]!, family, product: world.product }) },
      { tenant: 'aa', token: mine.token },
    );
  expect((await enter(mine)).data.answer.__typename).toBe('EnteringNotOpen');
  expect((await enter(theirs)).errors![0]!.extensions.code).toBe('NOT_FOUND');
});

test('what is published of a draw is for everybody, and for nobody in another country', async () => {
  const query = `query ($f: ID!, $s: ID!) { draw(facilityId: $f, sessionId: $s) { seedCommitment } }`;
  const [row] = await world.query<{ id: string }>(`SELECT session_id AS id FROM draw WHERE id = $1`, [
    homes[0]!.drawId,
  ]);
  const variables = { f: homes[0]!.facilityId, s: row!.id };
  const here = await service.graphql(query, variables, { tenant: 'aa' });
  expect(here.data.draw.seedCommitment).toMatch(/^[0-9a-f]{64}$/);
  expect((await service.graphql(query, variables, { tenant: 'bb' })).data.draw).toBeNull();
});
