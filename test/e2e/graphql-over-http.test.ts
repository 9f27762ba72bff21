import { serverAudits } from 'graphql-http';
import { figure } from '../harness/run/figures';
import { testService, type TestService } from '../harness/service';

/** The audits send no header of their own against cross-site requests, which the endpoint asks for. */
const withPreflight = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, {
    ...init,
    headers: { ...(init.headers as Record<string, string>), 'apollo-require-preflight': 'true' },
  });

describe('the GraphQL endpoint keeps the GraphQL over HTTP specification', () => {
  let service: TestService;
  const audits = serverAudits({ url: () => `${service.url}/graphql`, fetchFn: withPreflight });

  beforeAll(async () => {
    service = await testService();
  }, 120_000);
  afterAll(() => service.stop());

  it.each(audits.map(audit => [audit.name, audit] as const))('%s', async (_name, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' });
  });

  it.each(['{ __typename }', '{ vaccinations(personId: "x") { doses { id } } }', '{ nothing }'])(
    'lets no cache keep the answer to %s',
    async query => {
      const answer = await withPreflight(`${service.url}/graphql?query=${encodeURIComponent(query)}`);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  it('has all sixty-one audits', () => {
    expect(audits).toHaveLength(61);
    expect(audits.filter(({ name }) => name.startsWith('MUST'))).toHaveLength(13);
    figure('graphql-http audits', '61, of them 13 MUST');
  });
});
