import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { readTrustList } from './trust-lists';
import { jwkThumbprint } from './trust';

const rfc7638 = {
  kty: 'RSA',
  n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
  alg: 'RS256',
  kid: '2011-04-29',
};
const rfc8037 = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };

describe('the thumbprint of a key', () => {
  it.each([
    ['of RSA is that of RFC 7638, section 3.1', rfc7638, 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'],
    ['on Ed25519 is that of RFC 8037, appendix A.3', rfc8037, 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'],
  ])('%s', (_, jwk, thumbprint) => {
    expect(jwkThumbprint(jwk)).toBe(thumbprint);
  });

  it.each([
    ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['RSA of 3072 bits', generateKeyPairSync('rsa', { modulusLength: 3072 })],
    ['Ed25519', generateKeyPairSync('ed25519')],
  ])(
    'of %s is that which others compute, and names a key of an imported list that has no kid',
    async (_, { publicKey }) => {
      const jwk = publicKey.export({ format: 'jwk' });
      const { kid: _kid, ...unnamed } = { ...jwk, use: 'sig', kid: undefined };
      const expected = await calculateJwkThumbprint(jwk);

      const list = readTrustList('jwks', JSON.stringify({ keys: [unnamed] }), 'https://health.example');

      expect(jwkThumbprint(jwk)).toBe(expected);
      expect(list).toMatchObject({ signers: [{ kid: expected }] });
      if (list.outcome !== 'read') throw new Error(list.reason);
      expect(
        jwkThumbprint(
          createPublicKey({ key: list.signers[0]!.publicJwk, format: 'jwk' }).export({ format: 'jwk' }),
        ),
      ).toBe(expected);
    },
  );

  it('is not made of a key of no kind known here', () => {
    expect(() => jwkThumbprint({ kty: 'oct', k: 'AAAA' })).toThrow(TypeError);
  });
});
