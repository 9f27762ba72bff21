import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { fromBase45, toBase45 } from './base45';
import { fromJson, Tagged, toCbor, type CborValue } from '../cose/cbor';
import { signSign1, type CoseAlgorithm } from '../cose/cose';
import { writeCwt } from '../cose/cwt';
import { openHcert, readHcert, signHcert, verifyHcert, type HcertToSign } from './hcert';
import { nationalCertificate, type NationalCertificate } from './national-certificate';
import { type KeyUsage, type Trust } from '../trust';
import { CodecFault, reasons } from '../verdict';

const certificate: NationalCertificate = {
  ver: '1.0.0',
  ci: 'URN:UVCI:01:XX:7F3K9Q#4',
  co: 'XX',
  is: 'Ministry of Health',
  n: 'রহিমা খাতুন',
  dob: '2024-03',
  s: 'F',
  v: [
    { vp: 'cvx:107', vd: 'DTP', dt: '2024-05-02', dn: 1, sd: 3, bo: 'A-1', ce: 'Health complex' },
    { vp: 'cvx:107', vd: 'DTP', dt: '2024-06-01', dn: 2, sd: 3, bo: 'A-2', ce: 'Health complex' },
  ],
};
const issuedAt = new Date('2026-01-01T00:00:00Z');
const expiresAt = new Date('2031-01-01T00:00:00Z');
const within = new Date('2026-06-01T00:00:00Z');

const kidOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 8)
    .toString('base64');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signerOf = ({ publicKey, privateKey }: Keys, alg: CoseAlgorithm = 'ES256') => ({
  kid: kidOf(publicKey),
  alg,
  privateKey,
});
const toSign: HcertToSign = {
  payload: certificate,
  claimKey: nationalCertificate.claimKey,
  issuer: 'XX',
  issuedAt,
  expiresAt,
  signer: signerOf(p256),
};
const trust = trusting(p256.publicKey);

