import { generateKeyPairSync } from 'node:crypto';
import { signCredential, vaccinationContexts, vaccinationCredential } from '../verifiable-credentials';
import { verifyCredentialWithBundle } from '.';
import { type BundleKey, packedHandles, revocationHandles, type TrustBundle } from '../trust-bundle';

const did = 'did:web:health.example:aa';
const context = 'https://health.example/contexts/vaccination/v1';
const list = 'https://health.example/aa/trust/status/1';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const within = new Date('2026-06-01T00:00:00Z');
const key: BundleKey = {
  kid: `${did}#k`,
  issuer: did,
  alg: 'EdDSA',
  jwk: publicKey.export({ format: 'jwk' }) as BundleKey['jwk'],
  usages: [],
};
const bundle: TrustBundle = {
  format: 'tikasetu.trust-bundle/1',
  country: 'XX',
  names: { en: 'Ministry of Health' },
  serial: 1,
  issuedAt: '2026-05-31T00:00:00Z',
  nextUpdate: '2026-06-02T00:00:00Z',
  keys: [key],
  revoked: '',
  vaccinationContext: context,
  valueSets: {},
};
const credential = vaccinationCredential({
  issuer: { id: did, name: 'Ministry of Health' },
  context,
  facts: {
    holderName: 'রহিমা খাতুন',
    birthDate: '1990-05',
    doses: [{ vaccine: 'cvx:19', words: 'BCG', date: '2026-01-05', doseNumber: 1, lot: 'A1' }],
  },
  validFrom: new Date('2026-01-06T00:00:00Z'),
  validUntil: new Date('2036-01-06T00:00:00Z'),
  status: { list, index: 42 },
});
const signed = (changes: object = {}) =>
  signCredential(
    { ...credential, ...changes },
    {
      signer: { verificationMethod: key.kid, privateKey },
      createdAt: new Date('2026-01-06T00:00:00Z'),
      contexts: vaccinationContexts(context),
    },
  );

async function fateOf(document: unknown, by: Partial<TrustBundle> = {}, now = within): Promise<string> {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const verdict = await verifyCredentialWithBundle(text, { ...bundle, ...by }, now);
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
}

describe('a W3C credential checked with nothing but a trust bundle', () => {
  test('tells what the service would tell', async () => {
    expect(await verifyCredentialWithBundle(JSON.stringify(await signed()), bundle, within)).toEqual({
      outcome: 'valid',
      format: 'w3c-credential',
      key,
      issuedAt: new Date('2026-01-06T00:00:00Z'),
      expiresAt: new Date('2036-01-06T00:00:00Z'),
      facts: {
        holderName: 'রহিমা খাতুন',
        birthDate: '1990-05',
        doses: [{ vaccine: 'cvx:19', words: 'BCG', date: '2026-01-05', doseNumber: 1, lot: 'A1' }],
        others: [],
      },
      stale: false,
    });
  });

  test('is not believed changed, by another key, for another issuer or use, or out of its time', async () => {
    const good = await signed();
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as BundleKey['jwk'];

    expect(await fateOf({ ...good, validUntil: '2037-01-06T00:00:00Z' })).toBe('signature');
    expect(await fateOf({ ...good, colour: 'red' })).toBe('unsigned');
    expect(await fateOf({ ...good, '@context': [good['@context'][0], {}] })).toBe('unsigned');
    expect(await fateOf(good, { keys: [] })).toBe('key-unknown');
    expect(await fateOf(good, { keys: [{ ...key, issuer: 'did:web:elsewhere.example' }] })).toBe(
      'key-unknown',
    );
    expect(await fateOf(good, { keys: [{ ...key, jwk: other }] })).toBe('signature');
    expect(await fateOf(good, { keys: [{ ...key, usages: ['test'] }] })).toBe('key-usage');
    expect(await fateOf(good, { vaccinationContext: undefined })).toBe('json-ld');
    expect(await fateOf(good, {}, new Date('2026-01-05T00:00:00Z'))).toBe('not-yet-valid');
    expect(await fateOf(good, {}, new Date('2036-01-06T00:00:01Z'))).toBe('expired');
  });

  test('is revoked by its place on a status list, and by no other', async () => {
    const good = await signed();
    const revokedAt = async (index: number) => ({
      revoked: await packedHandles([revocationHandles.statusPlace(`${list}#${index}`)]),
    });

    expect(await fateOf(good, await revokedAt(42))).toBe('revoked');
    expect(await fateOf(good, await revokedAt(43))).toBe('valid');
  });

  test.each([
    ['DIVOC', '{"@context":["https://www.w3.org/2018/credentials/v1"]}', 'content-unknown'],
    ['a visible digital seal', '{"data":{"hdr":{}},"sig":{}}', 'content-unknown'],
    ['no JSON', '{', 'json'],
    ['too much', `{"x":"${'x'.repeat(300_000)}"}`, 'size'],
    ['no credential', '{"@context":["https://www.w3.org/ns/credentials/v2"]}', 'schema'],
    ['no text', undefined, 'size'],
  ])('is not %s', async (_, text, reason) => {
    expect(await fateOf(text)).toBe(reason);
  });

  test('without dates, or about something else, is not vouched for', async () => {
    expect(await fateOf(await signed({ validUntil: undefined }))).toBe('schema');
    expect(await fateOf(await signed({ credentialSubject: { id: 'did:example:1' } }))).toBe(
      'content-unknown',
    );
  });
});
