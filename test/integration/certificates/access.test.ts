import fc from 'fast-check';
import { newId } from '../../../src/common';
import { type Permission, PERMISSIONS, type Role, STAFF_ROLES } from '../../../src/platform/access';
import type { ActorKind, Grant, TenantRef } from '../../../src/platform/context';
import { addFacility, addPerson } from '../../harness/worlds/clinic';
import { atFacility, country, inArea, testService, type TestService } from '../../harness/service';

const READ = {
  latest: `query ($personId: ID!) { answer: certificate(personId: $personId) { status } }`,
  prove: `mutation ($personId: ID!) { answer: makeCertificateProof(
    input: { personId: $personId, format: SMART_HEALTH_CARD }) { __typename } }`,
  all: `query ($personId: ID!) { answer: certificates(personId: $personId) { endCursor } }`,
};
const KEYS = {
  rotate: `mutation ($kid: ID!) { answer: rotateSigningKey(replacing: $kid) { kid } }`,
  withdraw: `mutation ($kid: ID!) { answer: withdrawSigningKey(kid: $kid, reason: LOST) { kid } }`,
};
const TRUST = {
  import: `mutation { answer: importTrustList(input: {
    code: "x", shape: JWKS, document: "{}", validUntil: "2000-01-01T00:00:00Z" }) { __typename } }`,
  read: `{ answer: trustLists { code } }`,
};
const NOBODYS_KEY = 'AAAAAAAAAAA=';

/** A person of a country, the account that acts for her, and where she was vaccinated. */
interface Home {
  tenant: TenantRef;
  personId: string;
  accountId: string;
  facilityId: string;
  areaId: string;
}

describe('who may read certificates', () => {
  let service: TestService;
  const homes: Home[] = [];

  beforeAll(async () => {
    service = await testService();
    for (const code of ['aa', 'bb']) {
      const tenant = await service.country(code);
      const { id: facilityId, areaIds } = await addFacility(service, tenant);
      for (let person = 0; person < 2; person++) {
        const accountId = newId();
        const personId = await addPerson(service, tenant, '2025-01-01', { accountId });
        homes.push({ tenant, personId, accountId, facilityId, areaId: areaIds[0]! });
      }
    }
  }, 180_000);
  afterAll(() => service.stop());

  const ask = async (
    query: string,
    variables: object,
    tenant: TenantRef,
    token?: string,
  ): Promise<string> => {
    const as = { tenant: tenant.code, ...(token ? { token } : {}) };
    const answer = await service.graphql(query, { ...variables }, as);
    return answer.errors?.[0]?.extensions.code ?? 'OK';
  };

  it('the account that acts for her, and staff of her country who print for people: by one rule, at random', async () => {
    const reach = fc.constantFrom<(home: Home) => Grant['reach']>(
      () => ({ kind: 'country' }),
      home => ({ kind: 'area', id: home.areaId }),
      home => ({ kind: 'facility', id: home.facilityId }),
    );
    const staff = fc
      .record({ role: fc.constantFrom<string>(...STAFF_ROLES), reach })
      .map(({ role, reach: at }) => ({ kind: 'staff', role, at }) as const);
    const citizen = fc.constant({
      kind: 'citizen',
      role: 'citizen',
      at: (home: Home) => ({ kind: 'self', id: home.accountId }) as const,
    } as const);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(citizen, staff, staff),
        fc.constantFrom(...Object.values(READ)),
        fc.constantFrom(0, 1, 2, 3),
        fc.constantFrom(0, 1, 2, 3),
        async ({ kind, role, at }, query, callerHome, aboutHome) => {
          const [from, about] = [homes[callerHome]!, homes[aboutHome]!];
          const id = kind === 'citizen' ? from.accountId : newId();
          const token = await service.tokenFor(from.tenant, [{ role, reach: at(from) }], kind, id);

          const inOwnCountry = await ask(query, { personId: about.personId }, from.tenant, token);
          const inHers = await ask(query, { personId: about.personId }, about.tenant, token);

          expect(inOwnCountry).toBe(expected(kind, role, from, about));
          expect(inHers).toBe(from.tenant === about.tenant ? inOwnCountry : 'UNAUTHENTICATED');
        },
      ),
      { numRuns: 120 },
    );
  }, 120_000);

  /** The rule. A person of another country is answered exactly like one who does not exist. */
  function expected(kind: ActorKind, role: string, from: Home, about: Home): string {
    const permission: Permission = kind === 'citizen' ? 'certificate.read-own' : 'certificate.read';
    if (!PERMISSIONS[permission].includes(role as Role)) return 'FORBIDDEN';
    if (from.tenant !== about.tenant) return 'NOT_FOUND';
    return kind === 'citizen' && from.accountId !== about.accountId ? 'NOT_FOUND' : 'OK';
  }

  it('somebody else’s person is answered as one who does not exist', async () => {
    const [own, others] = [homes[0]!, homes[1]!];
    const grants: Grant[] = [{ role: 'citizen', reach: { kind: 'self', id: own.accountId } }];
    const as = {
      tenant: 'aa',
      token: await service.tokenFor(own.tenant, grants, 'citizen', own.accountId),
    };

    const [foreign, missing, elsewhere, nonsense] = await Promise.all(
      [others.personId, newId(), homes[2]!.personId, 'x'].map(personId =>
        service.graphql(READ.latest, { personId }, as),
      ),
    );

    const bare = (answer: typeof foreign) => ({
      ...answer!.errors![0]!,
      extensions: { ...answer!.errors![0]!.extensions, reference: '' },
    });
    expect(bare(missing)).toEqual(bare(foreign));
    expect(bare(elsewhere)).toEqual(bare(foreign));
    expect(bare(nonsense)).toEqual(bare(foreign));
  });

  it('nobody who has not signed in', async () => {
    const { tenant, personId } = homes[0]!;

    expect(await ask(READ.latest, { personId }, tenant)).toBe('UNAUTHENTICATED');
    expect(await ask(READ.all, { personId }, tenant)).toBe('UNAUTHENTICATED');
  });

  it('and change the signing key and whom the country trusts: only the country’s configuration administrator, for the whole country', async () => {
    const { tenant, areaId, facilityId } = homes[0]!;
    const grants = STAFF_ROLES.flatMap(role => [
      country(role),
      inArea(role, areaId),
      atFacility(role, facilityId),
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...grants),
        fc.constantFrom(
          [KEYS.rotate, 'CONFLICT'] as const, // it is nobody's key
          [KEYS.withdraw, 'NOT_FOUND'] as const,
          [TRUST.import, 'INVALID_INPUT'] as const, // its day has passed
          [TRUST.read, 'OK'] as const,
        ),
        async (grant, [query, passed]) => {
          const token = await service.tokenFor(tenant, [grant]);

          const code = await ask(query, query.includes('$kid') ? { kid: NOBODYS_KEY } : {}, tenant, token);

          const allowed = grant.role === 'configuration-admin' && grant.reach.kind === 'country';
          expect(code).toBe(allowed ? passed : 'FORBIDDEN');
        },
      ),
      {
        numRuns: 120,
        examples: [
          [country('configuration-admin'), [KEYS.rotate, 'CONFLICT']],
          [country('configuration-admin'), [KEYS.withdraw, 'NOT_FOUND']],
          [country('configuration-admin'), [TRUST.import, 'INVALID_INPUT']],
          [country('configuration-admin'), [TRUST.read, 'OK']],
        ],
      },
    );
  }, 120_000);
});
