import { SignJWT } from 'jose';
import { country, testService, type TestService } from '../harness/service';
import type { TenantRef } from '../../src/platform/context';

const ME = `{ me { kind id languages } }`;

describe('a caller', () => {
  let service: TestService;
  let aa: TenantRef;

  beforeAll(async () => {
    service = await testService();
    aa = await service.provision('aa');
    await service.provision('bb');
  }, 120_000);
  afterAll(() => service.stop());

  const staff = (): Promise<string> => service.tokenFor(aa, [country('auditor')]);

  it('without a token is anonymous', async () => {
    const answer = await service.graphql(ME, {}, { tenant: 'aa' });

    expect(answer.data.me.kind).toBe('anonymous');
  });

  it('with a token is who it says, in its own country', async () => {
    const answer = await service.graphql(ME, {}, { tenant: 'aa', token: await staff() });

    expect(answer.data.me.kind).toBe('staff');
  });

  it('is not known in another country', async () => {
    const answer = await service.graphql(ME, {}, { tenant: 'bb', token: await staff() });

    expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('is told in her language that a country is not served here', async () => {
    const answer = await service.graphql(ME, {}, { tenant: 'nowhere', language: 'es' });

    expect(answer).toMatchObject({ status: 404, errors: [{ extensions: { code: 'TENANT_NOT_SERVED' } }] });
    expect(answer.errors?.[0]?.message).toMatch(/país/);
  });

  it.each([
    ['nothing of a token', async () => 'x'],
    ['a token cut short', async () => (await staff()).slice(0, -2)],
    ['a token with a space in it', async () => (await staff()).replace('.', ' .')],
    ['a padded token', async () => `${await staff()}=`],
    [
      'a token that signs nothing',
      async () => `${Buffer.from('{"alg":"none","kid":"staff"}').toString('base64url')}.e30.`,
    ],
    [
      'a token of a key of her own',
      async () =>
        new SignJWT({ grants: [country('auditor')] })
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'staff' })
          .setIssuer('tikasetu')
          .setAudience('tenant:aa')
          .setSubject('x')
          .setJti('x')
          .setExpirationTime('1h')
          .sign(Buffer.alloc(32, 1)),
    ],
    [
      'a token whose time is over',
      async () => {
        const { Tokens } = await import('../../src/identity');
        const past = service.contextOf(aa, { now: () => new Date(Date.now() - 86_400_000) });
        const actor = { kind: 'staff' as const, id: 'x', grants: [] };
        return (await service.app.get(Tokens).issue(past, actor)).token;
      },
    ],
    [
      'a token of another kind',
      async () =>
        (await service.tokenFor(aa, [], 'citizen')).replace(/^[^.]+/, (await staff()).split('.')[0]!),
    ],
  ])('with %s is turned away', async (_what, token) => {
    const answer = await service.graphql(ME, {}, { tenant: 'aa', token: await token() });

    expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('who guesses a password is made to wait, and the right one does not help then', async () => {
    const SIGN_IN = `mutation ($input: SignInInput!) { signInStaff(input: $input) { token } }`;
    const attempts: string[] = [];
    await service.graphql(`{ __typename }`, {}, { tenant: 'aa' });

    for (const password of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) {
      const input = { email: 'admin@aa.example', password };
      attempts.push(
        (await service.graphql(SIGN_IN, { input }, { tenant: 'aa' })).errors![0]!.extensions.code,
      );
    }

    expect(attempts.slice(0, 5)).toEqual(Array(5).fill('UNAUTHENTICATED'));
    expect(attempts[5]).toBe('RATE_LIMITED');
  });
});
