import { createHmac, createSecretKey, generateKeyPairSync, sign } from 'node:crypto';
import { CompactEncrypt, SignJWT } from 'jose';
import { ANONYMOUS, type Context } from '../../platform/context';
import { systemContext } from '../../platform/events';
import { LocalKeyring } from '../../platform/keys';
import type { EndedSignIns } from '../sign-ins/ended-sign-ins';
import { Authenticate } from './authenticate';
import { ProofOfPossession } from './proof-of-possession';
import { STRATEGIES } from './strategies';
import { Tokens } from './tokens';

const NOW = new Date('2026-01-01T10:00:00Z');
const keys = new LocalKeyring(Buffer.alloc(32, 7));
const tokens = new Tokens(keys);
for (const Strategy of STRATEGIES) new Strategy(tokens);
const nothingEnded = { has: async () => false } as unknown as EndedSignIns;
const authenticate = new Authenticate(nothingEnded, new ProofOfPossession(), tokens);
const ctx: Context = {
  ...systemContext({ code: 'aa', country: 'XA', state: 'LIVE', placementUrl: null, timeZone: 'UTC' }),
  now: () => NOW,
};
const staff = { kind: 'staff', id: '018f', grants: [] } as const;
const request = { method: 'POST', host: 'any.example', url: '/graphql' };
const callingWith = (authorization: string | undefined) =>
  authenticate.run(ctx, { authorization, proof: undefined, request });

/** The very key that tokens of aa's staff are signed with: nothing below is refused only because its key is wrong. */
const secret = keys.derive('access-token:tenant:aa/staff');
const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (plus: number): number => NOW.getTime() / 1000 + plus;
const claims = {
  grants: [],
  iss: 'tikasetu',
  aud: 'tenant:aa',
  sub: '018f',
  jti: 'j',
  iat: seconds(0),
  exp: seconds(600),
};
const header = { alg: 'HS256', typ: 'at+jwt', kid: 'staff' };
/** Signed as HMAC does with the right key, whatever the parts are. */
function signed(head: string, body: string, hash = 'sha256'): string {
  return `${head}.${body}.${createHmac(hash, secret).update(`${head}.${body}`).digest('base64url')}`;
}
const withHeader = (more: object, hash?: string): string =>
  signed(json({ ...header, ...more }), json(claims), hash);
const withClaims = (more: object): string => signed(json(header), json({ ...claims, ...more }));
const good = signed(json(header), json(claims));
const [head, body, signature] = good.split('.') as [string, string, string];
/** The same bytes by another last character, where the last has bits that mean nothing. */
function otherSpelling(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bytes = (text: string): string => Buffer.from(text, 'base64url').toString('hex');
  const spelt = [...alphabet].map(last => part.slice(0, -1) + last);
  return spelt.find(other => other !== part && bytes(other) === bytes(part))!;
}
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const paddedBody = json({ ...claims, sub: '018fx' }).length % 4 === 0 ? { sub: '018fxy' } : { sub: '018fx' };

