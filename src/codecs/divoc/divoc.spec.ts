import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { cpuMsOf } from '../../../test/harness/processor-time';
import { reasons } from '../verdict';
import { verifyDivocWithBundle } from '../linked-trust/divoc-with-bundle';
import { emptyBundle } from '../linked-trust/empty-bundle.fixture';
import type { BundleKey, PublicJwk, TrustBundle } from '../trust-bundle';
import { verifyDivoc, type DivocTrust } from './divoc';
import { divocContexts as contexts, encoded, signedAsDivoc, term } from './divoc.fixture';

const method = 'did:example:health';
const issuer = 'https://health.example/';
const credential = {
  '@context': ['https://example.org/credentials/v1'],
  type: ['VerifiableCredential'],
  issuer,
  issuanceDate: '2026-01-01T00:00:00Z',
  expirationDate: '2031-01-01T00:00:00Z',
  credentialSubject: { type: 'Person', id: 'did:example:1', name: 'রহিমা খাতুন' },
  evidence: [
    {
      type: ['Vaccination'],
      batch: 'A-1',
      vaccine: 'DTP',
      date: '2025-12-31',
      at: { name: 'Health complex' },
    },
  ],
};
const within = new Date('2026-06-01T00:00:00Z');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');
const known = new Map(Object.entries(contexts));
const trust = trusting(rsa.publicKey);

function trusting(publicKey: KeyObject): DivocTrust {
  const keys = (kid: string, by?: string) =>
    kid === method && by === issuer ? [{ publicKey, usages: [] }] : [];
  return { keys, contexts: known };
}

const signed = (document: Record<string, unknown>, privateKey: KeyObject, more: object = {}, by = known) =>
  signedAsDivoc(document, privateKey, { verificationMethod: method, more, by });

/** What is said of it: by the service, and the same with nothing but a trust bundle. */
async function reasonOf(document: unknown, given = trust, at = within): Promise<string> {
  const [online, offline] = await reasonsOf(document, given, at);
  expect(offline).toBe(online);
  return online!;
}

/** What the service says, and what is said without a network. */
async function reasonsOf(document: unknown, given = trust, at = within): Promise<string[]> {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const online = await verifyDivoc(text, given, at);
  const offline = await verifyDivocWithBundle(text, bundleOf(given), at);
  return [online, offline].map(one => (one.outcome === 'valid' ? 'valid' : one.reason));
}

/** The same trust, as a device without a network takes it along. */
function bundleOf({ keys, contexts: known }: DivocTrust): TrustBundle {
  const signers = keys(method, issuer).map(({ publicKey, usages }): BundleKey => {
    const jwk = publicKey.export({ format: 'jwk' }) as PublicJwk;
    return { kid: method, issuer, alg: jwk.kty === 'RSA' ? 'PS256' : 'EdDSA', jwk, usages: [...usages] };
  });
  return { ...emptyBundle, keys: signers, contexts: Object.fromEntries(known) };
}

/** A ZIP of one file, a character a byte, as in a QR code. */
function zipped(content: Buffer, entries = 1): string {
  const body = deflateRawSync(content);
  const sizes = Buffer.alloc(12);
  [crc32(content), body.length, content.length].forEach((value, at) =>
    sizes.writeUInt32LE(value >>> 0, at * 4),
  );
  const name = Buffer.from('certificate.json');
  const names = Buffer.from([name.length, 0, 0, 0]);
  const method8 = Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), method8, sizes, names, name, body]);
  const rest = Buffer.alloc(14);
  const entry = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), method8, sizes, names.subarray(0, 2), rest.fill(0), Buffer.alloc(2), name]); // prettier-ignore
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]).toString('latin1');
}

