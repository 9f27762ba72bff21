import { Client } from 'pg';
import { STAFF_ROLES } from '../../../src/platform/access';
import { figure } from '../../harness/run/figures';
import { type Caller, country, testService, type TestService } from '../../harness/service';
import { type Bomb, bombs } from '../isolation/bombs';
import { operationsOf } from '../isolation/operations';

const REFUSED = ['OPERATION_TOO_COMPLEX', 'BAD_REQUEST', 'INVALID_INPUT'];

/** What refusing each of them costs: `npm run bench:bombs`. */
describe('a document that would cost the service much', () => {
  let service: TestService;
  let staff: Caller;
  let all: Bomb[];

  beforeAll(async () => {
    service = await testService({
      TIKASETU_ROLE: 'api', // nothing but requests reaches the database
      TIKASETU_SANDBOX: 'false',
      TIKASETU_MESSAGE_GATEWAY_URL: 'https://gateway.example',
    });
    const tenant = await service.country('aa');
    staff = { tenant: 'aa', token: await service.tokenFor(tenant, STAFF_ROLES.map(country)) };
    all = bombs(operationsOf(service));
  }, 120_000);
  afterAll(() => service.stop());

  /** The statements that somebody’s calls send to PostgreSQL. */
  async function statementsOf(calls: () => Promise<unknown>): Promise<Set<string>> {
    const asked = jest.spyOn(Client.prototype, 'query');
    await calls();
    const texts = asked.mock.calls.map(([query]) => {
      const given = query as unknown as string | { text: string };
      return typeof given === 'string' ? given : given.text;
    });
    asked.mockRestore();
    return new Set(texts);
  }

  it('is refused before any statement of its own, each of fifty and more', async () => {
    const send = ({ query, variables }: Bomb) => service.graphql(query, variables, staff);
    // Who calls and for which country is looked up every two seconds, whatever is asked: also by who asks nothing.
    const nothing = { name: 'nothing', query: '{ __typename }' };
    const lookedUp = await statementsOf(async () => {
      const until = performance.now() + 2_500;
      while (performance.now() < until) await send(nothing);
      await send(nothing); // on a slow machine the only one that comes late enough
    });
    const wrong: string[] = [];

    const statements = await statementsOf(async () => {
      for (const bomb of all) {
        const answer = await send(bomb);
        const codes = [...new Set(answer.errors?.map(({ extensions }) => extensions.code))];
        const isRefused = codes.length > 0 && codes.every(code => REFUSED.includes(code)) && !answer.data;
        if (!isRefused) wrong.push(`${bomb.name}: ${answer.status} ${codes.join() || 'answered'}`);
      }
    });

    expect(all.length).toBeGreaterThanOrEqual(50);
    expect(wrong).toEqual([]);
    expect([...statements].filter(text => !lookedUp.has(text))).toEqual([]);
    figure('bombs refused before any SQL', `${all.length} of ${all.length}`, all.length >= 50);
  });

  it('does reach the database when it is an ordinary one, so that its absence above means something', async () => {
    const statements = await statementsOf(() =>
      service.graphql('{ facilities { items { id } } }', {}, staff),
    );

    expect([...statements].some(text => /\bfacility\b/.test(text))).toBe(true);
  });
});
