import crypto, {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto';
import fc from 'fast-check';
import { canonicalDocument, canonicalStatements, credentialContexts, type Contexts } from '../json-ld';
import { newBitstring, toEncodedList } from '../status-lists';
import { type CodecFault, reasons } from '../verdict';
import { toMultibase58 } from './multibase';
import {
  keyOfMultikey,
  multikeyOf,
  signCredential,
  signPresentation,
  statusListCredential,
  verifyCredential,
  verifyPresentation,
  verifyStatusList,
  type CredentialTrust,
} from '.';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const issuer = 'did:web:health.example';
const verificationMethod = `${issuer}#key-1`;
const signer = { verificationMethod, privateKey };
const at = new Date('2026-03-01T12:00:00Z');
const contexts: Contexts = new Map([
  ...credentialContexts,
  ['https://health.example/terms/v1', { '@context': { dose: 'https://health.example/terms#dose' } }],
  [
    'https://www.w3.org/ns/credentials/examples/v2',
    { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } },
  ],
]);
const keys: CredentialTrust['keys'] = (kid, by) =>
  kid === verificationMethod && by === issuer ? [{ publicKey, usages: [] }] : [];
const trust: CredentialTrust = { keys, contexts };

const credential = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://health.example/terms/v1'],
  type: ['VerifiableCredential'],
  issuer,
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:ama', dose: 'second' },
};
const issue = (changes: object = {}) =>
  signCredential({ ...credential, ...changes }, { signer, createdAt: at, contexts });
const reasonFor = async (given: unknown, when = at, by = trust) => {
  const verdict = await verifyCredential(given, by, when);
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
};

/** As the W3C published them of its base context (VC 2.0 appendix B.1). */
const published = {
  sri: 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU',
  multibase: 'uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ',
  multihash: 'uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA',
};

/** A proof made step by step as the standard says (VC DI EdDSA section 3.2), apart from the code that is tested. */
async function signedAnew(document: object, given: Record<string, unknown>) {
  const { proofValue: _, ...options } = given;
  const canonical = async (part: object) =>
    createHash('sha256')
      .update(await canonicalDocument({ ...part, '@context': credential['@context'] }, contexts))
      .digest();
  const { proof, ...rest } = document as { proof?: object };
  const hashes = [await canonical(options), await canonical(document)];
  const proofValue = toMultibase58(sign(null, Buffer.concat(hashes), privateKey));
  const made = { ...options, proofValue };
  return { ...rest, proof: proof ? [proof, made] : made } as Record<string, unknown> & { proof: object[] };
}

async function chain(document: object, first: object, previousProof: string | string[]) {
  const named = [previousProof].flat().map(id => `urn:${id}`);
  const withId = await signedAnew(document, first as Record<string, unknown>);
  const options = { ...first, id: undefined, previousProof: Array.isArray(previousProof) ? named : named[0] };
  return signedAnew(withId, JSON.parse(JSON.stringify(options)));
}