describe('a DIVOC certificate', () => {
  test.each([
    ['RSA', rsa],
    ['RSA of 3072 bits', generateKeyPairSync('rsa', { modulusLength: 3072 })],
    ['Ed25519', ed25519],
  ])('signed with %s is believed, as JSON and from its QR code', async (_, { publicKey, privateKey }) => {
    const document = await signed(credential, privateKey);
    const text = JSON.stringify(document);

    expect(await verifyDivoc(text, trusting(publicKey), within)).toEqual({
      outcome: 'valid',
      kid: method,
      credential,
      interchangeable: [],
    });
    expect(await reasonOf(zipped(Buffer.from(text)), trusting(publicKey))).toBe('valid');
    expect(await reasonOf(document, { ...trust, keys: () => [] })).toBe('key-unknown');
  });

  test('is refused when a field says something that no signature covers', async () => {
    const document = await signed(credential, rsa.privateKey);
    const { credentialSubject: subject, evidence } = credential;
    const added = [
      { ...document, birthDate: '1990-01-01' },
      { ...document, credentialSubject: { ...subject, birthDate: '1990-01-01' } },
      { ...document, credentialSubject: { ...subject, 'no term': [{ name: 'x' }] } },
      { ...document, evidence: [{ ...evidence[0], at: { ...evidence[0]!.at, district: 'x' } }] },
      { ...document, credentialSubject: { ...subject, type: ['Person', 'Minister'] } },
    ];

    expect(await Promise.all(added.map(one => reasonOf(one)))).toEqual(added.map(() => 'unsigned'));
  });

  test('is refused with a context or a keyword that could hide a field', async () => {
    const document = await signed(credential, rsa.privateKey);
    const subject = credential.credentialSubject;
    const hidden = [
      { ...document, '@context': [...credential['@context'], { birthDate: null }], birthDate: '1990-01-01' },
      { ...document, '@context': [...credential['@context'], 'https://elsewhere.example/v1'] },
      {
        ...document,
        credentialSubject: { ...subject, '@context': { birthDate: null }, birthDate: '1990-01-01' },
      },
      { ...document, credentialSubject: { ...subject, '@index': '1990-01-01' } },
      { ...document, '@included': [{ name: 'x' }] },
    ];

    expect(await Promise.all(hidden.map(one => reasonOf(one)))).toEqual(hidden.map(() => 'json-ld'));
  });

  test('is refused when anything that was signed is changed, added or taken away', async () => {
    const document = await signed(credential, rsa.privateKey);
    const { expirationDate: _, ...lasting } = credential;
    const subject = credential.credentialSubject;
    const changed = [
      { ...lasting, proof: document.proof },
      { ...document, issuanceDate: '2025-01-01T00:00:00Z' },
      { ...document, credentialSubject: { ...subject, name: 'Somebody Else' } },
      { ...document, credentialSubject: { ...subject, batch: 'A-1' } },
      { ...document, evidence: [...credential.evidence, ...credential.evidence] },
      { ...document, proof: { ...document.proof, created: '2026-01-02T00:00:00Z' } },
    ];

    expect(await Promise.all(changed.map(one => reasonOf(one)))).toEqual(changed.map(() => 'signature'));
  });

  test('with fields that its context gives one meaning is believed, and they are named', async () => {
    const own = 'https://example.org/loose/v1';
    const loose = { '@context': { lot: term('batch'), maker: { '@id': term('batch') } } };
    const known = new Map([...Object.entries(contexts), [own, loose]]);
    const evidence = [{ ...credential.evidence[0], lot: 'A-1', maker: 'M' }];
    const given = { ...credential, '@context': [...credential['@context'], own], evidence };
    const verdict = await verifyDivoc(
      JSON.stringify(await signed(given, rsa.privateKey, {}, known)),
      { ...trust, contexts: known },
      within,
    );

    expect(verdict).toMatchObject({ outcome: 'valid', interchangeable: [['lot', 'maker']] });
  });

  test('is refused when its key is another, too short, of another kind, or for another use', async () => {
    const document = await signed(credential, rsa.privateKey);
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const forTests = { ...trust, keys: () => [{ publicKey: rsa.publicKey, usages: ['test' as const] }] };

    expect(await reasonOf(document, trusting(ed25519.publicKey))).toBe('signature');
    expect(await reasonOf(await signed(credential, short.privateKey), trusting(short.publicKey))).toBe(
      'signature',
    );
    expect(await reasonOf(document, forTests)).toBe('key-usage');
    expect(await reasonOf(await signed(credential, rsa.privateKey, { proofPurpose: term('authentication') }))).toBe('key-usage'); // prettier-ignore
  });

  test('is refused when its header would have another algorithm', async () => {
    const document = await signed(credential, rsa.privateKey);
    const [, , signature] = document.proof.jws.split('.');
    const withHeader = (header: object) => ({ ...document, proof: { ...document.proof, jws: `${encoded(header)}..${signature}` } }); // prettier-ignore

    expect(await reasonOf(withHeader({ alg: 'none', b64: false, crit: ['b64'] }))).toBe('jws');
    expect(await reasonOf(withHeader({ alg: 'PS256', b64: false, crit: ['b64', 'exp'] }))).toBe('jws');
    expect(await reasonOf({ ...document, proof: { ...document.proof, type: 'constructor' } })).toBe('jws');
  });

  test('is refused before its issue and after its end', async () => {
    const document = await signed(credential, rsa.privateKey);

    expect(await reasonOf(document, trust, new Date('2025-12-31T23:59:59Z'))).toBe('not-yet-valid');
    expect(await reasonOf(document, trust, new Date('2031-01-01T00:00:01Z'))).toBe('expired');
  });

  test('is refused when it is signed and no certificate', async () => {
    const { evidence: _, ...nothing } = credential;

    expect(await reasonOf(await signed(nothing, rsa.privateKey))).toBe('schema');
    expect(await reasonOf(await signed({ ...credential, issuanceDate: 'yesterday' }, rsa.privateKey))).toBe(
      'schema',
    );
  });

  const proof = { type: 'RsaSignature2018', verificationMethod: method, jws: '' };
  const jws = `${encoded({ alg: 'PS256', b64: false, crit: ['b64'] })}..AAAA`;
  const nodes = (count: number) => Array.from({ length: count }, () => ({ type: ['Vaccination'] }));
  const poisoned = (more: object) => ({
    ...credential,
    ...more,
    proof: { ...proof, jws, proofPurpose: 'assertionMethod' },
  });

  test.each([
    ['size', 'PK'.padEnd(100_000)],
    ['prefix', 'no certificate'],
    ['json', '{'],
    ['json', '{}'],
    ['json', `{"a":${'['.repeat(20_000)}`],
    ['json', JSON.stringify({ ...credential, proof: { ...proof, '@context': {} } })],
    ['jws', JSON.stringify({ ...credential, proof })],
    ['zlib', 'PK'],
    ['zlib', zipped(Buffer.alloc(50_000_000))],
    ['zlib', zipped(Buffer.from('{}'), 2)],
    ['json-ld', JSON.stringify(poisoned({ evidence: nodes(1000) }))],
  ])('for reason "%s" when its text is poison', async (reason, text) => {
    expect(await reasonOf(text)).toBe(reason);
  });

  test('whose graph is a puzzle is given up in bounded time', async () => {
    const ring = (depth: number): object =>
      depth ? { at: [ring(depth - 1), ring(depth - 1)] } : { name: 'x' };
    const text = poisoned({ evidence: [ring(5)] });
    let reason: unknown;

    const cost = await cpuMsOf(async () => (reason = await reasonOf(text)), 20_000);

    expect(['json-ld', 'signature']).toContain(reason);
    expect(cost).toBeLessThan(20_000);
  });
});

