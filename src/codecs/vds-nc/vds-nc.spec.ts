import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { reasons } from '../verdict';
import { emptyBundle } from '../linked-trust/empty-bundle.fixture';
import { verifySealWithBundle } from '../linked-trust/seal-with-bundle';
import type { PublicJwk } from '../trust-bundle';
import { certificateFor, sealedBy, serverLogin } from './seal.fixture';
import { verifyVdsNc } from './vds-nc';

const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const authority = p256();
const signer = p256();
const data = {
  hdr: { t: 'icao.vacc', v: 1, is: 'UTO' },
  msg: {
    uvci: 'U32870',
    pid: { n: 'রহিমা খাতুন', dob: '1961-05-15', i: 'PA0941262', sex: 'F' },
    ve: [
      {
        des: 'XM68M6',
        nam: 'A vaccine',
        dis: 'RA01.0',
        vd: [{ dvc: '2026-03-01', seq: 1, ctr: 'UTO', lot: 'A-1' }],
      },
    ],
  },
};
const within = new Date('2026-06-01T00:00:00Z');
const certificate = certificateFor(signer.publicKey, authority.privateKey);

const sealed = (content: unknown, cer = certificate, key = signer.privateKey): Record<string, object> =>
  sealedBy(key, cer, content);

/** What is said of it: by the service, and the same with nothing but a trust bundle. */
async function reasonOf(seal: unknown, at = within, authorities = [authority.publicKey]): Promise<string> {
  const [online, offline] = await reasonsOf(seal, at, authorities);
  expect(offline).toBe(online);
  return online!;
}

/** What the service says, and what is said without a network. */
async function reasonsOf(seal: unknown, at = within, authorities = [authority.publicKey]): Promise<string[]> {
  const text = typeof seal === 'string' ? seal : JSON.stringify(seal);
  const online = verifyVdsNc(text, country => (country === 'UTO' ? authorities : []), at);
  const known = authorities.map(key => ({ issuer: 'UTO', jwk: key.export({ format: 'jwk' }) as PublicJwk }));
  const offline = await verifySealWithBundle(text, { ...emptyBundle, authorities: known }, at);
  return [online, offline].map(one => (one.outcome === 'valid' ? 'valid' : one.reason));
}

