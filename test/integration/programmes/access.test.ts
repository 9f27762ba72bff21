import fc from 'fast-check';
import { newId } from '../../../src/common';
import { PERMISSIONS, type Permission, SEPARATED_ROLES, STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { atFacility, country, inArea, testService, type TestService } from '../../harness/service';

const NOBODYS = newId();

/** Each verb on a pack, with ids that nobody has: whoever may is told what is missing, and nobody else is told anything. */
const VERBS: Record<string, { permission: Permission; query: string }> = {
  list: { permission: 'pack.read', query: `{ countryPacks { id } }` },
  read: { permission: 'pack.read', query: `{ countryPack(id: "${NOBODYS}") { id } }` },
  explain: { permission: 'pack.read', query: `{ countryPackOfSchedule(code: "x", version: "1") { id } }` },
  compare: {
    permission: 'pack.read',
    query: `{ compareCountryPacks(from: "${NOBODYS}", to: "${NOBODYS}") { counts { part } } }`,
  },
  proposals: { permission: 'pack.read', query: `{ countryPackProposals(openOnly: true) { id } }` },
  publications: { permission: 'pack.read', query: `{ countryPackPublications { id } }` },
  start: {
    permission: 'pack.draft',
    query: `mutation { startCountryPackDraft(input: { packId: "${NOBODYS}" }) { __typename } }`,
  },
  edit: {
    permission: 'pack.draft',
    query: `mutation { editCountryPack(input: { packId: "${NOBODYS}", edits: [{ retireProduct: { code: "x" } }] }) { __typename } }`,
  },
  propose: {
    permission: 'pack.draft',
    query: `mutation { proposeCountryPack(input: { packId: "${NOBODYS}", effectiveOn: "2030-01-01", note: "x" }) { __typename } }`,
  },
  withdraw: {
    permission: 'pack.draft',
    query: `mutation { withdrawCountryPack(input: { proposalId: "${NOBODYS}", reason: "x" }) { __typename } }`,
  },
  approve: {
    permission: 'pack.publish',
    query: `mutation { approveCountryPack(input: { proposalId: "${NOBODYS}" }) { __typename } }`,
  },
  cancel: {
    permission: 'pack.publish',
    query: `mutation { cancelCountryPack(input: { publicationId: "${NOBODYS}", reason: "x" }) { __typename } }`,
  },
  publish: { permission: 'pack.publish', query: `mutation { publishCountryPack(id: "${NOBODYS}") { id } }` },
  'roll back': {
    permission: 'pack.publish',
    query: `mutation { rollBackCountryPack(reason: "x") { id } }`,
  },
};

describe('a country’s programme', () => {
  let service: TestService;
  const tenants: TenantRef[] = [];

  beforeAll(async () => {
    service = await testService();
    for (const code of ['aa', 'bb']) tenants.push(await service.country(code, 'gh'));
  }, 120_000);
  afterAll(() => service.stop());

  /** The one rule: a role that holds the permission, for the whole country, in that country. */
  it('is changed and looked into by whoever holds the permission for the whole of that country', async () => {
    const grants: Record<string, (role: string) => Grant> = {
      country,
      area: role => inArea(role, NOBODYS),
      facility: role => atFacility(role, NOBODYS),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(VERBS)),
        fc.constantFrom(...STAFF_ROLES),
        fc.constantFrom(...Object.keys(grants)),
        fc.boolean(),
        async (verb, role, reach, abroad) => {
          const { permission, query } = VERBS[verb]!;
          const token = await service.tokenFor(tenants[0]!, [grants[reach]!(role)]);

          const answer = await service.graphql(query, {}, { tenant: tenants[abroad ? 1 : 0]!.code, token });

          const may =
            (PERMISSIONS[permission] as readonly string[]).includes(role) && reach === 'country' && !abroad;
          const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code);
          expect(codes.some(code => code === 'FORBIDDEN' || code === 'UNAUTHENTICATED')).toBe(!may);
          expect(codes).not.toContain('INTERNAL_SERVER_ERROR');
        },
      ),
      { numRuns: 250 },
    );
  }, 120_000);

  it('is never set by a role that can be held together with recording doses', () => {
    const sets = [...PERMISSIONS['pack.draft'], ...PERMISSIONS['pack.publish']];
    const records = [...PERMISSIONS['vaccination.record'], ...PERMISSIONS['vaccination.record-late']];
    const together = sets.flatMap(one =>
      records
        .filter(
          other => one === other || !SEPARATED_ROLES.some(pair => pair.includes(one) && pair.includes(other)),
        )
        .map(other => [one, other]),
    );

    expect(together).toEqual([]);
  });
});