describe('a token', () => {
  it('as it is issued is whoever it says', async () => {
    const issued = await tokens.issue(ctx, staff);

    await expect(callingWith(`Bearer ${issued.token}`)).resolves.toMatchObject({
      actor: { kind: 'staff', id: '018f', signIn: { id: issued.signInId, key: null } },
    });
  });

  it('made by hand exactly so is believed, so that what is refused below is refused for what it differs in', async () => {
    await expect(callingWith(`Bearer ${good}`)).resolves.toMatchObject({ actor: { id: '018f' } });
  });

  it('that is not there is anonymous', async () => {
    await expect(callingWith(undefined)).resolves.toEqual({ actor: ANONYMOUS, key: null });
  });

  it.each<[string, string]>([
    ['no scheme', good],
    ['another scheme', `Basic ${good}`],
    ['a scheme in small letters', `bearer ${good}`],
    ['two spaces', `Bearer  ${good}`],
    ['a space after it', `Bearer ${good} `],
    ['a tab before it', `Bearer \t${good}`],
    ['a line break after it', `Bearer ${good}\n`],
    ['a space within', `Bearer ${head}. ${body}.${signature}`],
    ['a line break within', `Bearer ${head}.${body}\n.${signature}`],
    ['a padded header', `Bearer ${head}=.${body}.${signature}`],
    ['a padded signature', `Bearer ${good}=`],
    [
      'a signature in base64 with padding',
      `Bearer ${head}.${body}.${Buffer.from(signature, 'base64url').toString('base64')}`,
    ],
    ['a NUL after it', `Bearer ${good}\0`],
    ['a second token', `Bearer ${good}, Bearer ${good}`],
    ['no signature', `Bearer ${head}.${body}.`],
    ['no signature and no dot', `Bearer ${head}.${body}`],
    ['no payload', `Bearer ${signed(head, '')}`],
    ['a fourth part', `Bearer ${good}.${signature}`],
    ['JSON serialisation', `Bearer ${JSON.stringify({ protected: head, payload: body, signature })}`],
    ['a signature spelt otherwise', `Bearer ${head}.${body}.${otherSpelling(signature)}`],
    ['a signature cut short', `Bearer ${good.slice(0, -4)}`],
    ['a signature with more', `Bearer ${good}AAAA`],
    ['a signature of zeros', `Bearer ${head}.${body}.${Buffer.alloc(32).toString('base64url')}`],
    ['another payload', `Bearer ${head}.${json({ ...claims, sub: 'x' })}.${signature}`],
    [
      'a payload that is spelt otherwise and signed so',
      `Bearer ${signed(head, `${json({ ...claims, ...paddedBody })}=`)}`,
    ],
    ['alg none', `Bearer ${json({ ...header, alg: 'none' })}.${body}.`],
    ['alg NONE with a signature', `Bearer ${withHeader({ alg: 'NONE' })}`],
    ['alg none that is signed', `Bearer ${withHeader({ alg: 'none' })}`],
    ['a stronger algorithm', `Bearer ${withHeader({ alg: 'HS512' }, 'sha512')}`],
    ['HS384', `Bearer ${withHeader({ alg: 'HS384' }, 'sha384')}`],
    ['no alg', `Bearer ${withHeader({ alg: undefined })}`],
    ['RS256 by a key of the caller’s', `Bearer ${withRsa()}`],
    ['the caller’s key in it (jwk)', `Bearer ${withHeader({ jwk: { kty: 'oct', k: 'AAAA' } })}`],
    ['the address of a key (jku)', `Bearer ${withHeader({ jku: 'https://keys.example/jwks.json' })}`],
    ['the address of a certificate (x5u)', `Bearer ${withHeader({ x5u: 'https://keys.example/cert.pem' })}`],
    ['a certificate (x5c)', `Bearer ${withHeader({ x5c: ['MIIB'] })}`],
    ['a thumbprint (x5t#S256)', `Bearer ${withHeader({ 'x5t#S256': 'AAAA' })}`],
    ['crit that nobody understands', `Bearer ${withHeader({ crit: ['exp'], exp: seconds(600) })}`],
    ['crit that is empty', `Bearer ${withHeader({ crit: [] })}`],
    ['an unencoded payload (b64)', `Bearer ${withHeader({ crit: ['b64'], b64: false })}`],
    ['compression (zip)', `Bearer ${withHeader({ zip: 'DEF' })}`],
    ['a kid that is a path', `Bearer ${withHeader({ kid: '../../../../dev/null' })}`],
    ['a kid that is SQL', `Bearer ${withHeader({ kid: `staff' OR '1'='1` })}`],
    ['a kid that is a list', `Bearer ${withHeader({ kid: ['staff'] })}`],
    ['a kid of another kind', `Bearer ${withHeader({ kid: 'operator' })}`],
    ['a kid from the prototype', `Bearer ${withHeader({ kid: 'constructor' })}`],
    ['a kid of the service itself', `Bearer ${withHeader({ kid: 'system' })}`],
    ['no kid', `Bearer ${withHeader({ kid: undefined })}`],
    ['another typ', `Bearer ${withHeader({ typ: 'JWT' })}`],
    ['no typ', `Bearer ${withHeader({ typ: undefined })}`],
    [
      'its members in another order',
      `Bearer ${signed(json({ kid: 'staff', alg: 'HS256', typ: 'at+jwt' }), body)}`,
    ],
    [
      'a member twice',
      `Bearer ${signed(raw('{"alg":"none","alg":"HS256","typ":"at+jwt","kid":"staff"}'), body)}`,
    ],
    [
      'spaces in its header',
      `Bearer ${signed(raw('{"alg": "HS256", "typ": "at+jwt", "kid": "staff"}'), body)}`,
    ],
    [
      'a byte-order mark',
      `Bearer ${signed(raw('\uFEFF{"alg":"HS256","typ":"at+jwt","kid":"staff"}'), body)}`,
    ],
    ['a header that is no JSON', `Bearer ${signed(raw('alg=HS256'), body)}`],
    ['a payload that is no JSON', `Bearer ${signed(head, raw('sub=018f'))}`],
    ['a payload that is a list', `Bearer ${signed(head, json([claims]))}`],
    ['a time that is over', `Bearer ${withClaims({ exp: seconds(-1) })}`],
    ['a time that ends now', `Bearer ${withClaims({ exp: seconds(0) })}`],
    ['a time that is not yet', `Bearer ${withClaims({ nbf: seconds(60) })}`],
    ['no end', `Bearer ${withClaims({ exp: undefined })}`],
    ['an end that is a text', `Bearer ${withClaims({ exp: String(seconds(600)) })}`],
    ['an end that is null', `Bearer ${withClaims({ exp: null })}`],
    ['another issuer', `Bearer ${withClaims({ iss: 'tikasetu ' })}`],
    ['no issuer', `Bearer ${withClaims({ iss: undefined })}`],
    ['another country', `Bearer ${withClaims({ aud: 'tenant:bb' })}`],
    ['the platform', `Bearer ${withClaims({ aud: 'platform' })}`],
    ['no audience', `Bearer ${withClaims({ aud: undefined })}`],
    ['nobody', `Bearer ${withClaims({ sub: undefined })}`],
    ['no jti', `Bearer ${withClaims({ jti: undefined })}`],
    ['no grants', `Bearer ${withClaims({ grants: undefined })}`],
    ['a key that it is bound to, without a proof', `DPoP ${withClaims({ cnf: { jkt: 'AAAA' } })}`],
    ['a key that it is bound to, as a bearer', `Bearer ${withClaims({ cnf: { jkt: 'AAAA' } })}`],
    ['no key, where a proof is promised', `DPoP ${good}`],
  ])('with %s is nobody’s', async (_what, authorization) => {
    await expect(callingWith(authorization)).rejects.toThrow('UNAUTHENTICATED');
  });

  it('that is encrypted instead of signed is nobody’s', async () => {
    const encrypted = await new CompactEncrypt(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'at+jwt', kid: 'staff' })
      .encrypt(createSecretKey(secret));

    await expect(callingWith(`Bearer ${encrypted}`)).rejects.toThrow('UNAUTHENTICATED');
  });

  it('of another country’s key is nobody’s, whatever it claims', async () => {
    const foreign = await new SignJWT(claims)
      .setProtectedHeader(header)
      .sign(createSecretKey(keys.derive('access-token:tenant:bb/staff')));

    await expect(callingWith(`Bearer ${foreign}`)).rejects.toThrow('UNAUTHENTICATED');
  });
});

function raw(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function withRsa(): string {
  const start = `${json({ ...header, alg: 'RS256' })}.${body}`;
  return `${start}.${sign('sha256', Buffer.from(start), rsa.privateKey).toString('base64url')}`;
}