describe('anything at all', () => {
  const anyReason: string[] = [...reasons, 'valid'];

  test.each([
    ['text', fc.string({ unit: 'binary', maxLength: 3000 })],
    [
      'an archive',
      fc.uint8Array({ maxLength: 400 }).map(bytes => `PK${Buffer.from(bytes).toString('latin1')}`),
    ],
    ['a file in an archive', fc.json().map(json => zipped(Buffer.from(json)))],
  ])('as %s gets a reason, never an exception', async (_, texts) => {
    await fc.assert(
      fc.asyncProperty(texts, async text =>
        expect(anyReason).toEqual(expect.arrayContaining(await reasonsOf(text))),
      ),
      { numRuns: 300 },
    );
  });

  test.each(['credentialSubject', 'evidence', 'proof', '@context', 'issuer', 'type'])(
    'as %s of a certificate gets a reason, never an exception',
    async field => {
      const document = await signed(credential, rsa.privateKey);

      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), async value => {
          const changed = field === 'proof' ? { ...document.proof, ...Object(value) } : value;
          expect(anyReason).toEqual(
            expect.arrayContaining(await reasonsOf({ ...document, [field]: changed })),
          );
        }),
        { numRuns: 100 },
      );
    },
  );

  test('even when it is no text', async () => {
    expect((await verifyDivoc(undefined as unknown as string, trust, within)).outcome).toBe('invalid');
  });
});
