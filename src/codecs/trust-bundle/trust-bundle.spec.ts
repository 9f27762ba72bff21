import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { toBase45 } from '../hcert/base45';
import { signHcert } from '../hcert/hcert';
import type { NationalCertificate } from '../hcert/national-certificate';
import { signHealthCard, thumbprint, toNumeric } from '../smart-health-card';
import { reasons } from '../verdict';
import {
  openTrustBundle,
  packedHandles,
  revocationHandles,
  verifyWithBundle,
  type BundleKey,
  type TrustBundle,
} from './index';

const issuedAt = new Date('2026-01-01T00:00:00Z');
const expiresAt = new Date('2030-01-01T00:00:00Z');
const within = new Date('2026-06-01T00:00:00Z');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed = generateKeyPairSync('ed25519');
const kid = 'AAAAAAAAAAA=';
const issuer = 'https://health.example/certificates';

const national: NationalCertificate = {
  ver: '1.0.0',
  ci: 'XX-AAAA-BBBB-CCCC',
  co: 'XX',
  is: 'Ministry of Health',
  n: 'রহিমা খাতুন',
  dob: '1990-05',
  v: [{ vp: 'cvx:19', vd: 'BCG', dt: '2026-01-05', dn: 1, sd: 1, bo: 'A1' }],
};
const dcc = {
  ver: '1.3.0',
  dob: '1990-05-17',
  nam: { fnt: 'KHATUN', gnt: 'RAHIMA' },
  t: [
    {
      tg: '840539006',
      tt: 'LP6464-4',
      sc: '2026-01-05T10:00:00Z',
      tr: '260415000',
      co: 'XX',
      is: 'Ministry of Health',
      ci: 'URN:UVCI:01:XX:1#A',
    },
  ],
};
const icvp = {
  resourceType: 'ICVPMin',
  n: 'RAHIMA KHATUN',
  dob: '1990-05-17',
  v: [{ vp: 'YF-1', dt: '2026-01-05', bo: 'A1' }],
};

const hcert = (payload: object, claimKey: number, alg: 'ES256' | 'PS256' | 'EdDSA' = 'ES256') => {
  const { privateKey } = { ES256: ec, PS256: rsa, EdDSA: ed }[alg];
  return signHcert({
    payload,
    claimKey,
    issuer: 'XX',
    issuedAt,
    expiresAt,
    signer: { kid, alg, privateKey },
  });
};
const card = (rid?: string) =>
  signHealthCard({
    bundle: {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        {
          fullUrl: 'resource:0',
          resource: {
            resourceType: 'Patient',
            name: [{ family: 'Khatun', given: ['Rahima'] }],
            birthDate: '1990-05-17',
          },
        },
        {
          fullUrl: 'resource:1',
          resource: {
            resourceType: 'Immunization',
            status: 'completed',
            vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '19' }] },
            patient: { reference: 'resource:0' },
            occurrenceDateTime: '2026-01-05',
            lotNumber: 'A1',
          },
        },
      ],
    },
    issuer,
    issuedAt,
    expiresAt,
    rid,
    signer: { kid: thumbprint(ec.publicKey), privateKey: ec.privateKey },
  });

const keyOf = (publicKey: KeyObject, more: Partial<BundleKey> = {}): BundleKey => ({
  kid,
  issuer: 'XX',
  alg: 'ES256',
  jwk: publicKey.export({ format: 'jwk' }) as BundleKey['jwk'],
  usages: [],
  ...more,
});
const own = [keyOf(ec.publicKey), keyOf(ec.publicKey, { kid: thumbprint(ec.publicKey), issuer })];
const bundleOf = (more: Partial<TrustBundle> = {}): TrustBundle => ({
  format: 'tikasetu.trust-bundle/1',
  country: 'XX',
  names: { en: 'Ministry of Health' },
  serial: 1,
  issuedAt: '2026-05-31T00:00:00Z',
  nextUpdate: '2026-06-02T00:00:00Z',
  keys: own,
  revoked: '',
  valueSets: {},
  ...more,
});

