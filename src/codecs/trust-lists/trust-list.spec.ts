import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { multikeyOf } from '../verifiable-credentials';
import { reasons } from '../verdict';
import { authorityCertificate, signerCertificate } from '../x509';
import { readTrustList, trustListShapes } from './trust-list';

const [authority, other, signer] = [1, 2, 3].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const ed = generateKeyPairSync('ed25519');
const name = { country: 'XX', commonName: 'CSCA' };
const time = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2040-01-01T00:00:00Z') };
const csca = authorityCertificate(
  { subject: name, publicKey: authority!.publicKey, serial: randomBytes(16), ...time },
  authority!.privateKey,
);
const dscBy = (issuer: typeof authority, publicKey = signer!.publicKey) =>
  signerCertificate({
    subject: { country: 'XX', commonName: 'DSC' },
    publicKey,
    serial: randomBytes(16),
    ...time,
    issuer: { name, privateKey: issuer!.privateKey },
  });
const listed = (certificateType: string, der: Uint8Array, more: object = {}) => ({
  certificateType,
  country: 'XX',
  rawData: Buffer.from(der).toString('base64'),
  ...more,
});
const read = (shape: (typeof trustListShapes)[number], document: unknown, issuer: string | null = null) =>
  readTrustList(shape, JSON.stringify(document), issuer);

describe('a trust list', () => {
  test('of WHO’s network gives its signers and authorities, and leaves the rest', () => {
    const list = [
      listed('CSCA', csca),
      listed('DSC', dscBy(authority), { kid: 'a kid' }),
      { certificateType: 'UPLOAD' },
    ];

    expect(read('gdhcn', list)).toMatchObject({
      signers: [
        { isAuthority: true, kid: null, issuer: 'XX' },
        {
          isAuthority: false,
          kid: 'a kid',
          issuer: 'XX',
          usages: [],
          notAfter: time.notAfter,
          publicJwk: { kty: 'EC' },
        },
      ],
    });
  });

  test('may have keys of kinds that are not read here, and is read but for them', () => {
    const brainpool = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' });
    const unusual = authorityCertificate(
      { subject: name, publicKey: brainpool.publicKey, serial: randomBytes(16), ...time },
      brainpool.privateKey,
    );
    const { publicKey: rsa } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    const list = [
      listed('CSCA', unusual),
      listed('DSC', dscBy(brainpool)),
      listed('DSC', dscBy(brainpool, rsa)),
      listed('DSC', dscBy(brainpool, brainpool.publicKey)),
    ];

    const found = read('gdhcn', list);

    expect(found).toMatchObject({ signers: [{ publicJwk: { kty: 'EC' } }, { publicJwk: { kty: 'RSA' } }] });
    expect(read('gdhcn', [listed('CSCA', unusual), listed('DSC', dscBy(other))])).toMatchObject({
      reason: 'chain',
    });
  });

  test('with a signer that its country’s authority did not certify is refused whole', () => {
    expect(read('gdhcn', [listed('CSCA', csca), listed('DSC', dscBy(other))])).toMatchObject({
      reason: 'chain',
    });
    expect(read('gdhcn', [listed('DSC', dscBy(other))])).toMatchObject({ outcome: 'read' });
  });

  test('of one issuer’s keys needs the issuer, and takes no private half', () => {
    const keys = [{ ...signer!.privateKey.export({ format: 'jwk' }), kid: 'k' }];

    const list = read('jwks', { keys }, 'https://health.example');

    expect(list).toMatchObject({ signers: [{ kid: 'k', issuer: 'https://health.example' }] });
    expect(JSON.stringify(list)).not.toContain('"d"');
    expect(read('jwks', { keys })).toMatchObject({ reason: 'schema' });
  });

  test('that is a DID document gives its keys, however they are written', () => {
    const did = 'did:web:health.example';
    const verificationMethod = [
      { id: `${did}#1`, publicKeyMultibase: multikeyOf(ed.publicKey) },
      { id: `${did}#2`, publicKeyJwk: signer!.publicKey.export({ format: 'jwk' }) },
    ];

    expect(read('did', { id: did, verificationMethod })).toMatchObject({
      signers: [
        { kid: `${did}#1`, issuer: did, publicJwk: { crv: 'Ed25519' } },
        { kid: `${did}#2`, issuer: did, publicJwk: { crv: 'P-256' } },
      ],
    });
  });

  test('of contexts gives them by their address', () => {
    const contexts = { 'https://health.example/v1': { '@context': { a: 'https://health.example/#a' } } };

    expect(read('json-ld-contexts', contexts)).toMatchObject({ signers: [], contexts });
    expect(read('json-ld-contexts', { 'no address': {} })).toMatchObject({ reason: 'schema' });
  });

  test('gets a reason whatever it is', () => {
    const shapes = fc.constantFrom(...trustListShapes);
    const documents = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.json(),
      fc
        .jsonValue()
        .map(value => JSON.stringify({ id: 'did:x', keys: [value], verificationMethod: [value] })),
    );

    fc.assert(
      fc.property(shapes, documents, (shape, text) => {
        const list = readTrustList(shape, text, 'https://health.example');
        expect([...reasons, 'read']).toContain(list.outcome === 'read' ? 'read' : list.reason);
      }),
    );
  });
});