describe('a W3C credential', () => {
  test('is believed when its issuer signed it, and says the same as a text', async () => {
    const signed = await issue();

    expect(await reasonFor(signed)).toBe('valid');
    expect(await reasonFor(JSON.stringify(signed))).toBe('valid');
  });

  test('is not believed once anything in it is changed', async () => {
    const signed = await issue();

    const changed = { ...signed, credentialSubject: { id: 'did:example:kofi', dose: 'second' } };

    expect(await reasonFor(changed)).toBe('signature');
  });

  test('with a field that its contexts do not know is neither signed nor believed', async () => {
    const signed = await issue();

    const added = { ...signed, birthDate: '1990-01-01' };

    expect(await reasonFor(added)).toBe('unsigned');
    await expect(issue({ birthDate: '1990-01-01' })).rejects.toThrow('unsigned');
  });

  test('is not believed with a context of its own, which could call a signed value something else', async () => {
    const own = {
      '@context': [...credential['@context'].slice(0, 1), { doses: 'https://health.example/terms#dose' }],
    };
    const signed = await issue();

    const renamed = { ...signed, ...own, credentialSubject: { id: 'did:example:ama', doses: 'second' } };

    expect(await reasonFor(renamed, at, { ...trust, ownContexts: true })).toBe('valid');
    expect(await reasonFor(renamed)).toBe('unsigned');
  });

  test('is not believed with an index beside the graph, whatever it is called', async () => {
    const signed = await issue();

    const noted = {
      ...signed,
      credentialSubject: { ...credential.credentialSubject, '@index': 'born 1990' },
    };

    expect(await reasonFor(noted)).toBe('unsigned');
  });

  test('of an unknown key, or of a key of another issuer, is not believed', async () => {
    const foreign = await issue({ issuer: 'did:web:elsewhere.example' });

    expect(await reasonFor(await issue(), at, { ...trust, keys: () => [] })).toBe('key-unknown');
    expect(await reasonFor(foreign)).toBe('key-unknown');
  });

  test('is not believed before its first day, nor after its last', async () => {
    const early = await issue({ validFrom: '2026-06-01T00:00:00Z' });

    expect(await reasonFor(early)).toBe('not-yet-valid');
    expect(await reasonFor(await issue(), new Date('2027-01-01T00:00:01Z'))).toBe('expired');
  });

  test('is believed to the fraction of a second of its times', async () => {
    const second = Date.parse('2026-04-01T00:00:00Z');
    const times = { validFrom: '2026-04-01T00:00:00.5Z', validUntil: '2026-04-01T00:00:01.25Z' };
    const fractional = await issue(times);
    const after = (ms: number) => reasonFor(fractional, new Date(second + ms));

    expect(await after(499)).toBe('not-yet-valid');
    expect(await after(500)).toBe('valid');
    expect(await after(1250)).toBe('valid');
    expect(await after(1251)).toBe('expired');
  });

  test.each([
    ['on P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['on P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['of RSA, 3072 bits', generateKeyPairSync('rsa', { modulusLength: 3072 })],
    ['on Ed25519, another', generateKeyPairSync('ed25519')],
  ])('is not believed by a key %s', async (_, { publicKey: other }) => {
    const by = { ...trust, keys: () => [{ publicKey: other, usages: [] }] };

    expect(await reasonFor(await issue(), at, by)).toBe('signature');
  });

  test('without a proof is not believed', async () => {
    expect(await reasonFor(credential)).toBe('signature');
  });

  test('of a context nobody knows is not fetched for', async () => {
    const { proof } = await issue();

    const strange = {
      ...credential,
      '@context': [credential['@context'][0], 'https://strange.example/v1'],
      proof,
    };

    expect(await reasonFor(strange)).toBe('json-ld');
  });

  test.each([
    ['named once', 'first'],
    ['named in a list', ['first']],
  ])('may have a later proof that vouches for an earlier one, %s', async (_, previousProof) => {
    const { proof: first, ...document } = await issue();
    const chained = await chain(document, { ...first, id: 'urn:first' }, previousProof);

    expect(await reasonFor(chained)).toBe('valid');
    expect(
      await reasonFor({ ...chained, proof: [{ ...chained.proof[0], nonce: 'x' }, chained.proof[1]] }),
    ).toBe('signature');
    expect(await reasonFor({ ...chained, proof: chained.proof[1] })).toBe('signature');
  });

  test.each([
    ['2026-02-01T00:00:00', 'valid'],
    ['2026-03-01T11:59:59', 'valid'],
    ['2026-03-01T12:00:01', 'not-yet-valid'],
    ['2026-03-01', 'signature'],
    ['yesterday', 'signature'],
  ])('of a proof made at %s, in UTC since it does not say, is: %s', async (created, reason) => {
    const { proof, ...document } = await issue();

    expect(await reasonFor(await signedAnew(document, { ...proof, created }))).toBe(reason);
  });

  test.each([
    ['the published digest', { digestSRI: published.sri }, 'valid'],
    ['it, as a Multibase', { digestMultibase: published.multibase }, 'valid'],
    ['it, as a Multihash', { digestMultibase: published.multihash }, 'valid'],
    ['another digest', { digestSRI: published.sri.replace('Y', 'Z') }, 'schema'],
    ['another Multibase', { digestMultibase: published.multibase.replace('Z', 'Y') }, 'schema'],
    ['an algorithm not known here', { digestSRI: 'sha512-abc' }, 'valid'],
    ['no digest', {}, 'schema'],
  ])('may name the base context as a resource by %s', async (_, digest, outcome) => {
    const relatedResource = [{ id: 'https://www.w3.org/ns/credentials/v2', ...digest }];
    const fate = await issue({ relatedResource }).then(reasonFor, (fault: CodecFault) => fault.reason);

    expect(fate).toBe(outcome);
  });

  test('names no resource twice', async () => {
    const resource = { id: 'https://health.example/leaflet', digestSRI: 'sha256-abc' };

    await expect(issue({ relatedResource: [resource, resource] })).rejects.toThrow('twice');
  });

  test('is believed only for what a verifier asked for', async () => {
    const signed = await signCredential(credential, {
      signer,
      createdAt: at,
      contexts,
      challenge: 'once',
      domain: 'border.example',
    });
    const outcome = async (asked: Parameters<typeof verifyCredential>[3]) =>
      (await verifyCredential(signed, trust, at, asked)).outcome;

    expect(await outcome({ challenge: 'once', domain: 'border.example' })).toBe('valid');
    expect(await outcome({ challenge: 'twice' })).toBe('invalid');
    expect(await outcome({ domain: 'other.example' })).toBe('invalid');
    expect(await outcome({ purpose: 'authentication' })).toBe('invalid');
    expect(await outcome({ purpose: ['authentication', 'assertionMethod'] })).toBe('valid');
  });

  test('is revoked by one bit of a signed list', async () => {
    const address = 'https://health.example/status/1';
    const list = newBitstring(10);
    list.set(7, 1);
    const unsigned = statusListCredential({
      address,
      issuer,
      purpose: 'revocation',
      encodedList: toEncodedList(list),
      validFrom: at,
      validUntil: new Date(at.getTime() + 86_400_000),
    });
    const read = await verifyStatusList(
      await signCredential(unsigned, { signer, createdAt: at, contexts }),
      trust,
      at,
    );
    const withList = { ...trust, statusLists: () => (read.outcome === 'valid' ? read.list : undefined) };
    const entry = (statusListIndex: string) => ({
      credentialStatus: {
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex,
        statusListCredential: address,
      },
    });

    expect(read.outcome).toBe('valid');
    expect(await reasonFor(await issue(entry('7')), at, withList)).toBe('revoked');
    expect(await reasonFor(await issue(entry('8')), at, withList)).toBe('valid');
    expect(await reasonFor(await issue(entry('9999999')), at, withList)).toBe('schema');
  });

  test('signed by another maker, the example of the standard, is believed', async () => {
    // W3C Data Integrity EdDSA Cryptosuites 1.0, appendix B.1
    const multikey = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
    const example = {
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'],
      id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
      type: ['VerifiableCredential', 'AlumniCredential'],
      name: 'Alumni Credential',
      description: 'A minimum viable example of an Alumni Credential.',
      issuer: 'https://vc.example/issuers/5678',
      validFrom: '2023-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
      proof: {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        created: '2023-02-24T23:36:38Z',
        verificationMethod: `did:key:${multikey}#${multikey}`,
        proofPurpose: 'assertionMethod',
        proofValue:
          'z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme',
      },
    };
    const published = keyOfMultikey(multikey);

    expect(
      await reasonFor(example, at, { keys: () => [{ publicKey: published, usages: [] }], contexts }),
    ).toBe('valid');
  });
});

describe('a presentation', () => {
  const holder = 'did:example:ama';
  const present = async (changes: object) =>
    signPresentation(
      {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiablePresentation'],
        holder,
        ...changes,
      },
      { signer, createdAt: at, contexts, challenge: 'once' },
    );
  const anyKey: CredentialTrust = { ...trust, keys: () => [{ publicKey, usages: [] }] };
  const outcome = async (given: unknown, challenge?: string) =>
    (await verifyPresentation(given, anyKey, at, { challenge })).outcome;

  test('is believed with every credential in it, for the challenge it was made for', async () => {
    const presented = await present({ verifiableCredential: [await issue()] });

    expect(await outcome(presented, 'once')).toBe('valid');
    expect(await outcome(presented, 'twice')).toBe('invalid');
  });

  test("may hold its holder's own word, and nobody else's unsigned", async () => {
    expect(await outcome(await present({ verifiableCredential: [{ ...credential, issuer: holder }] }))).toBe(
      'valid',
    );
    expect(await outcome(await present({ verifiableCredential: [credential] }))).toBe('invalid');
  });
});

describe('strangers', () => {
  test('whatever they send, there is a reason and no exception', async () => {
    const signed = JSON.stringify(await issue());
    const mangled = fc
      .tuple(fc.nat(signed.length), fc.nat(40), fc.string())
      .map(([from, cut, put]) => signed.slice(0, from) + put + signed.slice(from + cut));

    await fc.assert(
      fc.asyncProperty(fc.oneof(mangled, fc.json(), fc.string()), async text => {
        expect(['valid', ...reasons]).toContain(await reasonFor(text));
      }),
      { numRuns: 150 },
    );
  });

  const nodes = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

  test.each([
    ['a ring', nodes(400).map(a => `_:a${a} <urn:x> _:a${(a + 1) % 400} .\n`)],
    ['two stars', nodes(400).map(a => `_:c${a % 2} <urn:x> _:a${a} .\n`)],
    [
      'a graph',
      nodes(40).flatMap(a => nodes(40).flatMap(b => (a === b ? [] : `_:a${a} <urn:x> _:a${b} .\n`))),
    ],
  ])('cannot keep us busy with %s of nodes that all look alike', async (_, statements) => {
    const hashes = jest.spyOn(crypto, 'createHash');

    await expect(canonicalStatements(statements.join(''))).rejects.toThrow('json-ld');

    const made = hashes.mock.calls.length;
    hashes.mockRestore();
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(100_000); // without a bound two stars take more than a million
  });

  test('cannot nest contexts or values without end', async () => {
    const deep = `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`;

    expect(await reasonFor(deep)).toBe('json');
    expect(await reasonFor({ ...(await issue()), name: Array(6000).fill('x') })).toBe('json-ld');
  });
});

test('an Ed25519 key goes to a Multikey and back', () => {
  const key = createPublicKey(createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })));

  expect(keyOfMultikey(multikeyOf(key)).equals(key)).toBe(true);
});
