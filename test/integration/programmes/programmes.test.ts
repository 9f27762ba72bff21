import { join } from 'node:path';
import { packFiles } from '../../harness/worlds/packs';
import { country, testService, type TestService } from '../../harness/service';
import { SandboxSender } from '../../../src/platform/messaging';
import type { TenantRef } from '../../../src/platform/context';

const COUNTRIES = join(__dirname, '../../../countries');

const DRAFT = `mutation ($input: DraftCountryPackInput!) { draftCountryPack(input: $input) { __typename
  ... on CountryPackDrafted { pack { id version current changes { kind path } } }
  ... on CountryPackRefused { message faults { file line column path code reason } } } }`;
const PUBLISH = `mutation ($id: ID!) { publishCountryPack(id: $id) { id current publishedAt } }`;

describe('a country pack', () => {
  let service: TestService;
  let tenant: TenantRef;
  let admin: { tenant: string; token: string };
  let second: { tenant: string; token: string };

  beforeAll(async () => {
    service = await testService();
    tenant = await service.provision('aa', 'BD');
    admin = { tenant: 'aa', token: await service.tokenFor(tenant, [country('configuration-admin')]) };
    second = { tenant: 'aa', token: await service.tokenFor(tenant, [country('programme-admin')]) };
  }, 120_000);
  afterAll(() => service.stop());

  it('is drafted, shown as a difference, published and then in force', async () => {
    const files = packFiles(join(COUNTRIES, 'bd'));

    const draft = await service.graphql(DRAFT, { input: { files } }, admin);
    const { pack } = draft.data.draftCountryPack;
    const published = await service.graphql(PUBLISH, { id: pack.id }, second);
    const seen = await service.graphql(
      `{ products { code name } vaccinationSchedule { code series { name } } }`,
      {},
      { tenant: 'aa' },
    );

    expect(draft.errors).toBeUndefined();
    expect(pack.current).toBe(false);
    expect(pack.changes.length).toBeGreaterThan(10);
    expect(published.data.publishCountryPack.current).toBe(true);
    expect(seen.data.products.length).toBeGreaterThan(5);
    expect(seen.data.vaccinationSchedule.series.length).toBeGreaterThan(5);
  });

  it('words the messages that people get', async () => {
    const phone = '+8801712345678'; // names-a-country: a number that the pack's rules take
    const CODE = `mutation ($phone: String!) { requestSignInCode(phone: $phone) { requestId } }`;

    await service.graphql(CODE, { phone }, { tenant: 'aa', language: 'en' });

    const sent = await service.app.get(SandboxSender).latest(service.contextOf(tenant));
    expect(sent[0]!.text).toMatch(/^\d{6} is your sign-in code\. It is valid for 5 minutes/);
  });

  it('with faults is refused with file, line and reason, and nothing is stored', async () => {
    const files = packFiles(join(COUNTRIES, 'bd')).map(file =>
      file.name === 'areas.csv'
        ? { ...file, content: file.content.replace('BD-A,,', 'BD-A,NOWHERE,') }
        : file,
    );

    const answer = await service.graphql(DRAFT, { input: { files } }, admin);

    const { faults } = answer.data.draftCountryPack;
    expect(faults).toContainEqual(
      expect.objectContaining({ file: 'areas.csv', line: 2, code: 'parent-unknown' }),
    );
  });
});
