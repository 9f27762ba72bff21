import { generateKeyPairSync, sign } from 'node:crypto';
import { Tagged, toCbor, type CborMap, type CborValue } from './cbor';
import { isSignedBy, readSign1, signSign1 } from './cose';
import { readCwt } from './cwt';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const kid = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const payload = toCbor(new Map([[1, 'XX']]));
const [alg, kidLabel] = [1, 4];

/** A message as another issuer might write it: its headers as given. */
function messageWith(guarded: CborMap, unprotected: CborMap): CborValue[] {
  const protectedBytes = guarded.size ? toCbor(guarded) : new Uint8Array();
  const signed = toCbor(['Signature1', protectedBytes, new Uint8Array(), payload]);
  const signature = sign('sha256', signed, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return [protectedBytes, unprotected, payload, new Uint8Array(signature)];
}

const ours = messageWith(new Map([[alg, -7]]), new Map([[kidLabel, kid]]));

describe('a signed message', () => {
  test.each<[string, CborValue]>([
    ['untagged', ours],
    ['tagged as signed', new Tagged(18, ours)],
    ['tagged as a token around a signed one', new Tagged(61, new Tagged(18, ours))],
    ['tagged as a token only', new Tagged(61, ours)],
  ])('is read %s', (_, message) => {
    const read = readSign1(toCbor(message));

    expect(isSignedBy(read, publicKey)).toBe(true);
  });

  test('may name its key in the unprotected header only', () => {
    expect(readSign1(toCbor(ours)).kid).toEqual(kid);
  });

  test('that names its key in both headers is taken at its guarded word', () => {
    const both = messageWith(
      new Map<number, CborValue>([
        [alg, -7],
        [kidLabel, kid],
      ]),
      new Map([[kidLabel, Uint8Array.of(9)]]),
    );

    expect(readSign1(toCbor(both)).kid).toEqual(kid);
  });

  test.each([
    ['on a curve that ES256 is not for', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }), 'ES256'],
    ['of RSA that is too short', generateKeyPairSync('rsa', { modulusLength: 1024 }), 'PS256'],
  ] as const)('is nobody’s by a key %s', (_, keys, name) => {
    const read = readSign1(signSign1(payload, { kid, alg: name, privateKey: keys.privateKey }));

    expect(isSignedBy(read, keys.publicKey)).toBe(false);
  });

  test('holds only with the bytes outside it that were signed along', () => {
    const read = readSign1(signSign1(payload, { kid, alg: 'ES256', privateKey }));

    expect(isSignedBy(read, publicKey)).toBe(true);
    expect(isSignedBy(read, publicKey, Uint8Array.of(1))).toBe(false);
  });
});

test.each<[string, CborValue]>([
  ['a fraction', 1_700_000_000.25],
  ['a fraction, tagged as a date', new Tagged(1, 1_700_000_000.25)],
])('a time is read from %s', (_, seconds) => {
  const { claims } = readCwt(toCbor(new Map([[6, seconds]])));

  expect(claims.issuedAt?.getTime()).toBe(1_700_000_000_250);
});
