import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import { newId } from '../../../src/common';
import { hashPassword } from '../../../src/identity/accounts/passwords';
import { OpenOperatorAccount } from '../../../src/identity';
import type { TenantRef } from '../../../src/platform/context';
import { systemContext } from '../../../src/platform/events';
import { SoftwareAuthenticator, type Wrong } from '../../harness/authenticator';
import { write } from '../../harness/worlds/clinic';
import {
  type Caller,
  country,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';

const SIGN_IN = `mutation ($input: SignInInput!) { signInStaff(input: $input) { token next } }`;
const BEGIN = `mutation { beginPasskey }`;
const SET_UP = `mutation ($input: SetUpPasskeyInput!) { setUpPasskey(input: $input) { token { token } recoveryCodes } }`;
const ASK = `mutation { beginPasskeyProof }`;
const CONFIRM = `mutation ($input: ConfirmPasskeyInput!) { confirmPasskey(input: $input) { token next } }`;
const STEP_UP = `mutation ($input: ConfirmPasskeyInput!) { stepUpByPasskey(input: $input) }`;
const REMOVE = `mutation ($id: ID!) { removePasskey(id: $id) }`;
const MINE = `{ mySecondFactors { authenticator recoveryCodes passkeys { id name usedAt refusedAt synced } } }`;
const PASSWORD = 'a long enough password';
const ORIGIN = 'https://service.example';

describe('a passkey', () => {
  let service: TestService;
  let aa: TenantRef;
  let passwordHash: string;

  beforeAll(async () => {
    service = await testService({ TIKASETU_PUBLIC_URL: ORIGIN });
    aa = await service.provision('aa');
    passwordHash = await hashPassword(PASSWORD);
  }, 120_000);
  afterAll(() => service.stop());

  const as = (token: string): Caller => ({ tenant: 'aa', token });
  const codesOf = ({ errors }: GraphqlAnswer): string[] =>
    (errors ?? []).map(({ extensions }) => extensions.code);
  const signIn = async (email: string): Promise<{ token: string; next: string }> =>
    (await service.graphql(SIGN_IN, { input: { email, password: PASSWORD } }, { tenant: 'aa' })).data
      .signInStaff;

  /** Somebody who has proved her password, as signing in leaves her, without the work of hashing it each time. */
  const entrant = async (id: string): Promise<{ token: string }> => ({
    token: await service.tokenFor(aa, [], 'staff-entrant', id),
  });

  async function member(): Promise<{ id: string; email: string }> {
    const id = newId();
    const email = `${id}@aa.example`;
    await write(
      service,
      aa,
      `INSERT INTO staff_account (id, email, name, state, password_hash, created_at)
       VALUES ($1, $2, 'Somebody', 'ACTIVE', $3, now())`,
      [id, email, passwordHash],
    );
    return { id, email };
  }
  async function setUp(token: string, key: SoftwareAuthenticator, wrong?: Wrong): Promise<GraphqlAnswer> {
    const begun = await service.graphql(BEGIN, {}, as(token));
    if (begun.errors) return begun;
    const input = { name: 'key', response: key.make(begun.data.beginPasskey as string, wrong) };
    return service.graphql(SET_UP, { input }, as(token));
  }
  async function proof(
    token: string,
    key: SoftwareAuthenticator,
    wrong?: Wrong,
  ): Promise<{ response: string }> {
    const asked = await service.graphql(ASK, {}, as(token));
    return { response: key.sign(asked.data.beginPasskeyProof as string, wrong) };
  }
  const confirm = async (token: string, key: SoftwareAuthenticator, wrong?: Wrong): Promise<GraphqlAnswer> =>
    service.graphql(CONFIRM, { input: await proof(token, key, wrong) }, as(token));
  const stepUp = async (token: string, key: SoftwareAuthenticator): Promise<GraphqlAnswer> =>
    service.graphql(STEP_UP, { input: await proof(token, key) }, as(token));
  const mine = async (token: string) => (await service.graphql(MINE, {}, as(token))).data.mySecondFactors;

  /** A member of staff with a passkey in use, signed in by it. */
  async function withPasskey(counts = true) {
    const { id, email } = await member();
    const key = new SoftwareAuthenticator(ORIGIN, counts);
    const { data } = await setUp((await entrant(id)).token, key);
    const { token, recoveryCodes } = data.setUpPasskey;
    return { id, email, key, token: token.token as string, recoveryCodes: recoveryCodes as string[] };
  }

  it('is asked at each sign-in once it is in use, and gives the token that carries the roles', async () => {
    const { email, key, recoveryCodes } = await withPasskey();
    const { token, next } = await signIn(email);

    const { data } = await confirm(token, key);
    const me = await service.graphql('{ me { kind } }', {}, as(data.confirmPasskey.token));

    expect([next, data.confirmPasskey.next, me.data.me.kind]).toEqual([
      'CONFIRM_SECOND_FACTOR',
      'NONE',
      'staff',
    ]);
    expect(new Set(recoveryCodes).size).toBe(10);
  });

  it('of an authenticator that does not count works again and again', async () => {
    const { id, key } = await withPasskey(false);

    const answers = [
      await confirm((await entrant(id)).token, key),
      await confirm((await entrant(id)).token, key),
    ];

    expect(answers.flatMap(codesOf)).toEqual([]);
  });

  it.each<[string, Wrong]>([
    ['from another site', { origin: 'https://service.example.attacker.example' }],
    ['from the same site without TLS', { origin: 'http://service.example' }],
    ['for another party', { rpId: 'attacker.example' }],
    ['for another challenge', { challenge: randomBytes(32).toString('base64url') }],
    ['that is none of its use', { type: 'webauthn.create' }],
    ['with nobody there', { flags: 0 }],
    ['by another key', { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
  ])('is not proved by a signature %s', async (_what, wrong) => {
    const { id, key } = await withPasskey();

    expect(codesOf(await confirm((await entrant(id)).token, key, wrong))).toEqual(['UNAUTHENTICATED']);
  });

  it.each<[string, Wrong]>([
    ['on another site', { origin: 'https://elsewhere.example' }],
    ['for another party', { rpId: 'elsewhere.example' }],
    ['for another challenge', { challenge: randomBytes(32).toString('base64url') }],
    ['with nobody there', { flags: 0 }],
  ])('is not taken when it was made %s', async (_what, wrong) => {
    const { id } = await member();
    const { token } = await entrant(id);

    expect(codesOf(await setUp(token, new SoftwareAuthenticator(ORIGIN), wrong))).toEqual([
      'UNAUTHENTICATED',
    ]);
    expect((await mine(token)).passkeys).toEqual([]);
  });

  it.each(['', '{}', 'null', '[]', '"x"', '{"id":1}', '{"id":"AAAA"}', '{'.repeat(100)])(
    'is not %j',
    async response => {
      const { id } = await withPasskey();
      const { token } = await entrant(id);
      await service.graphql(ASK, {}, as(token));

      const [code] = codesOf(await service.graphql(CONFIRM, { input: { response } }, as(token)));

      expect(['UNAUTHENTICATED', 'INVALID_INPUT']).toContain(code);
    },
  );

  it('signs each challenge once, even when it is sent in three times at one moment', async () => {
    const { id, key } = await withPasskey(false);
    const { token } = await entrant(id);
    const input = await proof(token, key);

    const answers = await Promise.all([1, 2, 3].map(() => service.graphql(CONFIRM, { input }, as(token))));

    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
  });

  it('signs for the sign-in that was asked, and no other', async () => {
    const { id, key } = await withPasskey();
    const [one, other] = [await entrant(id), await entrant(id)];
    await service.graphql(ASK, {}, as(other.token));

    const answer = await service.graphql(CONFIRM, { input: await proof(one.token, key) }, as(other.token));

    expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
  });

  it('of somebody else opens nothing', async () => {
    const [hers, mine] = [await withPasskey(), await withPasskey()];

    expect(codesOf(await confirm((await entrant(hers.id)).token, mine.key))).toEqual(['UNAUTHENTICATED']);
  });

  it('of which there are two copies is believed no more, its owner is told, and it still keeps others out', async () => {
    const { id, email, key } = await withPasskey();
    const copied = await confirm((await entrant(id)).token, key, { counter: 1 });
    const after = await service.graphql(ASK, {}, as((await entrant(id)).token));
    const another = await setUp((await entrant(id)).token, new SoftwareAuthenticator(ORIGIN));
    await service.carryFacts();

    const told = await write(
      service,
      aa,
      `SELECT 1 FROM sandbox_message WHERE receiver = $1 AND text LIKE '%two copies%'`,
      [email],
    );
    expect(codesOf(copied)).toEqual(['UNAUTHENTICATED']);
    expect([after, another].flatMap(codesOf)).toEqual(['STATE_FORBIDS', 'STATE_FORBIDS']);
    expect(told).toHaveLength(1);
  });

  it('is not refused because somebody without the key counted for it', async () => {
    const { id, key } = await withPasskey();
    const forged = { counter: 0, key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey };
    const seen = key.counter;
    const refused = await confirm((await entrant(id)).token, key, forged);
    key.counter = seen;

    expect(codesOf(refused)).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await confirm((await entrant(id)).token, key))).toEqual([]);
  });

  it('is tried five times at the most, with the codes of an app', async () => {
    const { id, key } = await withPasskey();
    const { token } = await entrant(id);
    const answers = [];
    for (let one = 0; one < 3; one++) answers.push(await confirm(token, key, { flags: 0 }));
    for (let one = 0; one < 4; one++)
      answers.push(
        await service.graphql(
          `mutation { confirmSecondFactor(code: "wrong ${one}") { token } }`,
          {},
          as(token),
        ),
      );

    expect(answers.flatMap(codesOf)).toEqual([
      ...Array<string>(5).fill('UNAUTHENTICATED'),
      ...Array<string>(2).fill('RATE_LIMITED'),
    ]);
  });

  describe('where a second factor is in use', () => {
    it('is not added by whoever has the password alone, nor is an app', async () => {
      const { id } = await withPasskey();
      const { token } = await entrant(id);

      const answers = [
        await setUp(token, new SoftwareAuthenticator(ORIGIN)),
        await service.graphql(`mutation { beginAuthenticator { secret } }`, {}, as(token)),
      ];

      expect(answers.flatMap(codesOf)).toEqual(['STATE_FORBIDS', 'STATE_FORBIDS']);
    });

    it('is not gone round by an app that was begun before it', async () => {
      const { id } = await member();
      const thief = { token: await service.tokenFor(aa, [], 'staff', id) };
      const begun = await service.graphql(`mutation { beginAuthenticator { secret } }`, {}, as(thief.token));
      await setUp((await entrant(id)).token, new SoftwareAuthenticator(ORIGIN));
      const late = await entrant(id);
      const code = new TOTP({ secret: begun.data.beginAuthenticator.secret }).generate();
      const SET = `mutation ($code: String!) { setUpAuthenticator(code: $code) { recoveryCodes } }`;

      const answers = [
        await service.graphql(SET, { code }, as(late.token)),
        await service.graphql(SET, { code }, as(thief.token)),
      ];

      expect(answers.flatMap(codesOf)).toEqual(['STATE_FORBIDS', 'STEP_UP_NEEDED']);
    });

    it('is added and removed by who has proved one in this very sign-in; the last one stays', async () => {
      const { key, token } = await withPasskey();
      const second = new SoftwareAuthenticator(ORIGIN);
      const tooEarly = await setUp(token, second);
      await stepUp(token, key);
      const added = await setUp(token, second);
      const [one, other] = (await mine(token)).passkeys as { id: string }[];

      const removed = await service.graphql(REMOVE, { id: one!.id }, as(token));
      const last = await service.graphql(REMOVE, { id: other!.id }, as(token));

      expect(codesOf(tooEarly)).toEqual(['STEP_UP_NEEDED']);
      expect(added.data.setUpPasskey.recoveryCodes).toEqual([]);
      expect([removed, last].map(codesOf)).toEqual([[], ['STATE_FORBIDS']]);
      expect((await mine(token)).passkeys).toMatchObject([{ id: other!.id }]);
    });

    it('is removed by its owner alone', async () => {
      const [hers, mine_] = [await withPasskey(), await withPasskey()];
      await stepUp(mine_.token, mine_.key);
      const [foreign] = (await mine(hers.token)).passkeys as { id: string }[];

      const answers = [
        await service.graphql(REMOVE, { id: foreign!.id }, as(mine_.token)),
        await service.graphql(REMOVE, { id: newId() }, as(mine_.token)),
      ];

      expect(answers.flatMap(codesOf)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
      expect((await mine(hers.token)).passkeys).toHaveLength(1);
    });

    it('is taken away with everything else by who answers for her', async () => {
      const { id, token } = await withPasskey();
      const admin = await service.tokenFor(aa, [country('user-admin')]);

      await service.graphql(`mutation ($id: ID!) { resetSecondFactor(staffId: $id) }`, { id }, as(admin));

      expect((await service.graphql('{ me { kind } }', {}, as(token))).status).toBe(401);
      expect(await mine((await entrant(id)).token)).toEqual({
        authenticator: false,
        recoveryCodes: 0,
        passkeys: [],
      });
    });
  });

  it('belongs to one account: the same key is not taken for another', async () => {
    const { key } = await withPasskey();
    const { id } = await member();

    expect(codesOf(await setUp((await entrant(id)).token, key))).toEqual(['UNAUTHENTICATED']);
  });

  it('works for an operator of the platform as well', async () => {
    const input = { email: 'op@service.example', password: PASSWORD };
    await service.app.get(OpenOperatorAccount).run(systemContext(null), { ...input, name: 'Op' });
    const entry = async (): Promise<Caller> => ({
      token: (await service.graphql(SIGN_IN.replaceAll('signInStaff', 'signInOperator'), { input })).data
        .signInOperator.token,
    });
    const key = new SoftwareAuthenticator(ORIGIN);
    const first = await entry();
    const begun = await service.graphql(BEGIN, {}, first);
    const made = { name: 'key', response: key.make(begun.data.beginPasskey as string) };
    await service.graphql(SET_UP, { input: made }, first);
    const coming = await entry();
    const asked = await service.graphql(ASK, {}, coming);
    const response = key.sign(asked.data.beginPasskeyProof as string);

    const { data } = await service.graphql(CONFIRM, { input: { response } }, coming);
    const operator: Caller = { token: data.confirmPasskey.token };
    const again = await service.graphql(ASK, {}, operator);
    const more = { response: key.sign(again.data.beginPasskeyProof as string) };
    const stepped = await service.graphql(STEP_UP, { input: more }, operator);

    expect((await service.graphql('{ me { kind } }', {}, operator)).data.me.kind).toBe('operator');
    expect(stepped.data.stepUpByPasskey).toBe(true);
  });
});
