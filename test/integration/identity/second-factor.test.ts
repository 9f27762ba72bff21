import { TOTP } from 'otpauth';
import { newId } from '../../../src/common';
import { hashPassword } from '../../../src/identity/accounts/passwords';
import { OpenOperatorAccount } from '../../../src/identity';
import { systemContext } from '../../../src/platform/events';
import type { TenantRef } from '../../../src/platform/context';
import { write } from '../../harness/worlds/clinic';
import {
  type Caller,
  country,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';

const SIGN_IN = `mutation ($input: SignInInput!) { signInStaff(input: $input) { token next } }`;
const OPERATOR = `mutation ($input: SignInInput!) { signInOperator(input: $input) { token next } }`;
const BEGIN = `mutation { beginAuthenticator { address secret } }`;
const SET_UP = `mutation ($code: String!) { setUpAuthenticator(code: $code) { token { token next } recoveryCodes } }`;
const CONFIRM = `mutation ($code: String!) { confirmSecondFactor(code: $code) { token next } }`;
const PASSWORD = 'a long enough password';

describe('a second factor', () => {
  let service: TestService;
  let aa: TenantRef;
  let passwordHash: string;

  beforeAll(async () => {
    service = await testService();
    aa = await service.provision('aa');
    passwordHash = await hashPassword(PASSWORD);
    const admin = await service.tokenFor(aa, [country('configuration-admin')]);
    const { errors } = await service.graphql(
      `mutation { setSecondFactorRoles(roles: ["user-admin"]) }`,
      {},
      { tenant: 'aa', token: admin },
    );
    expect(errors).toBeUndefined();
  }, 120_000);
  afterAll(() => service.stop());

  async function member(role: string): Promise<{ id: string; email: string }> {
    const id = newId();
    const email = `${id}@aa.example`;
    await write(
      service,
      aa,
      `INSERT INTO staff_account (id, email, name, state, password_hash, created_at)
       VALUES ($1, $2, 'Somebody', 'ACTIVE', $3, now())`,
      [id, email, passwordHash],
    );
    await write(
      service,
      aa,
      `INSERT INTO role_grant (id, staff_id, role, reach_kind, granted_at) VALUES ($1, $2, $3, 'country', now())`,
      [newId(), id, role],
    );
    return { id, email };
  }
  const as = (token: string): Caller => ({ tenant: 'aa', token });
  const signIn = async (email: string): Promise<{ token: string; next: string }> =>
    (await service.graphql(SIGN_IN, { input: { email, password: PASSWORD } }, { tenant: 'aa' })).data
      .signInStaff;
  const codesOf = (answer: GraphqlAnswer): string[] =>
    (answer.errors ?? []).map(({ extensions }) => extensions.code);
  /** The code of now, or of the next half minute: each works for as long as a slow machine may need. */
  const codeOf = (secret: string, steps = 0): string =>
    new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });

  /** A member of staff with an authenticator in use, and her recovery codes. */
  async function withAuthenticator(role = 'user-admin') {
    const { id, email } = await member(role);
    const entrant = await signIn(email);
    const begun = await service.graphql(BEGIN, {}, as(entrant.token));
    const { secret } = begun.data.beginAuthenticator as { secret: string };
    const { data } = await service.graphql(SET_UP, { code: codeOf(secret) }, as(entrant.token));
    const { token, recoveryCodes } = data.setUpAuthenticator;
    return {
      id,
      email,
      secret,
      entrant,
      token: token.token as string,
      recoveryCodes: recoveryCodes as string[],
    };
  }

  it('is not asked of a role that the country does not name', async () => {
    const { email } = await member('registrar');

    expect((await signIn(email)).next).toBe('NONE');
  });

  it('must be set up by a role that the country names, and her token opens nothing before', async () => {
    const { email } = await member('user-admin');
    const { token, next } = await signIn(email);

    const answers = [
      await service.graphql('{ staff(first: 1) { items { id } } }', {}, as(token)),
      await service.graphql('{ mySignIns { id } }', {}, as(token)),
      await service.graphql('mutation { endOtherSignIns }', {}, as(token)),
    ];

    expect(next).toBe('SET_UP_SECOND_FACTOR');
    expect(answers.map(codesOf)).toEqual([['FORBIDDEN'], ['FORBIDDEN'], ['FORBIDDEN']]);
  });

  it('once set up gives a token that carries the roles, and the one before it is worth nothing', async () => {
    const { token, entrant, recoveryCodes } = await withAuthenticator();

    const full = await service.graphql('{ staff(first: 1) { items { id } } }', {}, as(token));
    const before = await service.graphql(BEGIN, {}, as(entrant.token));

    expect(full.errors).toBeUndefined();
    expect(codesOf(before)).toEqual(['UNAUTHENTICATED']);
    expect(new Set(recoveryCodes).size).toBe(10);
  });

  it('is asked at each sign-in, whatever the role', async () => {
    const { email, secret } = await withAuthenticator('registrar');
    const { token, next } = await signIn(email);

    const { data } = await service.graphql(CONFIRM, { code: codeOf(secret, 1) }, as(token));
    const me = await service.graphql(
      '{ me { kind roles { role } } }',
      {},
      as(data.confirmSecondFactor.token),
    );

    expect(next).toBe('CONFIRM_SECOND_FACTOR');
    expect(me.data.me).toEqual({ kind: 'staff', roles: [{ role: 'registrar' }] });
  });

  it('takes each code once, even when it is sent in twice at the same moment', async () => {
    const { email, secret } = await withAuthenticator();
    const entrants = [await signIn(email), await signIn(email), await signIn(email)];
    const code = codeOf(secret, 1);

    const answers = await Promise.all(
      entrants.map(({ token }) => service.graphql(CONFIRM, { code }, as(token))),
    );

    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
  });

  it('takes a recovery code once, however it is typed', async () => {
    const { email, recoveryCodes } = await withAuthenticator();
    const typed = recoveryCodes[0]!.toLowerCase().replaceAll('-', ' ');
    const use = async () => service.graphql(CONFIRM, { code: typed }, as((await signIn(email)).token));

    const [first, second] = [await use(), await use()];

    expect(first.errors).toBeUndefined();
    expect(codesOf(second)).toEqual(['UNAUTHENTICATED']);
  });

  it('is guessed five times at the most, by whichever tokens', async () => {
    const { email } = await withAuthenticator();
    const entrants = [await signIn(email), await signIn(email)];

    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, one) =>
        service.graphql(CONFIRM, { code: `wrong ${one}` }, as(entrants[one % 2]!.token)),
      ),
    );

    expect(answers.flatMap(codesOf).sort()).toEqual([
      ...Array<string>(7).fill('RATE_LIMITED'),
      ...Array<string>(5).fill('UNAUTHENTICATED'),
    ]);
  });

  it('is not proved by what began with a password that has been changed since', async () => {
    const { email, secret, token } = await withAuthenticator();
    const thief = await signIn(email);

    const changed = await service.graphql(
      `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) }`,
      { input: { current: PASSWORD, password: 'nine lorries in the rain' } },
      as(token),
    );

    const late = await service.graphql(CONFIRM, { code: codeOf(secret, 1) }, as(thief.token));
    expect(changed.data.changePassword).toBe(1);
    expect(codesOf(late)).toEqual(['UNAUTHENTICATED']);
  });

  it('cannot be replaced by whoever has the password alone', async () => {
    const { email } = await withAuthenticator();
    const { token } = await signIn(email);

    expect(codesOf(await service.graphql(BEGIN, {}, as(token)))).toEqual(['STATE_FORBIDS']);
  });

  it('that was lost is taken away by a user administrator, and she is signed out', async () => {
    const { id, email, token } = await withAuthenticator();
    const admin = await service.tokenFor(aa, [country('user-admin')]);

    const reset = await service.graphql(
      `mutation ($id: ID!) { resetSecondFactor(staffId: $id) }`,
      { id },
      as(admin),
    );

    expect(reset.errors).toBeUndefined();
    expect((await signIn(email)).next).toBe('SET_UP_SECOND_FACTOR');
    const { status } = await service.graphql('{ me { kind } }', {}, as(token));
    expect(status).toBe(401);
  });

  it('is kept closed: no column holds the secret or a recovery code', async () => {
    const { secret, recoveryCodes } = await withAuthenticator();
    const stored = await write<{ row: string }>(
      service,
      aa,
      `SELECT (a.secret_sealed || r.code_hash)::text AS row FROM authenticator a CROSS JOIN recovery_code r`,
    );
    const bytes = Buffer.from(new TOTP({ secret }).secret.bytes).toString('hex');

    const found = stored.filter(({ row }) =>
      [bytes, ...recoveryCodes.map(code => Buffer.from(code).toString('hex'))].some(one => row.includes(one)),
    );

    expect(stored.length).toBeGreaterThan(0);
    expect(found).toEqual([]);
  });

  it('is set up by an operator on the platform as well', async () => {
    const input = { email: 'op@service.example', password: PASSWORD };
    await service.app.get(OpenOperatorAccount).run(systemContext(null), { ...input, name: 'Op' });
    const entry = async () => (await service.graphql(OPERATOR, { input })).data.signInOperator;
    const { token } = await entry();
    const begun = await service.graphql(BEGIN, {}, { token });
    const { secret } = begun.data.beginAuthenticator as { secret: string };
    await service.graphql(SET_UP, { code: codeOf(secret) }, { token });

    const entrant = await entry();
    const { data } = await service.graphql(CONFIRM, { code: codeOf(secret, 1) }, { token: entrant.token });
    const me = await service.graphql('{ me { kind } }', {}, { token: data.confirmSecondFactor.token });

    expect(entrant.next).toBe('CONFIRM_SECOND_FACTOR');
    expect(me.data.me.kind).toBe('operator');
  });
});
