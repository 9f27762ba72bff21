import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { newId } from '../../../src/common';
import { hashPassword } from '../../../src/identity/accounts/passwords';
import { Planes } from '../../../src/identity/planes';
import { EndedSignIns } from '../../../src/identity/sign-ins/ended-sign-ins';
import { SignInsStore } from '../../../src/identity/sign-ins/sign-ins.store';
import { Tokens } from '../../../src/identity';
import type { TenantRef } from '../../../src/platform/context';
import { write } from '../../harness/worlds/clinic';
import { country, type GraphqlAnswer, testService, type TestService } from '../../harness/service';

const SIGN_IN = `mutation ($input: SignInInput!) { signInStaff(input: $input) { token } }`;
const ME = `{ me { kind id } }`;
const MINE = `{ mySignIns { id device bound current endedFor } }`;
const END = `mutation ($id: ID!) { endSignIn(id: $id) }`;
const PASSWORD = 'a long enough password';

describe('signing in and out', () => {
  let service: TestService;
  let aa: TenantRef;
  let passwordHash: string;

  beforeAll(async () => {
    service = await testService();
    aa = await service.provision('aa');
    passwordHash = await hashPassword(PASSWORD);
  }, 120_000);
  afterAll(() => service.stop());

  /** A member of staff who can sign in; her address. */
  async function member(role = 'registrar'): Promise<{ id: string; email: string }> {
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

  const trying = (email: string, password: string): Promise<GraphqlAnswer> =>
    service.graphql(SIGN_IN, { input: { email, password } }, { tenant: 'aa' });
  const signIn = async (email: string): Promise<string> =>
    (await trying(email, PASSWORD)).data.signInStaff.token as string;
  const as = (token: string) => ({ tenant: 'aa', token });
  const codeOf = (answer: GraphqlAnswer): string =>
    answer.errors?.map(({ extensions }) => extensions.code).join() ?? '';
  /** What anybody can tell of an answer, without its reference. */
  const tellOf = ({ status, data, errors }: GraphqlAnswer): string =>
    JSON.stringify({
      status,
      data,
      errors: errors?.map(({ message, path, extensions: { code } }) => ({
        message: message.replace(/\d+/, 'N'),
        path,
        code,
      })),
    });

  describe('a password', () => {
    it('that is wrong is answered alike whether the address has an account or not, to the lock and beyond', async () => {
      const { email } = await member();
      const answers: Record<string, string[]> = {};

      for (const name of [email, 'nobody@aa.example']) {
        answers[name] = [];
        for (let one = 0; one < 7; one++) answers[name].push(tellOf(await trying(name, `wrong ${one}`)));
      }

      expect(answers[email]).toEqual(answers['nobody@aa.example']);
      expect(answers[email]![4]).toContain('UNAUTHENTICATED');
      expect(answers[email]![5]).toContain('RATE_LIMITED');
    });

    it('is guessed five times at the most, however many guesses come at one moment', async () => {
      const { email } = await member();

      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, one) => trying(email, `wrong ${one}`)),
      );

      expect(answers.map(codeOf).sort()).toEqual([
        ...Array<string>(7).fill('RATE_LIMITED'),
        ...Array<string>(5).fill('UNAUTHENTICATED'),
      ]);
    });

    it('that is right forgives the wrong ones before it', async () => {
      const { email } = await member();
      for (const wrong of ['1', '2', '3', '4']) await trying(email, wrong);
      await signIn(email);

      const answers = [];
      for (const wrong of ['1', '2', '3', '4']) answers.push(codeOf(await trying(email, wrong)));

      expect(answers).toEqual(Array<string>(4).fill('UNAUTHENTICATED'));
      await expect(signIn(email)).resolves.toEqual(expect.any(String));
    });

    it('of somebody suspended is as good as a wrong one', async () => {
      const { id, email } = await member();
      await write(service, aa, `UPDATE staff_account SET state = 'SUSPENDED' WHERE id = $1`, [id]);

      expect(codeOf(await trying(email, PASSWORD))).toBe('UNAUTHENTICATED');
    });
  });

  describe('a sign-in', () => {
    it('is shown to whoever it belongs to, and ended by her from another device', async () => {
      const { email } = await member();
      const [lost, kept] = [await signIn(email), await signIn(email)];
      const { data } = await service.graphql(MINE, {}, as(kept));
      const [, other] = data.mySignIns as { id: string; current: boolean }[];

      const before = await service.graphql(ME, {}, as(lost));
      const ended = await service.graphql(END, { id: other!.id }, as(kept));
      const after = await service.graphql(ME, {}, as(lost));

      expect(data.mySignIns).toMatchObject([{ current: true, bound: false }, { current: false }]);
      expect([before.status, ended.errors, after.status]).toEqual([200, undefined, 401]);
      expect((await service.graphql(ME, {}, as(kept))).status).toBe(200);
    });

    it('of somebody else is as missing as none at all', async () => {
      const [hers, mine] = [await signIn((await member()).email), await signIn((await member()).email)];
      const { data } = await service.graphql(MINE, {}, as(hers));

      const foreign = await service.graphql(END, { id: data.mySignIns[0].id }, as(mine));
      const missing = await service.graphql(END, { id: newId() }, as(mine));

      expect(codeOf(foreign)).toBe('NOT_FOUND');
      expect(tellOf(foreign)).toBe(tellOf(missing));
      expect((await service.graphql(ME, {}, as(hers))).status).toBe(200);
    });

    it('ends with all others but the one that says so', async () => {
      const { email } = await member();
      const tokens = [await signIn(email), await signIn(email), await signIn(email)];

      const { data } = await service.graphql('mutation { endOtherSignIns }', {}, as(tokens[1]!));

      const statuses = [];
      for (const token of tokens) statuses.push((await service.graphql(ME, {}, as(token))).status);
      expect(data.endOtherSignIns).toBe(2);
      expect(statuses).toEqual([401, 200, 401]);
    });

    it('is the oldest to end when an account is used on a sixth device', async () => {
      const { email } = await member();
      const first = await signIn(email);
      for (let device = 2; device <= 5; device++) await signIn(email);
      const before = await service.graphql(ME, {}, as(first));

      const sixth = await signIn(email);

      // In this process the next look at the table says so; the test does not wait for it.
      service.app.get(EndedSignIns).forget({ tenant: aa }, { kind: 'staff' });
      const { data } = await service.graphql(MINE, {}, as(sixth));
      expect(before.status).toBe(200);
      expect((await service.graphql(ME, {}, as(first))).status).toBe(401);
      expect(
        data.mySignIns.filter((one: { endedFor: string | null }) => one.endedFor === 'DISPLACED'),
      ).toHaveLength(1);
    });

    it('is over at once for somebody suspended, and for somebody whom an administrator signs out', async () => {
      const admin = await service.tokenFor(aa, [country('user-admin')]);
      const [leaver, loser] = [await member(), await member()];
      const tokens = [await signIn(leaver.email), await signIn(loser.email)];

      await service.graphql(
        `mutation ($id: ID!) { suspendStaff(staffId: $id) { state } }`,
        { id: leaver.id },
        as(admin),
      );
      const { data } = await service.graphql(
        `mutation ($id: ID!) { signOutStaff(staffId: $id) }`,
        { id: loser.id },
        as(admin),
      );

      service.app.get(EndedSignIns).forget({ tenant: aa }, { kind: 'staff' });
      const statuses = [];
      for (const token of tokens) statuses.push((await service.graphql(ME, {}, as(token))).status);
      expect(data.signOutStaff).toBe(1);
      expect(statuses).toEqual([401, 401]);
    });

    it('is known to have ended by another process once what that one knows is two seconds old, and not asked for before', async () => {
      const elsewhere = new EndedSignIns(service.app.get(Planes), service.app.get(SignInsStore));
      const reads = jest.spyOn(service.app.get(SignInsStore), 'endedSince');
      const { email } = await member();
      const token = await signIn(email);
      const start = Date.now();
      const at = (ms: number) => ({ tenant: aa, now: () => new Date(start + ms) });
      const actor = await service.app.get(Tokens).verify(at(0), 'staff', token);
      const known = [await elsewhere.has(at(0), actor)];
      const { data } = await service.graphql(MINE, {}, as(token));
      await service.graphql(END, { id: data.mySignIns[0].id }, as(token));
      reads.mockClear();

      for (const ms of [1, 1_000, 1_999]) await elsewhere.has(at(ms), actor);
      const readBefore = reads.mock.calls.length;
      known.push(await elsewhere.has(at(2_000), actor));

      expect(readBefore).toBe(0);
      expect(reads).toHaveBeenCalledTimes(1);
      expect(known).toEqual([false, true]);
      reads.mockRestore();
    });

    it('of a citizen and of an operator ends as well', async () => {
      const citizen = await service.tokenFor(
        aa,
        [{ role: 'citizen', reach: { kind: 'self', id: newId() } }],
        'citizen',
      );
      const operator = await service.tokenFor(null, [country('operator')], 'operator');

      const answers = [
        await service.graphql('mutation { endOtherSignIns }', {}, as(citizen)),
        await service.graphql('mutation { endOtherSignIns }', {}, { token: operator }),
      ];

      expect(answers.map(({ data }) => data?.endOtherSignIns)).toEqual([0, 0]);
    });
  });

  describe('a token that is bound to the key of a device', () => {
    interface DeviceKey {
      prove: (claims?: Record<string, unknown>, header?: JWK) => Promise<string>;
      thumbprint: string;
    }

    async function deviceKey(): Promise<DeviceKey> {
      const { publicKey, privateKey } = await generateKeyPair('ES256');
      const jwk = await exportJWK(publicKey);
      return {
        thumbprint: await calculateJwkThumbprint(jwk),
        prove: (claims = {}, header = jwk) =>
          new SignJWT({ htm: 'POST', htu: `${service.url}/graphql`, jti: randomUUID(), ...claims })
            .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: header })
            .setIssuedAt(typeof claims.iat === 'number' ? claims.iat : undefined)
            .sign(privateKey),
      };
    }
    const athOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
    const send = async (query: string, headers: Record<string, string>, variables: object = {}) => {
      const answer = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tenant': 'aa', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return { status: answer.status, ...((await answer.json()) as { data: any }) }; // oxlint-disable-line no-explicit-any
    };
    async function bound(): Promise<{ key: DeviceKey; token: string }> {
      const { email } = await member();
      const key = await deviceKey();
      const input = { email, password: PASSWORD };
      const { data } = await send(SIGN_IN, { dpop: await key.prove() }, { input });
      return { key, token: data.signInStaff.token as string };
    }

    it('lets its owner in while everybody else is locked out of her address, and guesses no more than they', async () => {
      const { email } = await member();
      const [hers, other] = [await deviceKey(), await deviceKey()];
      const tryFrom = async (key: DeviceKey, password: string): Promise<string> =>
        codeOf(await send(SIGN_IN, { dpop: await key.prove() }, { input: { email, password } }));
      const first = await tryFrom(hers, PASSWORD);
      for (let one = 0; one < 5; one++) await trying(email, `wrong ${one}`);

      const locked = [codeOf(await trying(email, PASSWORD)), await tryFrom(other, PASSWORD)];
      const owner = await tryFrom(hers, PASSWORD);
      const still = codeOf(await trying(email, PASSWORD));
      const guesses = [];
      for (let one = 0; one < 7; one++) guesses.push(await tryFrom(hers, `wrong ${one}`));

      expect([first, owner]).toEqual(['', '']);
      expect([...locked, still]).toEqual(Array<string>(3).fill('RATE_LIMITED'));
      expect(guesses).toEqual([
        ...Array<string>(5).fill('UNAUTHENTICATED'),
        ...Array<string>(2).fill('RATE_LIMITED'),
      ]);
    });

    it('works with a proof of that key, again and again, and is shown as bound', async () => {
      const { key, token } = await bound();
      const call = async () =>
        send(MINE, { authorization: `DPoP ${token}`, dpop: await key.prove({ ath: athOf(token) }) });

      const answers = [await call(), await call()];

      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers[1]!.data.mySignIns).toMatchObject([{ bound: true, current: true }]);
    });

    it('is the only one that staff get, where their country says so', async () => {
      const admin = as(await service.tokenFor(aa, [country('configuration-admin')]));
      const say = (kinds: string) =>
        service.graphql(`mutation { setKeyBoundSignIns(kinds: [${kinds}]) }`, {}, admin);
      const { email } = await member();

      const said = await say('STAFF');
      const without = await trying(email, PASSWORD);
      const { token } = await bound();
      const rules = (await service.graphql('{ keyBoundSignIns }', {}, admin)).data.keyBoundSignIns;
      await say('');

      expect(said.data.setKeyBoundSignIns).toEqual(['STAFF']);
      expect(rules).toEqual(['STAFF']);
      expect([codeOf(without), without.data ?? null]).toEqual(['BAD_REQUEST', null]);
      expect(token).toMatch(/^eyJ/);
      expect(codeOf(await trying(email, PASSWORD))).toBe('');
    });

    it.each<[string, (one: { key: DeviceKey; token: string }) => Promise<Record<string, string>>]>([
      ['without a proof', async ({ token }) => ({ authorization: `DPoP ${token}` })],
      ['as a bearer token', async ({ token }) => ({ authorization: `Bearer ${token}` })],
      [
        'as a bearer token with a proof',
        async ({ key, token }) => ({
          authorization: `Bearer ${token}`,
          dpop: await key.prove({ ath: athOf(token) }),
        }),
      ],
      [
        'with the proof of another key',
        async ({ token }) => ({
          authorization: `DPoP ${token}`,
          dpop: await (await deviceKey()).prove({ ath: athOf(token) }),
        }),
      ],
      [
        'with a proof for another token',
        async ({ key, token }) => ({
          authorization: `DPoP ${token}`,
          dpop: await key.prove({ ath: athOf(`${token}x`) }),
        }),
      ],
      [
        'with a proof for another address',
        async ({ key, token }) => ({
          authorization: `DPoP ${token}`,
          dpop: await key.prove({ ath: athOf(token), htu: 'https://elsewhere.example/graphql' }),
        }),
      ],
      [
        'with a proof for another method',
        async ({ key, token }) => ({
          authorization: `DPoP ${token}`,
          dpop: await key.prove({ ath: athOf(token), htm: 'GET' }),
        }),
      ],
      [
        'with a proof of an hour ago',
        async ({ key, token }) => ({
          authorization: `DPoP ${token}`,
          dpop: await key.prove({ ath: athOf(token), iat: Math.floor(Date.now() / 1000) - 3_600 }),
        }),
      ],
      [
        'with a proof whose padding was added',
        async ({ key, token }) => ({
          authorization: `DPoP ${token}`,
          dpop: `${await key.prove({ ath: athOf(token) })}=`,
        }),
      ],
    ])('is nobody’s %s', async (_how, headersOf) => {
      expect((await send(ME, await headersOf(await bound()))).status).toBe(401);
    });

    it('is nobody’s with a proof that was used before', async () => {
      const { key, token } = await bound();
      const headers = { authorization: `DPoP ${token}`, dpop: await key.prove({ ath: athOf(token) }) };

      const statuses = [(await send(ME, headers)).status, (await send(ME, headers)).status];

      expect(statuses).toEqual([200, 401]);
    });
  });
});
