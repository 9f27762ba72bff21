import fc from 'fast-check';
import { newId } from '../../../src/common';
import { type Permission, PERMISSIONS, STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { type BookingWorld, bookingWorld, citizen, type Family } from '../../harness/worlds/booking';
import { atFacility, country, inArea, testService, type TestService } from '../../harness/service';

interface Home {
  facilityId: string;
  areaId: string;
  sessionId: string;
  /** Of somebody who has gone. */
  visitId: string;
}

interface Scene {
  home: Home;
  family: Family;
  product: string;
  bookingId: string;
}

/** `own` is what a citizen needs for it, where she can do it at all. */
const VERBS: Record<
  string,
  { staff: Permission; own: Permission | null; operation: string; of: (scene: Scene) => object }
> = {
  hold: {
    staff: 'appointment.book-assisted',
    own: 'appointment.book-own',
    operation: `mutation ($input: HoldPlacesInput!) { answer: holdPlaces(input: $input) { __typename } }`,
    of: ({ home, family, product }) => ({
      input: {
        facilityId: home.facilityId,
        sessionId: home.sessionId,
        people: [{ personId: family.personIds[0], products: [product] }],
      },
    }),
  },
  confirm: {
    staff: 'appointment.book-assisted',
    own: 'appointment.book-own',
    operation: `mutation ($input: ConfirmAppointmentInput!) { answer: confirmAppointment(input: $input) { __typename } }`,
    of: ({ home, bookingId }) => ({
      input: { facilityId: home.facilityId, bookingId, idempotencyKey: newId() },
    }),
  },
  cancel: {
    staff: 'appointment.book-assisted',
    own: 'appointment.book-own',
    operation: `mutation ($input: CancelAppointmentInput!) { answer: cancelAppointment(input: $input) { id } }`,
    of: ({ home, bookingId }) => ({ input: { facilityId: home.facilityId, bookingId } }),
  },
  relocate: {
    staff: 'appointment.relocate',
    own: null,
    operation: `query ($input: RelocationPreviewInput!) { answer: relocationPreview(input: $input) { moved } }`,
    of: ({ home }) => ({ input: { facilityId: home.facilityId, sessionIds: [home.sessionId], to: [] } }),
  },
  list: {
    staff: 'appointment.read',
    own: null,
    operation: `query ($facilityId: ID!, $sessionId: ID!) { answer: sessionAppointments(facilityId: $facilityId, sessionId: $sessionId) { endCursor } }`,
    of: ({ home }) => ({ facilityId: home.facilityId, sessionId: home.sessionId }),
  },
  checkIn: {
    staff: 'appointment.check-in',
    own: null,
    operation: `mutation ($input: CheckInInput!) { answer: checkIn(input: $input) { __typename } }`,
    of: ({ home }) => ({ input: { facilityId: home.facilityId, sessionId: home.sessionId, code: '000000' } }),
  },
  keepQueue: {
    staff: 'queue.keep',
    own: null,
    operation: `mutation ($input: KeepQueueInput!) { answer: keepQueue(input: $input) { __typename } }`,
    of: ({ home }) => ({ input: { facilityId: home.facilityId, sessionId: home.sessionId } }),
  },
  closeQueue: {
    staff: 'queue.keep',
    own: null,
    operation: `mutation ($input: CloseQueueInput!) { answer: closeQueue(input: $input) { day } }`,
    of: ({ home }) => ({
      input: { facilityId: home.facilityId, sessionId: home.sessionId, reason: 'DAY_OVER' },
    }),
  },
  joinQueue: {
    staff: 'appointment.check-in',
    own: null,
    operation: `mutation ($input: JoinQueueInput!) { answer: joinQueue(input: $input) { __typename } }`,
    of: ({ home, family }) => ({
      input: {
        facilityId: home.facilityId,
        sessionId: home.sessionId,
        people: [{ personId: family.personIds[0] }],
        idempotencyKey: newId(),
      },
    }),
  },
  call: {
    staff: 'queue.serve',
    own: null,
    operation: `mutation ($input: CallPartyInput!) { answer: callParty(input: $input) { __typename } }`,
    of: ({ home }) => ({
      input: { facilityId: home.facilityId, desk: 'VERIFICATION', idempotencyKey: newId() },
    }),
  },
  verify: {
    staff: 'queue.serve',
    own: null,
    operation: `mutation ($input: VerifyVisitsInput!) { answer: verifyVisits(input: $input) { __typename } }`,
    of: ({ home }) => ({
      input: { facilityId: home.facilityId, visitIds: [home.visitId], earlierReaction: false },
    }),
  },
  putBack: {
    staff: 'queue.serve',
    own: null,
    operation: `mutation ($input: ServeVisitsInput!) { answer: putBackVisits(input: $input) { __typename } }`,
    of: ({ home }) => ({ input: { facilityId: home.facilityId, visitIds: [home.visitId] } }),
  },
  end: {
    staff: 'queue.serve',
    own: null,
    operation: `mutation ($input: EndVisitsInput!) { answer: endVisits(input: $input) { __typename } }`,
    of: ({ home }) => ({ input: { facilityId: home.facilityId, visitIds: [home.visitId] } }),
  },
  visits: {
    staff: 'queue.read',
    own: null,
    operation: `query ($facilityId: ID!) { answer: visitQueue(facilityId: $facilityId, first: 3) { endCursor } }`,
    of: ({ home }) => ({ facilityId: home.facilityId }),
  },
  visit: {
    staff: 'queue.read',
    own: null,
    operation: `query ($facilityId: ID!, $id: ID!) { answer: visit(facilityId: $facilityId, id: $id) { steps { at } } }`,
    of: ({ home }) => ({ facilityId: home.facilityId, id: home.visitId }),
  },
};

describe('who may book, and who may see and admit', () => {
  let service: TestService;
  let world: BookingWorld;
  const tenants: Record<string, TenantRef> = {};
  const homes: Home[] = [];

  beforeAll(async () => {
    service = await testService();
    for (const code of ['aa', 'bb']) tenants[code] = await service.country(code);
    world = await bookingWorld(service, tenants.aa!);
    for (const nth of [0, 1]) {
      const facilityId = await world.facility();
      const [area] = await world.query<{ id: string }>(
        `WITH a AS (SELECT id FROM area ORDER BY code OFFSET $1 LIMIT 1)
         UPDATE facility SET area_id = a.id FROM a WHERE facility.id = $2 RETURNING a.id`,
        [nth, facilityId],
      );
      const sessionId = await world.session(facilityId, { any: 100_000, assisted: 100 });
      const visitId = await goneFrom(facilityId, sessionId);
      homes.push({ facilityId, areaId: area!.id, sessionId, visitId });
    }
  }, 180_000);
  afterAll(() => service?.stop());

  /** The visit of somebody who was in the session's queue and has gone. */
  async function goneFrom(facilityId: string, sessionId: string): Promise<string> {
    const visitId = newId();
    await world.query(`INSERT INTO facility_day VALUES ($1, '2099-05-04', 1)`, [facilityId]);
    await world.query(`INSERT INTO session_queue VALUES ($1, $2, '2099-05-04', false, 'test', now())`, [
      facilityId,
      sessionId,
    ]);
    await world.query(
      `INSERT INTO visit (facility_id, id, session_id, day, person_id, party_id, ticket, booked, due_at, arrived_at, turn_at,
         steps, state, since, earlier_reaction, doses)
       VALUES ($1, $2, $3, '2099-05-04', $4, $4, 1, false, now(), now(), now(), 1, 'GONE', now(), false, 1)`,
      [facilityId, visitId, sessionId, newId()],
    );
    return visitId;
  }

  /** A family with a place held in the session, by the family itself. */
  async function scene(home: Home): Promise<Scene> {
    const family = await world.family(1);
    const { operation, of } = VERBS.hold!;
    const held = await service.graphql(
      operation.replace('__typename', '... on Booking { id }'),
      { ...of({ home, family, product: world.product, bookingId: '' }) },
      { tenant: 'aa', token: family.token },
    );
    return { home, family, product: world.product, bookingId: held.data.answer.id };
  }

  const grantOf = (role: string, reach: string, at: Home): Grant =>
    reach === 'country'
      ? country(role)
      : reach === 'area'
        ? inArea(role, at.areaId)
        : atFacility(role, at.facilityId);

  /** The rule for staff: the role holds the permission, was given in this country, and reaches the facility. */
  it('is staff who hold the permission in this country and at this facility', async () => {
    const draws = fc.record({
      role: fc.constantFrom(...STAFF_ROLES),
      reach: fc.constantFrom('country', 'area', 'facility'),
      grantedAt: fc.constantFrom(0, 1),
      grantedIn: fc.constantFrom('aa', 'aa', 'aa', 'bb'),
      verb: fc.constantFrom(...Object.keys(VERBS)),
      usedAt: fc.constantFrom(0, 1),
    });
    await fc.assert(
      fc.asyncProperty(draws, async ({ role, reach, grantedAt, grantedIn, verb, usedAt }) => {
        const { staff, operation, of } = VERBS[verb]!;
        const token = await service.tokenFor(tenants[grantedIn]!, [grantOf(role, reach, homes[grantedAt]!)]);
        const reaches = reach === 'country' || grantedAt === usedAt;
        const allowed = grantedIn === 'aa' && PERMISSIONS[staff].includes(role) && reaches;
        const given = await scene(homes[usedAt]!);

        const answer = await service.graphql(operation, { ...of(given) }, { tenant: 'aa', token });

        const code = answer.errors?.[0]?.extensions.code;
        if (allowed) expect(answer.errors).toBeUndefined();
        else expect(code).toBe(grantedIn === 'aa' ? 'FORBIDDEN' : 'UNAUTHENTICATED');
      }),
      { numRuns: 200, verbose: true }, // a failure prints the seed
    );
  }, 180_000);

  /** The rule for citizens: their own people; somebody else's are as if they were not there; nothing else. */
  it('is a citizen for her own people and for nobody else', async () => {
    const draws = fc.record({
      verb: fc.constantFrom(...Object.keys(VERBS)),
      whose: fc.constantFrom('own', 'stranger', 'abroad'),
      at: fc.constantFrom(0, 1),
    });
    await fc.assert(
      fc.asyncProperty(draws, async ({ verb, whose, at }) => {
        const { own, operation, of } = VERBS[verb]!;
        const given = await scene(homes[at]!);
        const id = whose === 'stranger' ? newId() : given.family.accountId;
        const country = whose === 'abroad' ? tenants.bb! : tenants.aa!;
        const token = await service.tokenFor(country, [citizen(id)], 'citizen', id);

        const answer = await service.graphql(operation, { ...of(given) }, { tenant: 'aa', token });

        const code = answer.errors?.[0]?.extensions.code;
        const expected =
          whose === 'abroad'
            ? 'UNAUTHENTICATED'
            : !own
              ? 'FORBIDDEN'
              : whose === 'own'
                ? undefined
                : 'NOT_FOUND';
        expect(code).toBe(expected);
      }),
      { numRuns: 90, verbose: true }, // a failure prints the seed
    );
  }, 120_000);
});
