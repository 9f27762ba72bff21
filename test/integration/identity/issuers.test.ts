import { TOTP } from 'otpauth';
import { newId } from '../../../src/common';
import { hashPassword } from '../../../src/identity/accounts/passwords';
import type { TenantRef } from '../../../src/platform/context';
import { write } from '../../harness/worlds/clinic';
import { onServer } from '../../harness/run/database';
import { type CryptoKey, generateKeyPair, UnsecuredJWT } from 'jose';
import {
  type Cookies,
  follow,
  type Issuer,
  littleIssuer,
  signOutThere,
  startIssuer,
} from '../../harness/issuer';
import {
  type Caller,
  country,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';

const SET = `mutation ($input: SetSignInIssuerInput!) { setSignInIssuer(input: $input) { id publicKey authentication backchannelLogoutUri } }`;
const BEGIN = `mutation ($input: BeginIssuerSignInInput!) { beginIssuerSignIn(input: $input) { url handle } }`;
const COMPLETE = `mutation ($input: IssuerAnswerInput!) { completeIssuerSignIn(input: $input) { token next } }`;
const LINK = `mutation ($id: ID!) { beginIssuerLink(issuerId: $id) { url handle } }`;
const LINKED = `mutation ($input: IssuerAnswerInput!) { completeIssuerLink(input: $input) }`;
const UNLINK = `mutation ($id: ID!) { removeIssuerLink(issuerId: $id) }`;
const INVITE = `mutation ($input: InviteStaffInput!) { inviteStaff(input: $input) { id rolesAsked { id } } }`;
const GIVE = `mutation ($input: DecideRoleRequestInput!) { decideRoleRequest(input: $input) { __typename } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signInStaff(input: $input) { token next } }`;
const PORTAL = 'https://portal.ministry.example';
const PASSWORD = 'a long enough password';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

interface Visit {
  url: string;
  handle: string;
}

describe('signing in through the ministry’s own issuer', () => {
  let service: TestService;
  let aa: TenantRef;
  let admin: Caller;
  let second: Caller;
  let ministry: Issuer;
  let other: Issuer;
  let ministryId: string;
  let otherId: string;

  beforeAll(async () => {
    [service, ministry, other] = await Promise.all([testService(), startIssuer(), startIssuer()]);
    aa = await service.provision('aa');
    const roles = ['configuration-admin', 'user-admin'].map(country);
    admin = { tenant: 'aa', token: await service.tokenFor(aa, roles) };
    second = { tenant: 'aa', token: await service.tokenFor(aa, [country('user-admin')]) };
    ministryId = await setUp(ministry, 'ministry', {
      secondFactorAmr: ['hwk'],
      secondFactorAcr: ['urn:loa:3'],
    });
    otherId = await setUp(other, 'other');
  }, 240_000);
  afterAll(async () => {
    await Promise.all([service, ministry, other].map(one => one?.stop()));
  });

  const anonymous: Caller = { tenant: 'aa' };
  const as = (token: string): Caller => ({ tenant: 'aa', token });
  const codesOf = ({ errors }: GraphqlAnswer): string[] =>
    (errors ?? []).map(({ extensions }) => extensions.code);

  /** An address of ours as it is reached in this test, whatever the installation's public name is. */
  const hereOf = (address: string): string => `${service.url}${new URL(address).pathname}`;

  /** The ministry's administrator sets the issuer up here, and us up there. */
  async function setUp(issuer: Issuer, page: string, more: object = {}): Promise<string> {
    const redirectUri = `${PORTAL}/${page}`;
    const input = {
      issuer: issuer.url,
      clientId: 'vaccinations',
      redirectUri,
      names: [{ language: 'en', text: page }],
      ...more,
    };
    const { data, errors } = await service.graphql(SET, { input }, admin);
    expect(errors).toBeUndefined();
    await issuer.register({
      client_id: 'vaccinations',
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [JSON.parse(data.setSignInIssuer.publicKey as string)] },
      backchannel_logout_uri: hereOf(data.setSignInIssuer.backchannelLogoutUri as string),
      backchannel_logout_session_required: true,
    });
    return data.setSignInIssuer.id as string;
  }

  const begin = async (issuerId: string, invitation?: string): Promise<Visit> => {
    const answer = await service.graphql(BEGIN, { input: { issuerId, invitation } }, anonymous);
    expect(answer.errors).toBeUndefined();
    return answer.data.beginIssuerSignIn;
  };
  const complete = (handle: string, callback: string, caller = anonymous): Promise<GraphqlAnswer> =>
    service.graphql(COMPLETE, { input: { handle, callback } }, caller);
  /** The whole way: there, signed in there, and back. */
  async function through(issuerId: string, invitation?: string, jar?: Cookies): Promise<GraphqlAnswer> {
    const { url, handle } = await begin(issuerId, invitation);
    return complete(handle, await follow(url, PORTAL, jar));
  }

  async function invited(role = 'registrar'): Promise<{ id: string; email: string; invitation: string }> {
    const email = `${newId()}@aa.example`;
    const input = { email, name: 'Somebody', roles: [{ role }] };
    const { data, errors } = await service.graphql(INVITE, { input }, admin);
    expect(errors).toBeUndefined();
    for (const { id: requestId } of data.inviteStaff.rolesAsked)
      await service.graphql(GIVE, { input: { requestId, approved: true } }, second);
    const [message] = await write<{ text: string }>(
      service,
      aa,
      `SELECT text FROM sandbox_message WHERE receiver = $1`,
      [email],
    );
    const invitation = /([A-Za-z0-9_-]{32})\s*$/.exec(message!.text)![1]!;
    return { id: data.inviteStaff.id, email, invitation };
  }
  /** A member of staff who answered her invitation through the ministry's issuer. */
  async function member(role?: string): Promise<{ id: string; sub: string }> {
    const { id, invitation } = await invited(role);
    const sub = `sub-${newId()}`;
    await ministry.is({ sub });
    expect((await through(ministryId, invitation)).errors).toBeUndefined();
    return { id, sub };
  }

  it('answers an invitation, and from then on signs in whom the issuer means by that subject', async () => {
    const { id, sub } = await member();
    await ministry.is({ sub });

    const again = await through(ministryId);

    const { token, next } = again.data.completeIssuerSignIn;
    const me = await service.graphql('{ me { kind id roles { role } } }', {}, as(token));
    expect(next).toBe('NONE');
    expect(me.data.me).toEqual({ kind: 'staff', id, roles: [{ role: 'registrar' }] });
  });

  it('knows nobody by an e-mail address alone', async () => {
    const email = `${newId()}@ministry.example`;
    await write(
      service,
      aa,
      `INSERT INTO staff_account (id, email, name, state, password_hash, created_at)
       VALUES ($1, $2, 'Somebody', 'ACTIVE', $3, now())`,
      [newId(), email, await hashPassword(PASSWORD)],
    );
    await ministry.is({ sub: email.split('@')[0]! }); // the issuer vouches for this very address

    expect(codesOf(await through(ministryId))).toEqual(['UNAUTHENTICATED']);
  });

  it('opens one account for one person: another’s invitation is not hers, and stays good', async () => {
    const { sub } = await member();
    const { invitation } = await invited();
    await ministry.is({ sub });
    const stolen = await through(ministryId, invitation);
    await ministry.is({ sub: `sub-${newId()}` });

    const answered = await through(ministryId, invitation);

    expect(codesOf(stolen)).toEqual(['UNAUTHENTICATED']);
    expect(answered.errors).toBeUndefined();
  });

  it('lets nobody in who has been suspended', async () => {
    const { id, sub } = await member();
    await service.graphql(`mutation ($id: ID!) { suspendStaff(staffId: $id) { id } }`, { id }, admin);
    await ministry.is({ sub });

    expect(codesOf(await through(ministryId))).toEqual(['UNAUTHENTICATED']);
  });

  describe('of a role that needs a second factor', () => {
    beforeAll(async () => {
      const { errors } = await service.graphql(
        `mutation { setSecondFactorRoles(roles: ["auditor"]) }`,
        {},
        admin,
      );
      expect(errors).toBeUndefined();
    });

    it.each([
      ['nothing', {}, 'SET_UP_SECOND_FACTOR'],
      ['a password', { amr: ['pwd'] }, 'SET_UP_SECOND_FACTOR'],
      ['a key that the country named', { amr: ['pwd', 'hwk'] }, 'NONE'],
      ['a level that the country named', { acr: 'urn:loa:3' }, 'NONE'],
      ['another level', { acr: 'urn:loa:2' }, 'SET_UP_SECOND_FACTOR'],
    ])('asks for one when the issuer speaks of %s: %j → %s', async (_what, said, next) => {
      const { sub } = await member('auditor');
      await ministry.is({ sub, ...said });

      expect((await through(ministryId)).data.completeIssuerSignIn.next).toBe(next);
    });
  });

  describe('what comes back', () => {
    let sub: string;
    beforeAll(async () => {
      ({ sub } = await member());
    });
    beforeEach(() => ministry.is({ sub }));

    const back = async (): Promise<{ handle: string; callback: URL }> => {
      const { url, handle } = await begin(ministryId);
      return { handle, callback: new URL(await follow(url, PORTAL)) };
    };

    it('is taken once, even when it is sent in three times at one moment', async () => {
      const { handle, callback } = await back();

      const answers = await Promise.all([1, 2, 3].map(() => complete(handle, callback.href)));

      expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    });

    it.each<[string, (callback: URL) => void]>([
      ['another state', url => url.searchParams.set('state', 'x'.repeat(43))],
      ['no state', url => url.searchParams.delete('state')],
      ['two states', url => url.searchParams.append('state', url.searchParams.get('state')!)],
      ['another code', url => url.searchParams.set('code', 'x'.repeat(43))],
      ['another issuer’s name', url => url.searchParams.set('iss', other.url)],
      ['no issuer’s name, which this one always gives', url => url.searchParams.delete('iss')],
      ['an error beside the code', url => url.searchParams.set('error', 'access_denied')],
      ['another page', url => (url.pathname = '/other')],
      ['another site', url => (url.host = 'elsewhere.example')],
    ])('is refused with %s', async (_what, change) => {
      const { handle, callback } = await back();
      change(callback);

      expect(codesOf(await complete(handle, callback.href))).toEqual(['UNAUTHENTICATED']);
    });

    it('is refused to a program that did not begin it', async () => {
      const [hers, mine] = [await back(), await begin(ministryId)];

      expect(codesOf(await complete(mine.handle, hers.callback.href))).toEqual(['UNAUTHENTICATED']);
      expect(codesOf(await complete('x'.repeat(43), hers.callback.href))).toEqual(['UNAUTHENTICATED']);
    });

    it('is refused when ten minutes have gone', async () => {
      const { handle, callback } = await back();
      await onServer(service.database.url, owner =>
        owner.query(`UPDATE tenant_aa.issuer_visit SET expires_at = begun_at`),
      );

      expect(codesOf(await complete(handle, callback.href))).toEqual(['UNAUTHENTICATED']);
    });

    it('leaves in the trail what was wrong, and nothing that could be used', async () => {
      const { handle, callback } = await back();
      callback.searchParams.set('iss', other.url);
      await complete(handle, callback.href);

      const entries = await write<{ entry: string }>(
        service,
        aa,
        `SELECT e::text AS entry FROM audit_entry e WHERE action = 'identity.issuer-refused'`,
        [],
      );

      expect(entries.length).toBeGreaterThan(0);
      expect(entries.some(({ entry }) => entry.includes(callback.searchParams.get('code')!))).toBe(false);
    });
  });

  describe('with two issuers, one of which is in the hands of somebody else', () => {
    it('takes no code of the one for the other (mix-up, RFC 9700 §4.4)', async () => {
      const { sub } = await member();
      await ministry.is({ sub });
      // She means to sign in through the other; it sends her on to the ministry's with the state of her visit to itself.
      const mixed = await begin(otherId);
      const { state, nonce, code_challenge } = Object.fromEntries(new URL(mixed.url).searchParams);
      const honest = new URL((await begin(ministryId)).url);
      for (const [name, value] of Object.entries({ state, nonce, code_challenge }))
        honest.searchParams.set(name, value!);
      const callback = new URL(await follow(honest.href, PORTAL));

      const asItCame = await complete(mixed.handle, callback.href);
      const again = await begin(otherId);
      callback.pathname = '/other';
      callback.searchParams.set('state', new URL(again.url).searchParams.get('state')!);
      const atTheOthersPage = await complete(again.handle, callback.href);

      const faults = await write<{ fault: string }>(
        service,
        aa,
        `SELECT detail ->> 'fault' AS fault FROM audit_entry
         WHERE action = 'identity.issuer-refused' AND resource_id = $1 ORDER BY id`,
        [otherId],
      );
      expect(callback.searchParams.get('code')).toEqual(expect.any(String));
      expect([asItCame, atTheOthersPage].flatMap(codesOf)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
      // Each by a wall of its own: the page that is one issuer's alone, then the issuer's name in the answer.
      expect(faults.slice(-2).map(({ fault }) => fault)).toEqual([
        'another issuer’s place',
        'OAUTH_INVALID_RESPONSE',
      ]);
    });

    it('means by one subject at each of them two people', async () => {
      const { sub } = await member();
      await other.is({ sub });

      expect(codesOf(await through(otherId))).toEqual(['UNAUTHENTICATED']);
    });

    it('sends people back from each of them to a page of its own', async () => {
      const input = {
        issuer: other.url,
        clientId: 'vaccinations',
        redirectUri: `${PORTAL}/ministry`,
        names: [{ language: 'en', text: 'other' }],
      };

      const { errors } = await service.graphql(SET, { input }, admin);

      expect(errors![0]!.extensions).toMatchObject({
        code: 'INVALID_INPUT',
        faults: [{ path: 'redirectUri', key: 'validation.redirectUriTaken' }],
      });
    });
  });

  describe('is linked by somebody who has an account', () => {
    async function withApp(): Promise<{ email: string; token: string; secret: string }> {
      const [id, email] = [newId(), `${newId()}@aa.example`];
      await write(
        service,
        aa,
        `INSERT INTO staff_account (id, email, name, state, password_hash, created_at)
         VALUES ($1, $2, 'Somebody', 'ACTIVE', $3, now())`,
        [id, email, await hashPassword(PASSWORD)],
      );
      const { data } = await service.graphql(SIGN_IN, { input: { email, password: PASSWORD } }, anonymous);
      const { token } = data.signInStaff;
      const begun = await service.graphql('mutation { beginAuthenticator { secret } }', {}, as(token));
      const { secret } = begun.data.beginAuthenticator;
      const code = new TOTP({ secret }).generate();
      await service.graphql(
        `mutation ($code: String!) { setUpAuthenticator(code: $code) { recoveryCodes } }`,
        { code },
        as(token),
      );
      return { email, token, secret };
    }
    const stepUp = (token: string, secret: string): Promise<GraphqlAnswer> =>
      service.graphql(
        `mutation ($code: String!) { stepUp(code: $code) }`,
        { code: new TOTP({ secret }).generate({ timestamp: Date.now() + 30_000 }) },
        as(token),
      );
    const link = async (token: string): Promise<GraphqlAnswer> => {
      const { data } = await service.graphql(LINK, { id: ministryId }, as(token));
      const { url, handle } = data.beginIssuerLink as Visit;
      const input = { handle, callback: await follow(url, PORTAL) };
      return service.graphql(LINKED, { input }, as(token));
    };

    it('not by a token alone: she proves her second factor once more, and is told', async () => {
      const { email, token, secret } = await withApp();
      const tooEarly = await service.graphql(LINK, { id: ministryId }, as(token));
      await stepUp(token, secret);
      await ministry.is({ sub: `sub-${newId()}` });

      const linked = await link(token);
      await service.carryFacts();

      const told = await write(
        service,
        aa,
        `SELECT 1 FROM sandbox_message WHERE receiver = $1 AND text LIKE '%own sign-in service%'`,
        [email],
      );
      expect(codesOf(tooEarly)).toEqual(['STEP_UP_NEEDED']);
      expect(linked.data.completeIssuerLink).toBe(true);
      expect(told).toHaveLength(1);
      expect((await through(ministryId)).data.completeIssuerSignIn.next).toBe('CONFIRM_SECOND_FACTOR');
    });

    it('not to a subject that is somebody else’s, and no longer when she says so', async () => {
      const { sub } = await member();
      const { token, secret } = await withApp();
      await stepUp(token, secret);
      await ministry.is({ sub });
      const taken = await link(token);
      await ministry.is({ sub: `sub-${newId()}` });
      await link(token);

      const removed = await service.graphql(UNLINK, { id: ministryId }, as(token));

      expect(codesOf(taken)).toEqual(['CONFLICT']);
      expect(removed.data.removeIssuerLink).toBe(true);
      expect(codesOf(await through(ministryId))).toEqual(['UNAUTHENTICATED']);
    });

    it('not by a visit that began as somebody else’s, or as a sign-in', async () => {
      const [one, two] = [await withApp(), await withApp()];
      await stepUp(one.token, one.secret);
      await ministry.is({ sub: `sub-${newId()}` });
      const { data } = await service.graphql(LINK, { id: ministryId }, as(one.token));
      const hers = data.beginIssuerLink as Visit;
      const signIn = await begin(ministryId);

      const answers = [];
      for (const { url, handle } of [hers, signIn]) {
        const input = { handle, callback: await follow(url, PORTAL) };
        answers.push(await service.graphql(LINKED, { input }, as(two.token)));
      }

      expect(answers.flatMap(codesOf)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    });
  });

  describe('when somebody signs out there', () => {
    const standing = async (token: string): Promise<number> =>
      (await service.graphql('{ me { id } }', {}, as(token))).status;

    it('ends what came by that session, as an entrant or further, and nothing else', async () => {
      const { sub } = await member();
      const auditor = await member('auditor'); // who has still a second factor to set up
      const [desk, phone] = [new Map() as Cookies, new Map() as Cookies];
      await ministry.is({ sub });
      const tokens = [];
      for (const jar of [desk, desk, phone])
        tokens.push((await through(ministryId, undefined, jar)).data.completeIssuerSignIn.token as string);
      await ministry.is({ sub: auditor.sub });
      const entrant = (await through(ministryId)).data.completeIssuerSignIn.token as string;

      await signOutThere(ministry.url, desk);

      const statuses = [];
      for (const token of [...tokens, entrant]) statuses.push(await standing(token));
      expect(statuses).toEqual([401, 401, 200, 200]);
    });

    describe('and the issuer tells of it', () => {
      let little: Awaited<ReturnType<typeof littleIssuer>>;
      let id: string;
      let logoutAt: string;
      let email: string;
      const subject = `sub-${newId()}`;
      const setLittle = (active: boolean): Promise<GraphqlAnswer> => {
        const names = [{ language: 'en', text: 'little' }];
        const input = { issuer: little.url, clientId: 'us', redirectUri: `${PORTAL}/little`, names, active };
        return service.graphql(SET, { input }, admin);
      };

      beforeAll(async () => {
        little = await littleIssuer(subject);
        const { data } = await setLittle(true);
        ({ id } = data.setSignInIssuer);
        logoutAt = hereOf(data.setSignInIssuer.backchannelLogoutUri as string);
        const her = await invited();
        ({ email } = her);
        await enter(her.invitation);
      });

      const enter = async (invitation?: string): Promise<string> => {
        const { url, handle } = await begin(id, invitation);
        return (await complete(handle, little.answerTo(url))).data.completeIssuerSignIn.token;
      };
      const seconds = (): number => Math.floor(Date.now() / 1000);
      /** What an honest issuer says; `change` makes it something else. */
      const claims = (change: object = {}): object => ({
        iss: little.url,
        aud: 'us',
        sub: subject,
        iat: seconds(),
        exp: seconds() + 120,
        jti: newId(),
        events: { [EVENT]: {} },
        ...change,
      });
      const logoutToken = (change?: object, header: object = {}, key?: CryptoKey): Promise<string> =>
        little.sign(claims(change), { typ: 'logout+jwt', ...header }, key);
      const tell = async (token: string, at = logoutAt): Promise<number> => {
        const body = new URLSearchParams({ logout_token: token });
        const answer = await fetch(at, { method: 'POST', body });
        expect(answer.headers.get('cache-control')).toBe('no-store');
        return answer.status;
      };

      it('ends whatever that subject opened by it, once', async () => {
        const [one, two] = [await enter(), await enter()];
        const token = await logoutToken();

        const told = await tell(token);
        const statuses = [await standing(one), await standing(two)];
        const later = await enter();
        const again = await tell(token);

        expect([told, again]).toEqual([200, 400]);
        expect(statuses).toEqual([401, 401]);
        expect(await standing(later)).toBe(200);
        const signIns = await service.graphql('{ mySignIns { endedFor } }', {}, as(later));
        expect(signIns.data.mySignIns[1]).toEqual({ endedFor: 'SIGNED_OUT_BY_ISSUER' });
      });

      it.each<[string, () => Promise<string>]>([
        ['of the type of an ID token', () => logoutToken({}, { typ: 'JWT' })],
        ['of no type', () => logoutToken({}, { typ: undefined })],
        ['with a nonce', () => logoutToken({ nonce: 'x'.repeat(20) })],
        ['of another event', () => logoutToken({ events: { 'http://schemas.example/other': {} } })],
        ['whose event says nothing', () => logoutToken({ events: { [EVENT]: 'yes' } })],
        ['of no event', () => logoutToken({ events: undefined })],
        ['of nobody', () => logoutToken({ sub: undefined })],
        ['of somebody who is no text', () => logoutToken({ sub: { name: subject } })],
        ['of a session that nobody has', () => logoutToken({ sub: undefined, sid: '' })],
        ['for another client', () => logoutToken({ aud: 'them' })],
        ['for another client too', () => logoutToken({ aud: ['us', 'them'] })],
        ['of another issuer', () => logoutToken({ iss: other.url })],
        ['that is over', () => logoutToken({ iat: seconds() - 600, exp: seconds() - 300 })],
        ['for a day', () => logoutToken({ exp: seconds() + 86_400 })],
        ['without an end', () => logoutToken({ exp: undefined })],
        ['without a jti', () => logoutToken({ jti: undefined })],
        [
          'signed by somebody else',
          async () => logoutToken({}, {}, (await generateKeyPair('RS256')).privateKey),
        ],
        ['by a key of another name', () => logoutToken({}, { kid: 'other' })],
        ['not signed', async () => new UnsecuredJWT({ ...claims() }).encode()],
        ['with padding', async () => `${await logoutToken()}=`],
        ['that is none', async () => 'x.y.z'],
      ])('is not believed by a token %s', async (_what, forged) => {
        const token = await enter();

        const told = await tell(await forged());

        expect([told, await standing(token)]).toEqual([400, 200]);
      });

      it.each([
        ['the nonce of another visit', { nonce: 'x'.repeat(43) }],
        ['no nonce', { nonce: undefined }],
        ['another client as its audience', { client: 'them' }],
      ])('does not sign in by an ID token with %s', async (_what, change) => {
        const { url, handle } = await begin(id);
        const callback = new URL(little.answerTo(url));
        const code = JSON.parse(Buffer.from(callback.searchParams.get('code')!, 'base64url').toString());
        const forged = Buffer.from(JSON.stringify({ ...code, ...change })).toString('base64url');
        callback.searchParams.set('code', forged); // by which this issuer makes its ID token

        expect(codesOf(await complete(handle, callback.href))).toEqual(['UNAUTHENTICATED']);
      });

      it('is not believed of another issuer’s people, nor at another’s address', async () => {
        const token = await enter();

        const answers = [
          await tell(await logoutToken(), logoutAt.replace(id, ministryId)),
          await tell(await logoutToken(), logoutAt.replace(id, newId())),
          await tell(await logoutToken(), logoutAt.replace('/aa/', '/zz/')),
          await tell(await logoutToken({ sub: `sub-${newId()}` })), // true, and of nobody here
        ];

        expect(answers).toEqual([400, 400, 400, 200]);
        expect(await standing(token)).toBe(200);
      });

      it('ends with all that came by it when the country uses it no more; a password’s goes on', async () => {
        const byIssuer = await enter();
        await write(service, aa, `UPDATE staff_account SET password_hash = $2 WHERE email = $1`, [
          email,
          await hashPassword(PASSWORD),
        ]);
        const { data } = await service.graphql(SIGN_IN, { input: { email, password: PASSWORD } }, anonymous);

        await setLittle(false);

        const statuses = [await standing(byIssuer), await standing(data.signInStaff.token as string)];
        const told = await tell(await logoutToken());
        await setLittle(true);
        expect([...statuses, told]).toEqual([401, 200, 400]);
      });
    });
  });

  describe('which is set up by the country', () => {
    const setting = (more: object): Promise<GraphqlAnswer> =>
      service.graphql(
        SET,
        {
          input: {
            issuer: 'https://issuer.invalid',
            clientId: 'vaccinations',
            redirectUri: `${PORTAL}/third`,
            names: [{ language: 'en', text: 'third' }],
            ...more,
          },
        },
        admin,
      );
    const faultOf = ({ errors }: GraphqlAnswer): unknown =>
      (errors?.[0]?.extensions.faults as { path: string; key: string }[] | undefined)?.[0];

    it.each([
      ['http://issuer.example', 'issuer', 'validation.isUrl'],
      ['https://10.1.2.3', 'issuer', 'validation.isUrl'],
      ['https://169.254.169.254/latest', 'issuer', 'validation.isUrl'],
      ['https://issuer.invalid', 'issuer', 'validation.issuerSilent'],
    ])('must be reached by a public address over TLS, and answer: %s', async (issuer, path, key) => {
      expect(faultOf(await setting({ issuer }))).toMatchObject({ path, key });
    });

    it('must be what it says it is', async () => {
      expect(
        faultOf(await setting({ issuer: ministry.url.replace('127.0.0.1', 'localhost') })),
      ).toMatchObject({
        path: 'issuer',
        key: 'validation.issuerSilent',
      });
    });

    it('keeps no credential open in any column, and shows none', async () => {
      const clientSecret = `secret-${newId()}`;
      const page = `${PORTAL}/third`;
      const third = await startIssuer();
      await setting({ issuer: third.url, clientSecret, redirectUri: page });
      await third.stop();

      const rows = await write<{ row: string }>(
        service,
        aa,
        `SELECT i::text AS row FROM sign_in_issuer i`,
        [],
      );
      const shown = await service.graphql(
        '{ issuerSettings { issuer publicKey authentication } }',
        {},
        admin,
      );

      expect(rows.some(({ row }) => row.includes(Buffer.from(clientSecret).toString('hex')))).toBe(false);
      expect(JSON.stringify(shown.data)).not.toContain(clientSecret);
      expect(JSON.stringify(shown.data)).not.toContain('\\"d\\"');
      expect(shown.data.issuerSettings).toContainEqual({
        issuer: third.url,
        publicKey: null,
        authentication: 'CLIENT_SECRET',
      });
    });

    it('signs nobody in once it is switched off', async () => {
      const third = await startIssuer();
      const id = await setUp(third, 'fourth');
      const visit = await begin(id);
      const callback = await follow(visit.url, PORTAL);
      await setUp(third, 'fourth', { active: false });

      const answers = [
        await service.graphql(BEGIN, { input: { issuerId: id } }, anonymous),
        await complete(visit.handle, callback),
      ];
      await third.stop();

      const offered = await service.graphql('{ signInIssuers { id name } }', {}, anonymous);
      expect(answers.flatMap(codesOf)).toEqual(['NOT_FOUND', 'UNAUTHENTICATED']);
      expect(offered.data.signInIssuers).toContainEqual({ id: ministryId, name: 'ministry' });
      expect(offered.data.signInIssuers.map((one: { id: string }) => one.id)).not.toContain(id);
    });
  });
});