async function reasonOf(text: string, bundle = bundleOf(), now = within): Promise<string> {
  const verdict = await verifyWithBundle(text, bundle, now);
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
}

describe('a certificate checked with nothing but a trust bundle', () => {
  test('tells the same facts, whatever its format', async () => {
    const dose = { date: '2026-01-05', lot: 'A1' };

    expect(await verifyWithBundle(hcert(national, -84), bundleOf(), within)).toMatchObject({
      format: 'hcert',
      key: { issuer: 'XX' },
      stale: false,
      facts: {
        holderName: 'রহিমা খাতুন',
        birthDate: '1990-05',
        doses: [{ ...dose, vaccine: 'cvx:19', words: 'BCG', doseNumber: 1, doses: 1 }],
      },
    });
    expect(await verifyWithBundle(hcert(icvp, -6), bundleOf(), within)).toMatchObject({
      facts: { holderName: 'RAHIMA KHATUN', doses: [{ ...dose, vaccine: 'YF-1' }] },
    });
    expect(await verifyWithBundle(hcert(dcc, 1), bundleOf(), within)).toMatchObject({
      facts: { holderName: 'RAHIMA KHATUN', doses: [], others: [{ kind: 'test', date: '2026-01-05' }] },
    });
    expect(await verifyWithBundle(toNumeric(card()), bundleOf(), within)).toMatchObject({
      format: 'smart-health-card',
      facts: { holderName: 'Rahima Khatun', doses: [{ ...dose, vaccine: 'cvx:19' }] },
    });
  });

  test.each([
    ['PS256', rsa],
    ['EdDSA', ed],
  ] as const)('may be signed with %s', async (alg, { publicKey }) => {
    const text = hcert(national, -84, alg);

    expect(await reasonOf(text, bundleOf({ keys: [keyOf(publicKey)] }))).toBe('valid');
    expect(await reasonOf(text)).toBe('signature');
  });

  test('is not valid by a key that is not in it, for another country, or for another use', async () => {
    const text = hcert(national, -84);
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;

    expect(await reasonOf(text, bundleOf({ keys: [] }))).toBe('key-unknown');
    expect(await reasonOf(text, bundleOf({ keys: [keyOf(ec.publicKey, { issuer: 'YY' })] }))).toBe(
      'key-unknown',
    );
    expect(await reasonOf(text, bundleOf({ keys: [keyOf(other)] }))).toBe('signature');
    expect(await reasonOf(text, bundleOf({ keys: [keyOf(other), ...own] }))).toBe('valid');
    expect(await reasonOf(text, bundleOf({ keys: [keyOf(ec.publicKey, { usages: ['test'] })] }))).toBe(
      'key-usage',
    );
    expect(
      await reasonOf(hcert(dcc, 1), bundleOf({ keys: [keyOf(ec.publicKey, { usages: ['test'] })] })),
    ).toBe('valid');
  });

  test('is not valid before its time and after', async () => {
    for (const text of [hcert(national, -84), toNumeric(card())]) {
      expect(await reasonOf(text, bundleOf(), new Date('2025-12-31T23:59:59Z'))).toBe('not-yet-valid');
      expect(await reasonOf(text, bundleOf(), new Date('2030-01-01T00:00:01Z'))).toBe('expired');
    }
  });

  test('is revoked by its id, by its signature or by its rid, and no other is', async () => {
    const rid = 'cmlk';
    const handles = [
      revocationHandles.certificate('XX', national.ci),
      revocationHandles.certificate('XX', dcc.t[0]!.ci),
      revocationHandles.healthCard(thumbprint(ec.publicKey), rid),
      ...Array.from({ length: 50 }, (_, at) => revocationHandles.certificate('XX', `other ${at}`)),
    ];
    const bundle = bundleOf({ revoked: await packedHandles(handles) });
    const other = { ...national, ci: 'XX-DDDD-EEEE-FFFF' };

    expect(await reasonOf(hcert(national, -84), bundle)).toBe('revoked');
    expect(await reasonOf(hcert(dcc, 1), bundle)).toBe('revoked');
    expect(await reasonOf(card(rid), bundle)).toBe('revoked');
    expect(await reasonOf(hcert(other, -84), bundle)).toBe('valid');
    expect(await reasonOf(card('another'), bundle)).toBe('valid');
    expect(await reasonOf(hcert(icvp, -6), bundle)).toBe('valid');
  });

  test('is checked with an old bundle too, which is told', async () => {
    const later = new Date('2026-07-01T00:00:00Z');

    expect(await verifyWithBundle(hcert(national, -84), bundleOf(), later)).toMatchObject({
      outcome: 'valid',
      stale: true,
    });
  });

  test.each([
    ['a bomb', `HC1:${toBase45(deflateSync(Buffer.alloc(1_000_000)))}`, 'zlib'],
    ['a text too long', `HC1:${'A'.repeat(5000)}`, 'size'],
    ['JSON-LD', '{"@context":[]}', 'content-unknown'],
    ['an archive', 'PK..', 'content-unknown'],
    ['an address', 'https://example.org', 'prefix'],
    ['digits that are no letters', 'shc:/99', 'numeric'],
    ['a card of many megabytes', `eyJ${'A'.repeat(100_000)}`, 'size'],
    ['no text', undefined as unknown as string, 'prefix'],
  ])('is not %s', async (_, text, reason) => {
    expect(await reasonOf(text)).toBe(reason);
  });

  test('changed by one letter never says anything else', async () => {
    const texts = [hcert(national, -84), card('x')];
    const verdicts = await Promise.all(texts.map(text => verifyWithBundle(text, bundleOf(), within)));
    const facts = verdicts.map(verdict => verdict.outcome === 'valid' && verdict.facts);
    const change = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.constantFrom(...'ABCD0123%:'));

    await fc.assert(
      fc.asyncProperty(change, async ([text, at, letter]) => {
        const index = 4 + (at % (text.length - 4));
        fc.pre(text[index] !== letter);
        const changed = text.slice(0, index) + letter + text.slice(index + 1);
        const verdict = await verifyWithBundle(changed, bundleOf(), within);
        // The last letter of base64url has spare bits, so not every change changes a byte
        const said = verdict.outcome === 'valid' ? verdict.facts : verdict.reason;
        expect([...facts, ...reasons]).toContainEqual(said);
      }),
      { numRuns: 500 },
    );
  });

  test('gets a reason whatever it is', async () => {
    const begins = fc.constantFrom('HC1:', 'shc:/', 'eyJ', '{', '');
    const anyText = fc
      .tuple(begins, fc.string({ unit: 'binary', maxLength: 500 }))
      .map(parts => parts.join(''));

    await fc.assert(
      fc.asyncProperty(anyText, async text => expect(reasons).toContain(await reasonOf(text))),
      { numRuns: 500 },
    );
  });
});