describe('a visible digital seal', () => {
  test('is believed by the authority of its country, in whatever order its fields stand', async () => {
    const { hdr, msg } = data;

    expect(verifyVdsNc(JSON.stringify(sealed(data)), () => [authority.publicKey], within)).toEqual({
      outcome: 'valid',
      issuer: 'UTO',
      seal: data,
    });
    expect(await reasonOf(sealed({ msg, hdr }))).toBe('valid');
    expect(await reasonOf(sealed(data), within, [p256().publicKey, authority.publicKey])).toBe('valid');
  });

  test.each([
    ['P-256', 'P-384'],
    ['P-384', 'P-384'],
    ['P-521', 'P-256'],
    ['P-256', 'RSA of 3072 bits'],
    ['P-384', 'RSA of 3072 bits'],
  ])('is believed of a signer on %s, by an authority on %s', async (curve, authoritys) => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
    const by =
      authoritys === 'RSA of 3072 bits'
        ? generateKeyPairSync('rsa', { modulusLength: 3072 })
        : generateKeyPairSync('ec', { namedCurve: authoritys });
    const seal = sealed(data, certificateFor(publicKey, by.privateKey), privateKey);

    expect(await reasonOf(seal, within, [by.publicKey])).toBe('valid');
    expect(await reasonOf({ ...seal, data: { ...data, more: 1 } }, within, [by.publicKey])).toBe('signature');
    expect(await reasonOf(seal)).toBe('chain');
  });

  test('is refused when nobody vouches for its country, or another does', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;

    expect(await reasonOf(sealed(data), within, [])).toBe('key-unknown');
    expect(await reasonOf(sealed({ ...data, hdr: { ...data.hdr, is: 'XOM' } }))).toBe('key-unknown');
    expect(await reasonOf(sealed(data), within, [p256().publicKey, rsa])).toBe('chain');
  });

  test('is refused when its signer is out of time, an authority itself, or for another use', async () => {
    const asAuthority = certificateFor(signer.publicKey, authority.privateKey, { ca: true });
    const forServers = certificateFor(signer.publicKey, authority.privateKey, { usage: serverLogin });

    expect(await reasonOf(sealed(data), new Date('2025-12-31T23:59:59Z'))).toBe('chain');
    expect(await reasonOf(sealed(data), new Date('2036-01-01T00:00:01Z'))).toBe('chain');
    expect(await reasonOf(sealed(data, asAuthority))).toBe('chain');
    expect(await reasonOf(sealed(data, forServers))).toBe('key-usage');
  });

  test('is refused when anything in it is changed, or another key signed it', async () => {
    const seal = sealed(data);
    const msg = { ...data.msg, pid: { ...data.msg.pid, n: 'SOMEBODY ELSE' } };

    expect(await reasonOf({ ...seal, data: { ...data, msg } })).toBe('signature');
    expect(await reasonOf({ ...seal, data: { ...data, more: 1 } })).toBe('signature');
    expect(await reasonOf(sealed(data, certificate, p256().privateKey))).toBe('signature');
  });

  test('is refused when it is signed and of no kind known here, or not whole', async () => {
    const { uvci: _, ...nameless } = data.msg;

    expect(await reasonOf(sealed({ ...data, hdr: { ...data.hdr, t: 'icao.visa' } }))).toBe('content-unknown');
    expect(await reasonOf(sealed({ ...data, hdr: { ...data.hdr, v: 2 } }))).toBe('content-unknown');
    expect(await reasonOf(sealed({ ...data, msg: nameless }))).toBe('schema');
  });

  test.each([
    ['size', '{'.padEnd(10_000)],
    ['prefix', 'no seal'],
    ['json', '{'],
    ['json', '{}'],
    ['json', '{"data":'.repeat(500)],
    ['chain', JSON.stringify({ ...sealed(data), sig: { alg: 'ES256', cer: 'AAAA', sigvl: '' } })],
  ])('for reason "%s" when its text is poison', async (reason, text) => {
    expect(await reasonOf(text)).toBe(reason);
  });

  test.each(['data', 'sig'])(
    'with anything at all as its %s gets a reason, never an exception',
    async part => {
      const anyReason: string[] = [...reasons, 'valid'];
      const seal = sealed(data);

      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), async value => {
          const changed = { ...seal[part], ...Object(value) };
          const given = [
            { ...seal, [part]: changed },
            { ...seal, [part]: value },
          ];
          const found = (await Promise.all(given.map(one => reasonsOf(one)))).flat();
          expect(anyReason).toEqual(expect.arrayContaining(found));
        }),
        { numRuns: 300 },
      );
    },
  );

  test('whose signer is any bytes at all, or cut short, gets a reason and never an exception', async () => {
    const cut = fc.nat(certificate.length - 1).map(length => certificate.subarray(0, length));
    const flipped = fc
      .tuple(fc.nat(certificate.length - 1), fc.integer({ min: 1, max: 255 }))
      .map(([at, bits]) => {
        const changed = Buffer.from(certificate);
        changed[at]! ^= bits;
        return changed;
      });
    const anyBytes = fc.uint8Array({ maxLength: 600 }).map(bytes => Buffer.from(bytes));

    await fc.assert(
      fc.asyncProperty(fc.oneof(cut, flipped, anyBytes), async cer => {
        const [, offline] = await reasonsOf(sealed(data, cer));
        expect([...reasons, 'valid']).toContain(offline);
        // What its authority signed cannot be changed; what stands around that says nothing
        expect(offline === 'valid' && cer.length !== certificate.length).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('with one character changed never says anything else', () => {
    const text = JSON.stringify(sealed(data));

    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'aZ09"{}[]:, '), (at, char) => {
        const verdict = verifyVdsNc(
          text.slice(0, at) + char + text.slice(at + 1),
          () => [authority.publicKey],
          within,
        );

        expect(verdict.outcome === 'valid' ? verdict.seal : data).toEqual(data);
      }),
      { numRuns: 1000 },
    );
  });
});