interface Keys {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

function trusting(publicKey: KeyObject, usages: KeyUsage[] = []): Trust {
  const known = kidOf(publicKey);
  return { keys: kid => (kid === known ? [{ publicKey, usages }] : []) };
}

function reasonOf(text: string, given = trust, at = within): string {
  const verdict = verifyHcert(text, given, at);
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
}

const transported = (cose: Uint8Array) => `HC1:${toBase45(deflateSync(cose))}`;
const unpacked = (text: string) => new Uint8Array(inflateSync(fromBase45(text.slice(4))));

describe('a national certificate', () => {
  test('is read back as it was certified, with who issued it and until when', () => {
    const verdict = verifyHcert(signHcert(toSign), trust, within);

    expect(verdict).toEqual({
      outcome: 'valid',
      kid: toSign.signer.kid,
      claims: { issuer: 'XX', issuedAt, expiresAt, notBefore: undefined },
      claimKey: -84,
      content: certificate,
    });
  });

  test('of a whole childhood still fits a QR code', () => {
    const doses = Array.from({ length: 20 }, (_, i) => ({
      vp: `cvx:${100 + i}`,
      vd: `Vaccine number ${i}`,
      mp: `Product ${i}`,
      bo: `LOT${(i * 7919).toString(36)}`,
      dt: `20${String(10 + i)}-03-0${(i % 9) + 1}`,
      dn: (i % 4) + 1,
      sd: 4,
      ce: `Health centre ${i % 5}`,
    }));

    expect(signHcert({ ...toSign, payload: { ...certificate, v: doses } }).length).toBeLessThan(2420);
  });

  test.each([
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['PS256', generateKeyPairSync('rsa', { modulusLength: 3072 })],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ] as [CoseAlgorithm, Keys][])('may be signed with %s', (alg, keys) => {
    const text = signHcert({ ...toSign, signer: signerOf(keys, alg) });

    expect(reasonOf(text, trusting(keys.publicKey))).toBe('valid');
    expect(reasonOf(text)).toBe('key-unknown');
  });

  test('that is not what its schema says is never signed', () => {
    const payload = { ...certificate, v: [] };

    expect(() => signHcert({ ...toSign, payload })).toThrow(new CodecFault('schema', '/v minItems'));
  });
});

describe('a certificate is refused', () => {
  const good = signHcert(toSign);

  test('when its key is not trusted, whatever else is right', () => {
    expect(reasonOf(good, { keys: () => [] })).toBe('key-unknown');
  });

  test('when another key of the same kid signed it', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;

    expect(reasonOf(good, { keys: () => [{ publicKey: other, usages: [] }] })).toBe('signature');
    expect(
      reasonOf(good, {
        keys: () => [
          { publicKey: other, usages: [] },
          { publicKey: p256.publicKey, usages: [] },
        ],
      }),
    ).toBe('valid');
  });

  test('when its signer may sign tests only', () => {
    expect(reasonOf(good, trusting(p256.publicKey, ['test']))).toBe('key-usage');
    expect(reasonOf(good, trusting(p256.publicKey, ['test', 'vaccination']))).toBe('valid');
  });

  test('before the second it was issued and after the second it expires', () => {
    const shifted = (instant: Date, ms: number) => new Date(instant.getTime() + ms);

    expect(reasonOf(good, trust, shifted(issuedAt, -1))).toBe('not-yet-valid');
    expect(reasonOf(good, trust, issuedAt)).toBe('valid');
    expect(reasonOf(good, trust, expiresAt)).toBe('valid');
    expect(reasonOf(good, trust, shifted(expiresAt, 1))).toBe('expired');
  });

  test('when its content is of a kind nobody here knows', () => {
    const cwt = writeCwt(toSign, [[-260, new Map([[-99, 'something']])]]);

    expect(reasonOf(transported(signed(cwt)))).toBe('content-unknown');
  });

  test('when its content, though signed, is not what the schema says', () => {
    const cwt = writeCwt(toSign, [[-260, new Map([[-84, new Map([['n', 'nameless']])]])]]);

    expect(reasonOf(transported(signed(cwt)))).toBe('schema');
    expect(openHcert(transported(signed(cwt)), trust.keys, within).outcome).toBe('valid');
  });

  test('when it does not say until when it is valid', () => {
    const endless = toCbor(new Map<number, CborValue>([[6, 1767225600], [-260, new Map([[-84, fromJson(certificate)]])]])); // prettier-ignore

    expect(reasonOf(transported(signed(endless)))).toBe('cwt');
  });

  test('when it claims two contents at once, or none', () => {
    const two = writeCwt(toSign, [[-260, new Map([[-84, new Map()], [1, new Map()]])]]); // prettier-ignore
    const none = writeCwt(toSign, []);

    expect(reasonOf(transported(signed(two)))).toBe('cwt');
    expect(reasonOf(transported(signed(none)))).toBe('cwt');
  });

  test('when a header it calls critical is not understood', () => {
    const guarded = toCbor(new Map<number, number | number[]>([[1, -7], [2, [99]], [99, 1]])); // prettier-ignore

    expect(reasonOf(transported(toCbor([guarded, new Map(), new Uint8Array(), new Uint8Array(64)])))).toBe(
      'cose',
    );
  });

  test.each([
    ['size', 'HC1:'.padEnd(5000, 'A')],
    ['prefix', 'HC2:NCF'],
    ['prefix', ''],
    ['base45', 'HC1:abc'],
    ['base45', 'HC1::::'],
    ['zlib', 'HC1:NCF'],
    ['zlib', transported(new Uint8Array(20_000_000)).slice(0, 4296)],
    ['cbor', transported(new Uint8Array(60_000).fill(0x81))],
    ['cbor', transported(Uint8Array.of(0xbb, 0x7f, 255, 255, 255, 255, 255, 255, 255))],
    ['cbor', transported(Uint8Array.of(0xd2, 0x84))],
    ['cose', transported(toCbor(['a', 'b']))],
  ])('for reason "%s" when its bytes are poison', (reason, text) => {
    expect(reasonOf(text)).toBe(reason);
  });

  test('for reason "zlib" when it would inflate without end', () => {
    const bomb = transported(new Uint8Array(1_500_000));

    expect(bomb.length).toBeLessThan(4296);
    expect(reasonOf(bomb)).toBe('zlib');
  });

  function signed(cwt: Uint8Array): Uint8Array {
    return signSign1(cwt, { ...toSign.signer, kid: Buffer.from(toSign.signer.kid, 'base64') });
  }
});

