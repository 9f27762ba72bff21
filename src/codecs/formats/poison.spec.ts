import { generateKeyPairSync, sign } from 'node:crypto';
import { crc32, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { cpuMsOf } from '../../../test/harness/processor-time';
import { toBase45 } from '../hcert/base45';
import { fromJson, Tagged, toCbor, type CborValue } from '../cose/cbor';
import { signSign1 } from '../cose/cose';
import { signJws } from '../smart-health-card/jws';
import { toNumeric } from '../smart-health-card';
import { openTrustBundle, type TrustBundle } from '../trust-bundle';
import { readTrustList, type TrustListShape } from '../trust-lists';
import { reasons } from '../verdict';
import {
  signCredential,
  vaccinationContexts,
  vaccinationCredential,
  verifyPresentation,
  verifyStatusList,
} from '../verifiable-credentials';
import { readClaimed, verifyCertificate } from '.';

/**
 * What somebody with all the time in the world and even a believed key may send: whatever it is, a verifier gives a reason,
 * throws nothing, and is done soon. fast-check prints the seed of whatever fails.
 */
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const at = new Date('2026-06-01T00:00:00Z');
const kid = 'AAAAAAAAAAA=';
const issuer = 'https://health.example';
const context = `${issuer}/contexts/vaccination/v1`;
const contexts = new Map([
  ...vaccinationContexts(context),
  [
    'https://www.w3.org/2018/credentials/v1',
    { '@context': { '@vocab': 'https://x.example/#', id: '@id', type: '@type' } },
  ],
  ['https://w3id.org/security/v2', { '@context': { '@vocab': 'https://x.example/#', type: '@type' } }],
]);
/** Everybody is believed: nothing stops at the key. */
const trust = {
  keys: () => [ec, ed].map(({ publicKey }) => ({ publicKey, usages: [] })),
  contexts,
  authorities: () => [ec.publicKey],
};
const known = [...reasons, 'valid'];

async function fateOf(text: string): Promise<string> {
  const verdict = await verifyCertificate(text, trust, at);
  const claimed = readClaimed(text);
  expect(['read', 'invalid']).toContain(claimed.outcome);
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
}

/** Values that readers stumble over. */
const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    '',
    [],
    {},
    [[]],
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER,
    '\ud800',
    '\u0000',
    'x'.repeat(5000),
    '9999-99-99T99:99:99Z',
    '-271821-04-20T00:00:00Z',
    JSON.parse('{"__proto__":{"type":"x"},"constructor":{"prototype":1}}'),
    JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`),
    { '@id': '_:b0' },
    { '@value': { '@value': 1 } },
    { '@list': [[{ '@list': [] }]] },
    { '@type': '@json', '@value': {} },
    { '@reverse': { a: {} } },
    { '@graph': [{}] },
    { '@included': {} },
    { '@context': null },
    { '@context': { '@vocab': 'https://x.example/', '@base': 'no' } },
    { '@context': { '@import': context } },
    { '@context': { type: { '@id': '@type', '@container': '@index' } } },
  ),
);
const keys = fc.constantFrom(
  '@context',
  '@graph',
  '@id',
  '@type',
  '@index',
  'id',
  'type',
  'proof',
  '__proto__',
  'x',
);

type Json = unknown;
/** A document with something hostile in one or two places. */
const spoilt = (document: Json) =>
  fc
    .array(fc.tuple(fc.nat(), hostile, fc.option(keys)), { minLength: 1, maxLength: 2 })
    .map(changes =>
      changes.reduce<Json>((now, [place, put, key]) => replaced(now, place, put, key), document),
    );

function replaced(document: Json, place: number, put: Json, key: string | null): Json {
  const copy = structuredClone(document);
  const holders: [Record<string, Json>, string][] = [];
  const walk = (value: Json): void => {
    if (typeof value !== 'object' || value === null || holders.length > 500) return;
    for (const name of Object.keys(value)) {
      holders.push([value as Record<string, Json>, name]);
      walk((value as Record<string, Json>)[name]);
    }
  };
  walk(copy);
  const found = holders[place % Math.max(holders.length, 1)];
  if (!found) return copy;
  const name = key ?? found[1];
  // Not by assignment, which would change the prototype instead of having such a field
  Object.defineProperty(found[0], name, { value: put, enumerable: true, configurable: true, writable: true });
  return copy;
}

const transported = (cose: Uint8Array) => `HC1:${toBase45(deflateSync(cose))}`;
const hcert = (claims: CborValue) =>
  transported(
    signSign1(toCbor(claims), { kid: Buffer.from(kid, 'base64'), alg: 'ES256', privateKey: ec.privateKey }),
  );
const dcc = {
  ver: '1.3.0',
  nam: { fnt: 'KHATUN', gnt: 'RAHIMA' },
  dob: '1990-05-17',
  v: [
    {
      tg: '840539006',
      vp: '1119349007',
      mp: 'EU/1/20/1528',
      ma: 'ORG-100030215',
      dn: 1,
      sd: 2,
      dt: '2026-01-05',
      co: 'XX',
      is: 'M',
      ci: 'URN:UVCI:01:XX:1',
    },
  ],
};
const card = {
  iss: issuer,
  nbf: 1767225600,
  vc: {
    type: ['https://smarthealth.cards#health-card', 'https://smarthealth.cards#immunization'],
    credentialSubject: {
      fhirVersion: '4.0.1',
      fhirBundle: {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          {
            fullUrl: 'resource:0',
            resource: { resourceType: 'Patient', name: [{ family: 'K', given: ['R'] }], birthDate: '1990' },
          },
          {
            fullUrl: 'resource:1',
            resource: {
              resourceType: 'Immunization',
              status: 'completed',
              vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '19' }] },
              patient: { reference: 'resource:0' },
              occurrenceDateTime: '2026-01-05',
            },
          },
        ],
      },
    },
  },
};
const divoc = {
  '@context': ['https://www.w3.org/2018/credentials/v1'],
  type: ['VerifiableCredential'],
  issuer,
  issuanceDate: '2026-01-01T00:00:00Z',
  credentialSubject: { type: 'Person', name: 'R' },
  evidence: [{ type: ['Vaccination'], batch: 'A', vaccine: 'X', date: '2026-01-01', dose: 1 }],
  proof: {
    type: 'Ed25519Signature2018',
    created: '2026-01-01T00:00:00Z',
    proofPurpose: 'assertionMethod',
    verificationMethod: 'did:x',
    jws: `${Buffer.from('{"alg":"EdDSA","b64":false,"crit":["b64"]}').toString('base64url')}..AAAA`,
  },
};
const seal = {
  hdr: { t: 'icao.vacc', v: 1, is: 'UTO' },
  msg: {
    uvci: 'U',
    pid: { n: 'R' },
    ve: [{ des: 'X', nam: 'Y', vd: [{ dvc: '2026-01-05', seq: 1, ctr: 'UTO' }] }],
  },
};
const sealed = (data: Json) => ({
  data,
  sig: {
    alg: 'ES256',
    cer: Buffer.from('no certificate').toString('base64url'),
    sigvl: sign('sha256', Buffer.from(canonicalize(data) ?? ''), ec.privateKey).toString('base64url'),
  },
});
const credential = vaccinationCredential({
  issuer: { id: 'did:web:health.example', name: 'Ministry' },
  context,
  facts: {
    holderName: 'R',
    birthDate: '1990',
    doses: [
      { vaccine: 'cvx:19', date: '2026-01-05' },
      { vaccine: 'cvx:20', date: '2026-02-05' },
    ],
  },
  validFrom: new Date('2026-01-01T00:00:00Z'),
  validUntil: new Date('2036-01-01T00:00:00Z'),
  status: { list: `${issuer}/trust/status/1`, index: 7 },
});
const signedCredential = () =>
  signCredential(credential, {
    signer: { verificationMethod: 'did:web:health.example#k', privateKey: ed.privateKey },
    createdAt: new Date('2026-01-01T00:00:00Z'),
    contexts,
  });

/** A thousandth of what a hung verifier takes, and a hundred times what ours needs on a busy machine. */
const maxCpuMs = 30_000;

describe('whatever is sent', () => {
  test('an HCERT whose signed claims are spoilt gets a reason', async () => {
    const claims = (payload: Json) =>
      new Map<string | number, CborValue>([[1, 'XX'], [6, 1767225600], [4, 1924992000], [-260, new Map<number, CborValue>([[1, fromJson(payload)]])]]); // prettier-ignore
    expect(await fateOf(hcert(claims(dcc)))).toBe('valid');

    await fc.assert(
      fc.asyncProperty(spoilt(dcc), async payload => {
        expect(known).toContain(await fateOf(hcert(claims(JSON.parse(JSON.stringify(payload))))));
      }),
      { numRuns: 300 },
    );
  });

  test('an HCERT of any CBOR at all, rightly signed, gets a reason', async () => {
    const { anyCbor } = fc.letrec<{ anyCbor: CborValue }>(tie => ({
      anyCbor: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(fc.integer(), fc.double(), fc.string(), fc.boolean(), fc.constant(null), fc.uint8Array()),
        fc.array(tie('anyCbor'), { maxLength: 4 }),
        fc
          .array(fc.tuple(fc.oneof(fc.integer({ min: -300, max: 300 }), fc.string()), tie('anyCbor')), {
            maxLength: 5,
          })
          .map(pairs => new Map(pairs)),
        fc
          .tuple(fc.constantFrom(0, 1, 18, 61, 1004), tie('anyCbor'))
          .map(([tag, content]) => new Tagged(tag, content)),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyCbor,
          anyCbor.map(
            one =>
              new Map<number, CborValue>([
                [6, 1767225600],
                [4, 1924992000],
                [-260, one],
              ]),
          ),
        ),
        async claims => {
          expect(known).toContain(await fateOf(hcert(claims)));
          expect(known).toContain(await fateOf(transported(toCbor(claims))));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a SMART Health Card whose signed payload is spoilt gets a reason', async () => {
    const made = (payload: Json) => signJws(JSON.stringify(payload), { kid: 'k', privateKey: ec.privateKey });
    expect(await fateOf(made(card))).toBe('valid');

    await fc.assert(
      fc.asyncProperty(spoilt(card), async payload => {
        const jws = made(payload);
        expect(known).toContain(await fateOf(jws));
        expect(known).toContain(await fateOf(toNumeric(jws)));
      }),
      { numRuns: 300 },
    );
  });

  test('a W3C credential spoilt anywhere gets a reason, and so does a presentation of it', async () => {
    const signed = await signedCredential();
    expect(await fateOf(JSON.stringify(signed))).toBe('valid');

    await fc.assert(
      fc.asyncProperty(spoilt(signed), async document => {
        expect(known).toContain(await fateOf(JSON.stringify(document)));
        const presentation = {
          '@context': credential['@context'],
          type: 'VerifiablePresentation',
          verifiableCredential: [document],
          proof: signed.proof,
        };
        for (const ownContexts of [false, true]) {
          const verdict = await verifyPresentation(presentation, { ...trust, ownContexts }, at, {
            purpose: 'assertionMethod',
          });
          expect(known).toContain(verdict.outcome === 'valid' ? 'valid' : verdict.reason);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a DIVOC certificate spoilt anywhere gets a reason', async () => {
    expect(await fateOf(JSON.stringify(divoc))).toBe('signature');

    await fc.assert(
      fc.asyncProperty(spoilt(divoc), async document => {
        expect(known).toContain(await fateOf(JSON.stringify(document)));
      }),
      { numRuns: 300 },
    );
  });

  test('a visible digital seal spoilt anywhere gets a reason', async () => {
    expect(await fateOf(JSON.stringify(sealed(seal)))).toBe('chain');

    await fc.assert(
      fc.asyncProperty(spoilt(sealed(seal)), async document => {
        expect(known).toContain(await fateOf(JSON.stringify(document)));
      }),
      { numRuns: 500 },
    );
  });

  test('a trust list, a trust bundle and a status list spoilt anywhere get a reason', async () => {
    const jwk = { ...ec.publicKey.export({ format: 'jwk' }), kid };
    const lists: [TrustListShape, Json][] = [
      ['jwks', { keys: [jwk] }],
      [
        'did',
        {
          id: 'did:web:x',
          verificationMethod: [
            { id: 'did:web:x#1', type: 'JsonWebKey', controller: 'did:web:x', publicKeyJwk: jwk },
          ],
          assertionMethod: ['did:web:x#1'],
        },
      ],
      ['gdhcn', [{ kid, country: 'XX', certificateType: 'DSC', rawData: 'AAAA' }]],
      ['json-ld-contexts', { [context]: { '@context': {} } }],
    ];
    const bundle: TrustBundle = {
      format: 'tikasetu.trust-bundle/1',
      country: 'XX',
      names: {},
      serial: 1,
      issuedAt: '2026-01-01T00:00:00Z',
      nextUpdate: '2027-01-01T00:00:00Z',
      keys: [],
      revoked: '',
      valueSets: {},
    };
    const status = await signedCredential();
    const anything = fc
      .constantFrom(...lists)
      .chain(([shape, document]) => fc.tuple(fc.constant(shape), spoilt(document)));

    await fc.assert(
      fc.asyncProperty(
        anything,
        spoilt(bundle),
        spoilt(status),
        async ([shape, list], document, credentialOfList) => {
          expect(['read', 'invalid']).toContain(readTrustList(shape, JSON.stringify(list), issuer).outcome);
          const jws = [{ alg: 'ES256' }, document]
            .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
            .join('.');
          const signature = sign('sha256', Buffer.from(jws), {
            key: ec.privateKey,
            dsaEncoding: 'ieee-p1363',
          });
          const opened = await openTrustBundle(`${jws}.${signature.toString('base64url')}`, [jwk as never]);
          expect(['valid', 'invalid']).toContain(opened.outcome);
          expect(['valid', 'invalid']).toContain(
            (await verifyStatusList(credentialOfList, trust, at)).outcome,
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('poison', () => {
  const nested = (depth: number, tag: number) => Uint8Array.from([...Array<number>(depth).fill(tag), 0]);
  const clique = (size: number) =>
    Array.from({ length: size }, (_, one) => ({
      id: `_:n${one}`,
      type: 'Immunization',
      recipient: Array.from({ length: size }, (__, other) => ({ id: `_:n${other}` })),
    }));
  const ring = (size: number) =>
    Array.from({ length: size }, (_, one) => ({
      id: `_:n${one}`,
      type: 'Immunization',
      recipient: { id: `_:n${(one + 1) % size}` },
    }));
  const spread = (vaccination: object[]) =>
    JSON.stringify({
      ...credential,
      credentialSubject: { recipient: { name: 'R' }, vaccination },
      proof: {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        created: '2026-01-01T00:00:00Z',
        proofPurpose: 'assertionMethod',
        verificationMethod: 'did:x#1',
        proofValue: `z${'1'.repeat(64)}`,
      },
    });
  const archive = (content: Buffer) => {
    const body = deflateRawSync(content);
    const name = Buffer.from('c.json');
    const sizes = Buffer.alloc(12);
    [crc32(content), body.length, content.length].forEach((value, index) =>
      sizes.writeUInt32LE(value >>> 0, index * 4),
    );
    const local = Buffer.concat([
      Buffer.from('504b0304140000000800', 'hex'),
      Buffer.alloc(4),
      sizes,
      Buffer.from([name.length, 0, 0, 0]),
      name,
      body,
    ]);
    const entry = Buffer.concat([
      Buffer.from('504b01021400140000000800', 'hex'),
      Buffer.alloc(4),
      sizes,
      Buffer.from([name.length, 0]),
      Buffer.alloc(16),
      name,
    ]);
    const end = Buffer.alloc(22);
    end.write('PK\u0005\u0006', 'latin1');
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(entry.length, 12);
    end.writeUInt32LE(local.length, 16);
    return Buffer.concat([local, entry, end]).toString('latin1');
  };
  const bombCard = () =>
    `${Buffer.from('{"alg":"ES256","zip":"DEF","kid":"k"}').toString('base64url')}.${deflateRawSync(Buffer.alloc(60_000_000, 32)).toString('base64url')}.${'A'.repeat(86)}`;

  test.each<[string, string[], () => string]>([
    ['a ZLIB bomb', ['zlib', 'size'], () => transported(Buffer.alloc(3_000_000))],
    ['arrays without end', ['cbor'], () => transported(nested(60_000, 0x81))],
    ['maps without end', ['cbor'], () => transported(nested(60_000, 0xbf))],
    ['tags without end', ['cbor'], () => transported(nested(60_000, 0xd2))],
    [
      'a text of 2^63 bytes',
      ['cbor'],
      () => transported(Uint8Array.from([0x7b, 0x7f, ...Array<number>(7).fill(255)])),
    ],
    ['an array of 2^32 things', ['cbor'], () => transported(Uint8Array.from([0x9a, 255, 255, 255, 255]))],
    ['a card that inflates without end', ['size', 'zlib', 'jws', 'json'], bombCard],
    ['a card of a hundred thousand codes', reasons.slice(), () => `shc:/1/99999/${'56'.repeat(2000)}`],
    ['an archive that inflates without end', ['zlib'], () => archive(Buffer.alloc(50_000_000, 32))],
    ['an archive that points nowhere', ['zlib'], () => `PK\u0005\u0006${'\u00ff'.repeat(30)}`],
    [
      'JSON without end',
      ['json', 'size', 'prefix', 'content-unknown'],
      () => `{"@context":${'['.repeat(100_000)}`,
    ],
    [
      'a credential of ten thousand values',
      ['json-ld', 'schema'],
      () => spread(Array.from({ length: 10_000 }, () => ({ type: 'Immunization' }))),
    ],
    ['a credential whose nodes are all alike and all joined', ['json-ld'], () => spread(clique(30))],
    ['a credential of rings', ['json-ld', 'signature'], () => spread([...ring(40), ...ring(40)])],
    [
      'a signature of a hundred thousand characters',
      ['signature', 'json-ld'],
      () => spread([]).replace('1111', '1'.repeat(100_000)),
    ],
  ])('is %s, and is told soon', async (_, expected, made) => {
    const text = made();
    let fate = '';

    const cost = await cpuMsOf(async () => (fate = await fateOf(text)), maxCpuMs);

    expect(expected).toContain(fate);
    expect(cost).toBeLessThan(maxCpuMs);
  });

  test('is a status list that inflates without end', async () => {
    const list = {
      ...credential,
      credentialSubject: {
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: `u${gzipSync(Buffer.alloc(200_000_000)).toString('base64url')}`,
      },
    };
    const signed = await signCredential(list, {
      signer: { verificationMethod: 'did:web:health.example#k', privateKey: ed.privateKey },
      createdAt: new Date('2026-01-01T00:00:00Z'),
      contexts,
    });
    const before = process.memoryUsage().arrayBuffers;

    expect(await verifyStatusList(signed, trust, at)).toMatchObject({ reason: 'zlib' });
    // It holds 200 MB; what was unpacked before it was given up is bounded by 16
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  });
});
