import fc from 'fast-check';
import { newId } from '../../../src/common';
import { type Permission, PERMISSIONS, type Role, STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { addFacility, addPerson } from '../../harness/worlds/clinic';
import { atFacility, country, inArea, testService, type TestService } from '../../harness/service';

/** Where a permission has to be held: anywhere, for the whole country, or at the facility that the call names. */
type Where = 'anywhere' | 'country' | 'here';

interface Call {
  query: string;
  permission: Permission;
  where: Where;
  /** What whoever may is answered, for ids that nobody has. */
  passed: string;
}

const CALLS: readonly Call[] = [
  {
    query: `mutation ($personId: ID!, $facilityId: ID!, $key: String!, $at: DateTime!) { recordTestResult(input: {
      idempotencyKey: $key, personId: $personId, facilityId: $facilityId, disease: "840539006", method: NAAT,
      result: DETECTED, sampledAt: $at }) { id } }`,
    permission: 'test-result.record',
    where: 'here',
    passed: 'OK',
  },
  {
    query: `mutation ($personId: ID!, $nobody: ID!) { voidTestResult(input: {
      personId: $personId, resultId: $nobody, reason: WRONG_PERSON }) { __typename } }`,
    permission: 'test-result.void',
    where: 'anywhere',
    passed: 'NOT_FOUND',
  },
  {
    query: `mutation ($personId: ID!, $facilityId: ID!, $key: String!) { raiseGrievance(input: {
      idempotencyKey: $key, personId: $personId, facilityId: $facilityId, kind: ISSUE_AGAIN, evidence: STATEMENT
    }) { id } }`,
    permission: 'certificate.raise-grievance',
    where: 'here',
    passed: 'OK',
  },
  {
    query: `query ($facilityId: ID!) { openGrievances(facilityId: $facilityId) { endCursor } }`,
    permission: 'certificate.decide-grievance',
    where: 'here',
    passed: 'OK',
  },
  {
    query: `mutation ($personId: ID!, $nobody: ID!) { decideGrievance(input: {
      personId: $personId, grievanceId: $nobody, granted: true }) { __typename } }`,
    permission: 'certificate.decide-grievance',
    where: 'anywhere',
    passed: 'NOT_FOUND',
  },
  {
    query: `mutation ($personId: ID!, $facilityId: ID!, $key: String!) { stateCertificateDetails(input: {
      idempotencyKey: $key, personId: $personId, facilityId: $facilityId, seen: PASSPORT, passportNumber: "X1234567"
    }) { __typename } }`,
    permission: 'certificate.state-details',
    where: 'here',
    passed: 'OK',
  },
  {
    query: `mutation ($personId: ID!) { takeBackCertificateDetails(input: { personId: $personId, details: [PASSPORT] }) {
      personId } }`,
    permission: 'certificate.state-details',
    where: 'anywhere',
    passed: 'OK',
  },
  {
    query: `mutation ($nobody: ID!, $key: String!) { requestRevocation(input: {
      idempotencyKey: $key, lotId: $nobody, reason: "recalled" }) { id } }`,
    permission: 'certificate.request-revocation',
    where: 'country',
    passed: 'NOT_FOUND',
  },
  {
    query: `mutation ($nobody: ID!) { decideRevocation(input: { orderId: $nobody, approved: true }) { __typename } }`,
    permission: 'certificate.decide-revocation',
    where: 'country',
    passed: 'NOT_FOUND',
  },
  {
    query: `{ revocationOrders { endCursor } }`,
    permission: 'certificate.request-revocation',
    where: 'country',
    passed: 'OK',
  },
  {
    query: `query ($personId: ID!) { statusConsents(personId: $personId) { id } }`,
    permission: 'certificate.give-status-consent',
    where: 'anywhere',
    passed: 'OK',
  },
];

describe('who has a hand in the life of certificates', () => {
  let service: TestService;
  let tenant: TenantRef;
  let personId: string;
  let here: { id: string; areaIds: string[] };
  let elsewhere: { id: string; areaIds: string[] };

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    personId = await addPerson(service, tenant, '1990-05-17');
    here = await addFacility(service, tenant, 0);
    elsewhere = await addFacility(service, tenant, 1);
  }, 180_000);
  afterAll(() => service.stop());

  /** The rule: the role holds the permission, and holds it where it is needed. */
  const expected = ({ permission, where, passed }: Call, { role, reach }: Grant): string => {
    if (!PERMISSIONS[permission].includes(role as Role)) return 'FORBIDDEN';
    const holds =
      where === 'anywhere' ||
      reach.kind === 'country' ||
      (where === 'here' && 'id' in reach && [here.id, ...here.areaIds].includes(reach.id));
    return holds ? passed : 'FORBIDDEN';
  };

  it('is said by one rule: the role, and where it is held', async () => {
    const grants = STAFF_ROLES.flatMap(role => [
      country(role),
      inArea(role, here.areaIds[0]!),
      atFacility(role, here.id),
      inArea(role, elsewhere.areaIds[0]!),
      atFacility(role, elsewhere.id),
    ]);
    const holders = CALLS.flatMap(call =>
      grants
        .filter(({ role }) => PERMISSIONS[call.permission].includes(role as Role))
        .map(grant => [call, grant] as const),
    );
    const anybody = fc.tuple(fc.constantFrom(...CALLS), fc.constantFrom(...grants));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anybody, fc.constantFrom(...holders)), async ([call, grant]) => {
        const token = await service.tokenFor(tenant, [grant]);
        const all = {
          personId,
          facilityId: here.id,
          nobody: newId(),
          key: newId(),
          at: new Date().toISOString(),
        };
        const variables = Object.fromEntries(
          Object.entries(all).filter(([name]) => call.query.includes(`$${name}`)),
        );

        const { errors } = await service.graphql(call.query, variables, { tenant: 'aa', token });

        expect(errors?.[0]?.extensions.code ?? 'OK').toBe(expected(call, grant));
      }),
      { numRuns: 250 },
    );
  }, 180_000);

  it('nobody who has not signed in, but for asking with a code', async () => {
    const code = async (query: string) =>
      (await service.graphql(query, {}, { tenant: 'aa' })).errors?.[0]?.extensions.code ?? 'OK';

    expect(await code(`{ revocationOrders { endCursor } }`)).toBe('UNAUTHENTICATED');
    expect(await code(`{ statusConsents(personId: "${personId}") { id } }`)).toBe('UNAUTHENTICATED');
    expect(
      await code(
        `mutation { checkVaccinationStatus(input: { code: "2222", checker: "A School" }) { __typename } }`,
      ),
    ).toBe('OK');
  });
});