describe('any certificate', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  const anyDose = fc.record(
    {
      vp: fc.nat(999).map(code => `cvx:${code}`),
      vd: words,
      bo: words,
      ce: words,
      dt: day.map(date => date.toISOString().slice(0, 10)),
      dn: fc.integer({ min: 1, max: 99 }),
      sd: fc.integer({ min: 1, max: 99 }),
    },
    { requiredKeys: ['vp', 'vd', 'dt', 'dn'] },
  );
  const anyPayload = fc
    .record({ n: words, v: fc.array(anyDose, { minLength: 1, maxLength: 12 }) })
    .map(part => ({ ...certificate, ...part }));

  test('that is signed verifies, and says what was signed', () => {
    fc.assert(
      fc.property(anyPayload, payload => {
        const verdict = verifyHcert(signHcert({ ...toSign, payload }), trust, within);

        expect(verdict).toMatchObject({ outcome: 'valid', content: payload });
      }),
      { numRuns: 200 },
    );
  });

  test('with one byte changed never verifies', () => {
    const message = unpacked(signHcert(toSign));
    const change = fc.tuple(fc.nat(message.length - 1), fc.integer({ min: 1, max: 255 }));

    fc.assert(
      fc.property(change, ([at, mask]) => {
        const changed = message.map((byte, index) => (index === at ? byte ^ mask : byte));

        expect(reasonOf(transported(changed))).not.toBe('valid');
      }),
      { numRuns: 2000 },
    );
  });

  test('with one character of its code changed never says anything else', () => {
    const text = signHcert(toSign);
    const sign = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:');

    fc.assert(
      fc.property(fc.nat(text.length - 1), sign, (at, char) => {
        const verdict = verifyHcert(text.slice(0, at) + char + text.slice(at + 1), trust, within);

        // The transport is not signed: its compression header can be spelled in more than one way
        expect(verdict.outcome === 'valid' ? verdict.content : certificate).toEqual(certificate);
      }),
      { numRuns: 2000 },
    );
  });

  test('wrapped in the tags other issuers use is the same certificate', () => {
    const tagged = unpacked(signHcert(toSign));

    expect(reasonOf(transported(tagged.subarray(1)))).toBe('valid');
    expect(reasonOf(transported(Uint8Array.of(0xd8, 61, ...tagged)))).toBe('valid');
    expect(reasonOf(transported(toCbor(new Tagged(17, null))))).toBe('cose');
  });
});

describe('any bytes at all', () => {
  const answersWithReason = (text: string) => {
    expect([...reasons, 'valid']).toContain(reasonOf(text));
    expect(['read', 'invalid']).toContain(readHcert(text).outcome);
  };

  test.each([
    ['text', fc.string({ unit: 'binary', maxLength: 6000 })],
    ['compressed', fc.uint8Array({ maxLength: 800 }).map(bytes => `HC1:${toBase45(bytes)}`)],
    ['CBOR', fc.uint8Array({ maxLength: 800 }).map(transported)],
    [
      'claims',
      fc
        .uint8Array({ maxLength: 400 })
        .map(bytes => transported(toCbor([toCbor(new Map([[1, -7]])), new Map(), bytes, bytes]))),
    ],
  ])('as %s get a reason, never an exception', (_, texts) => {
    fc.assert(fc.property(texts, answersWithReason), { numRuns: 1000 });
  });

  test('even when it is no text', () => {
    expect(verifyHcert(undefined as unknown as string, trust, within)).toMatchObject({ reason: 'size' });
  });
});