describe('a trust bundle', () => {
  const jwk = ec.publicKey.export({ format: 'jwk' }) as BundleKey['jwk'];
  const signed = (payload: object, header: object = { alg: 'ES256' }) => {
    const parts = [header, payload]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = sign('sha256', Buffer.from(parts), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${parts}.${signature.toString('base64url')}`;
  };

  test('is believed when one of the keys signed it', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });

    expect(await openTrustBundle(signed(bundleOf()), [other as BundleKey['jwk'], jwk])).toEqual({
      outcome: 'valid',
      bundle: bundleOf(),
    });
    expect(await openTrustBundle(signed(bundleOf()), [other as BundleKey['jwk']])).toMatchObject({
      reason: 'signature',
    });
  });

  test.each([
    ['jws', 'a.b'],
    ['jws', signed(bundleOf(), { alg: 'none' })],
    ['jws', signed(bundleOf(), { alg: 'ES256', crit: ['b64'] })],
    ['schema', signed({ ...bundleOf(), format: 'another' })],
    ['signature', `${signed(bundleOf()).slice(0, -4)}AAAA`],
    ['json', signed([])],
  ])('is not believed for reason "%s"', async (reason, jws) => {
    expect(await openTrustBundle(jws, [jwk])).toMatchObject({ outcome: 'invalid', reason });
  });
});
