import { newId } from '../../../src/common';
import { hashPassword } from '../../../src/identity/accounts/passwords';
import type { TenantRef } from '../../../src/platform/context';
import { write } from '../../harness/worlds/clinic';
import { type Caller, type GraphqlAnswer, testService, type TestService } from '../../harness/service';

const SIGN_IN = `mutation ($input: SignInInput!) { signInStaff(input: $input) { token } }`;
const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) }`;
const PASSWORD = 'a long enough password';
const OTHER = 'nine lorries in the rain';

describe('a password changed by its owner', () => {
  let service: TestService;
  let aa: TenantRef;
  let passwordHash: string;

  beforeAll(async () => {
    service = await testService();
    aa = await service.provision('aa');
    passwordHash = await hashPassword(PASSWORD);
  }, 120_000);
  afterAll(() => service.stop());

  async function member(): Promise<{ id: string; email: string }> {
    const id = newId();
    const email = `somebody.${id.slice(-6)}@aa.example`;
    await write(
      service,
      aa,
      `INSERT INTO staff_account (id, email, name, state, password_hash, created_at)
       VALUES ($1, $2, 'Somebody', 'ACTIVE', $3, now())`,
      [id, email, passwordHash],
    );
    return { id, email };
  }
  const as = (token: string): Caller => ({ tenant: 'aa', token });
  const trying = (email: string, password: string): Promise<GraphqlAnswer> =>
    service.graphql(SIGN_IN, { input: { email, password } }, { tenant: 'aa' });
  const signIn = async (email: string): Promise<string> =>
    (await trying(email, PASSWORD)).data.signInStaff.token;
  const change = (token: string, current: string, password: string): Promise<GraphqlAnswer> =>
    service.graphql(CHANGE, { input: { current, password } }, as(token));
  const codesOf = ({ errors }: GraphqlAnswer): string[] =>
    (errors ?? []).map(({ extensions }) => extensions.code);
  const told = async (email: string): Promise<string[]> => {
    await service.carryFacts();
    const rows = await write<{ text: string }>(
      service,
      aa,
      `SELECT text FROM sandbox_message WHERE receiver = $1 ORDER BY id`,
      [email],
    );
    return rows.map(({ text }) => text);
  };

  it('is the one that works, and whoever else was signed in with the old one is out', async () => {
    const { email } = await member();
    const [hers, elsewhere] = [await signIn(email), await signIn(email)];

    const changed = await change(hers, PASSWORD, OTHER);

    const statuses = [];
    for (const token of [hers, elsewhere])
      statuses.push((await service.graphql('{ me { kind } }', {}, as(token))).status);
    expect(changed.data.changePassword).toBe(1);
    expect(statuses).toEqual([200, 401]);
    expect(codesOf(await trying(email, PASSWORD))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await trying(email, OTHER))).toEqual([]);
  });

  it('asks for the old one, five times at the most with those at the door', async () => {
    const { email } = await member();
    const token = await signIn(email);
    const answers = [await trying(email, 'wrong one'), await trying(email, 'wrong two')];
    for (let one = 0; one < 5; one++) answers.push(await change(token, `wrong ${one}`, OTHER));

    expect(answers.flatMap(codesOf)).toEqual([
      ...Array<string>(5).fill('UNAUTHENTICATED'),
      ...Array<string>(2).fill('RATE_LIMITED'),
    ]);
    expect(answers.at(-1)!.errors![0]!.extensions.retryAfter).toBeGreaterThan(0);
  });

  it.each([
    ['common', 'Password12345', 'validation.passwordCommon'],
    ['her own address', 'somebody was here', 'validation.passwordOfAddress'],
    ['short', 'short', 'validation.passwordLength'],
    ['known from breaches', 'sonyericsson', 'validation.passwordBreached'],
  ])('is not taken when it is %s, and the old one still works', async (_what, password, key) => {
    const { email } = await member();

    const refused = await change(await signIn(email), PASSWORD, password);

    expect(refused.errors![0]!.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      faults: [{ path: 'password', key }],
    });
    expect(codesOf(await trying(email, PASSWORD))).toEqual([]);
  });

  it('is told to her, with where it was done', async () => {
    const { email } = await member();
    await change(await signIn(email), PASSWORD, OTHER);

    const messages = await told(email);

    expect(messages.filter(text => text.includes('password of your account was changed'))).toHaveLength(1);
    expect(messages.join('\n')).toContain('127.0.0.1');
  });

  it('is in the trail, without the password', async () => {
    const { id, email } = await member();
    await change(await signIn(email), PASSWORD, OTHER);

    const entries = await write<{ entry: string }>(
      service,
      aa,
      `SELECT e::text AS entry FROM audit_entry e WHERE action = 'identity.password' AND resource_id = $1`,
      [id],
    );

    expect(entries).toHaveLength(1);
    expect(entries[0]!.entry).not.toContain(OTHER);
  });

  describe('a sign-in on a device that is new', () => {
    const from = async (email: string, userAgent: string): Promise<void> => {
      const answer = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tenant': 'aa', 'user-agent': userAgent },
        body: JSON.stringify({ query: SIGN_IN, variables: { input: { email, password: PASSWORD } } }),
      });
      expect(((await answer.json()) as GraphqlAnswer).errors).toBeUndefined();
    };

    it('is told to the account’s owner once for each device', async () => {
      const { email } = await member();
      for (const device of ['desk/1', 'desk/1', 'tablet/2', 'desk/1']) await from(email, device);

      const messages = await told(email);

      expect(messages).toHaveLength(2);
      expect(messages.map(text => /desk\/1|tablet\/2/.exec(text)![0])).toEqual(['desk/1', 'tablet/2']);
    });
  });

  it('whoever must wait is told how long in the header too', async () => {
    const { email } = await member();
    for (let one = 0; one < 5; one++) await trying(email, `wrong ${one}`);

    const answer = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tenant': 'aa' },
      body: JSON.stringify({ query: SIGN_IN, variables: { input: { email, password: PASSWORD } } }),
    });

    const { errors } = (await answer.json()) as GraphqlAnswer;
    const { code, retryAfter } = errors![0]!.extensions;
    expect(code).toBe('RATE_LIMITED');
    expect(answer.headers.get('retry-after')).toBe(String(retryAfter));
  });
});
