import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { toBase45 } from './base45';
import { fromJson, Tagged, toCbor, type CborMap, type CborValue } from '../cose/cbor';
import { type CoseAlgorithm, coseAlgorithms, noBytes, signedBytes } from '../cose/cose-message';
import { verifyHcert } from './hcert';
import type { KeyUsage } from '../key-usage';
import { type BundleKey, type PublicJwk, type TrustBundle, verifyWithBundle } from '../trust-bundle';

/*
 * Certificates as issuers in the field write them: in wrappers, with headers, times and keys that the specification allows
 * and our own issuing does not use. Each is made here byte by byte, and read by both verifiers, the service's and the one
 * without a network.
 */
const kid = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
const name = Buffer.from(kid).toString('base64');
const at = new Date('2026-06-01T00:00:00Z');
const [from, until] = [1767225600, 1924992000];
const content = {
  ver: '1.0.0',
  ci: 'URN:UVCI:01:XX:7F3K9Q#4',
  co: 'XX',
  is: 'Ministry of Health',
  n: 'Ama Mensah',
  dob: '2024-03',
  v: [{ vp: 'cvx:19', vd: 'BCG', dt: '2024-03-15', dn: 1, bo: 'A-1' }],
};

const keys = {
  'ES256 by P-256': ['ES256', 'sha256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  'ES256 by P-384': ['ES256', 'sha256', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  'ES384 by P-384': ['ES384', 'sha384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  'ES512 by P-521': ['ES512', 'sha512', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  'PS256 by RSA of 2048': ['PS256', 'sha256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  'PS256 by RSA of 3072': ['PS256', 'sha256', generateKeyPairSync('rsa', { modulusLength: 3072 })],
  'PS512 by RSA of 4096': ['PS512', 'sha512', generateKeyPairSync('rsa', { modulusLength: 4096 })],
  'EdDSA by Ed25519': ['EdDSA', null, generateKeyPairSync('ed25519')],
} as const;
type KeyName = keyof typeof keys;

const wrappers: Record<string, (message: CborValue) => CborValue> = {
  'tagged 18': message => new Tagged(18, message),
  untagged: message => message,
  'tagged 61 and 18': message => new Tagged(61, new Tagged(18, message)),
  'tagged 61 alone': message => new Tagged(61, message),
};
const kidIn: Record<string, [guarded: boolean, open: boolean]> = {
  'in the protected header': [true, false],
  'in the unprotected header': [false, true],
  'in both headers': [true, true],
};
const times: Record<string, (seconds: number) => CborValue> = {
  'whole seconds': seconds => seconds,
  'fractions of a second': seconds => seconds + 0.5,
  'tagged as dates': seconds => new Tagged(1, seconds),
};

interface Shape {
  key?: KeyName;
  wrapper?: string;
  kidStands?: string;
  time?: string;
  /** The claim of an EU DCC instead of a national certificate. */
  dcc?: object;
}

/** The text of a certificate of that shape, and the public key that signed it. */
function made({
  key = 'ES256 by P-256',
  wrapper = 'tagged 18',
  kidStands = 'in the protected header',
  time = 'whole seconds',
  dcc,
}: Shape) {
  // prettier-ignore
  const [alg, hash, { publicKey, privateKey }] = keys[key];
  const [guarded, open] = kidIn[kidStands]!;
  const header: CborMap = new Map<number, CborValue>([[1, coseAlgorithms[alg]]]);
  if (guarded) header.set(4, kid);
  const protectedBytes = toCbor(header);
  const payload = toCbor(
    new Map<number, CborValue>([
      [1, 'XX'],
      [4, times[time]!(until)],
      [6, times[time]!(from)],
      [-260, new Map([dcc ? [1, fromJson(dcc)] : [-84, fromJson(content)]])],
    ]),
  );
  const signature = signatureOf(signedBytes({ protectedBytes, payload }, noBytes), hash, privateKey);
  const message: CborValue = [protectedBytes, new Map(open ? [[4, kid]] : []), payload, signature];
  return { text: `HC1:${toBase45(deflateSync(toCbor(wrappers[wrapper]!(message))))}`, publicKey, alg };
}

function signatureOf(bytes: Uint8Array, hash: string | null, key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType === 'ec') return sign(hash, bytes, { key, dsaEncoding: 'ieee-p1363' });
  if (key.asymmetricKeyType === 'rsa') {
    const saltLength = Number(hash!.slice(3)) / 8;
    return sign(hash, bytes, { key, padding: 6, saltLength }); // RSA_PKCS1_PSS_PADDING
  }
  return sign(null, bytes, key);
}

/** What the service says, and what is said with nothing but a trust bundle. */
async function verdicts(
  { text, publicKey, alg }: ReturnType<typeof made>,
  usages: KeyUsage[] = [],
): Promise<string[]> {
  const trusted = (asked: string) => (asked === name ? [{ publicKey, usages }] : []);
  const online = verifyHcert(text, { keys: trusted }, at);
  const offline = await verifyWithBundle(text, bundleOf(publicKey, alg, usages), at);
  return [online, offline].map(verdict => (verdict.outcome === 'valid' ? 'valid' : verdict.reason));
}

function bundleOf(publicKey: KeyObject, alg: CoseAlgorithm, usages: KeyUsage[]): TrustBundle {
  const jwk = publicKey.export({ format: 'jwk' }) as PublicJwk;
  const key: BundleKey = { kid: name, issuer: 'XX', alg, jwk, usages };
  return {
    format: 'tikasetu.trust-bundle/1',
    country: 'XX',
    names: {},
    serial: 1,
    issuedAt: '2026-05-31T00:00:00Z',
    nextUpdate: '2026-06-02T00:00:00Z',
    keys: [key],
    revoked: '',
    valueSets: {},
  };
}

const good = ['valid', 'valid'];
const everyShape = Object.keys(wrappers).flatMap(wrapper =>
  Object.keys(kidIn).flatMap(kidStands =>
    Object.keys(times).map(time => [wrapper, kidStands, time] as const),
  ),
);

describe('a certificate of another issuer is read', () => {
  test.each(everyShape)('%s, its kid %s, %s', async (wrapper, kidStands, time) => {
    expect(await verdicts(made({ wrapper, kidStands, time }))).toEqual(good);
  });

  test.each(Object.keys(keys) as KeyName[])(
    'signed with %s, plain and with everything unusual',
    async key => {
      const unusual = { wrapper: 'tagged 61 and 18', kidStands: 'in the unprotected header', time: 'fractions of a second' }; // prettier-ignore

      expect(await verdicts(made({ key }))).toEqual(good);
      expect(await verdicts(made({ key, ...unusual }))).toEqual(good);
    },
  );

  test.each(Object.keys(keys) as KeyName[])(
    'and refused when another key of its kind signed: %s',
    async key => {
      const { text, alg, publicKey } = made({ key });
      const { asymmetricKeyType: type, asymmetricKeyDetails: details } = publicKey;
      const other =
        type === 'rsa'
          ? generateKeyPairSync('rsa', { modulusLength: details!.modulusLength! })
          : type === 'ec'
            ? generateKeyPairSync('ec', { namedCurve: details!.namedCurve! })
            : generateKeyPairSync('ed25519');

      expect(await verdicts({ text, alg, publicKey: other.publicKey })).toEqual(['signature', 'signature']);
    },
  );

  test('to the half second of its times', async () => {
    const { text, publicKey } = made({ time: 'fractions of a second' });
    const trusted = { keys: () => [{ publicKey, usages: [] }] };
    const reasonAt = (ms: number) => {
      const verdict = verifyHcert(text, trusted, new Date(ms));
      return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
    };

    expect(reasonAt(from * 1000 + 499)).toBe('not-yet-valid');
    expect(reasonAt(from * 1000 + 500)).toBe('valid');
    expect(reasonAt(until * 1000 + 500)).toBe('valid');
    expect(reasonAt(until * 1000 + 501)).toBe('expired');
  });
});

describe('a signer of tests', () => {
  const person = { ver: '1.3.0', nam: { fnt: 'MENSAH', gnt: 'AMA' }, dob: '1990-05-17' };
  const entry = { tg: '840539006', co: 'XX', is: 'Ministry of Health', ci: 'URN:UVCI:01:XX:7F3K9Q#4' };
  const t = [{ ...entry, tt: 'LP6464-4', sc: '2026-05-31T08:00:00Z', tr: '260415000' }];
  const v = [{ ...entry, vp: 'J07BX03', mp: 'X', ma: 'Y', dn: 1, sd: 2, dt: '2026-03-01' }];

  test.each([
    ['a test', { t }, 'valid'],
    ['a vaccination', { v }, 'key-usage'],
    ['a vaccination beside a test', { t, v }, 'schema'],
    ['nothing at all', {}, 'schema'],
  ])('is believed as far as it may: %s', async (_, groups, verdict) => {
    const dcc = { ...person, ...groups };

    expect(await verdicts(made({ dcc }), ['test'])).toEqual([verdict, verdict]);
  });

  test('and nobody certifies both at once, or two of a kind', async () => {
    for (const groups of [{ t, v }, { t: [...t, ...t] }, { t: [] }])
      expect(await verdicts(made({ dcc: { ...person, ...groups } }))).toEqual(['schema', 'schema']);
  });
});
