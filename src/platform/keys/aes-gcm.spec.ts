import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { seal, unseal } from './aes-gcm';

const key = randomBytes(32);

describe('a sealed value', () => {
  it('opens as what it was, and not when any of it is changed or missing', () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(
        bytes,
        fc.string(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (plain, aad, at, change) => {
          const sealed = seal(key, Buffer.from(plain), aad);
          const changed = Buffer.from(sealed);
          changed[at % sealed.length]! ^= change;

          expect(unseal(key, sealed, aad)).toEqual(Buffer.from(plain));
          expect(() => unseal(key, changed, aad)).toThrow();
          expect(() => unseal(key, sealed.subarray(0, at % sealed.length), aad)).toThrow();
          expect(() => unseal(key, sealed, `${aad}.`)).toThrow();
        },
      ),
    );
  });

  it('has a nonce of its own: of 10,000 under one key no two are the same', () => {
    const nothing = Buffer.alloc(0);
    const nonces = new Set<string>();
    for (let one = 0; one < 10_000; one++) nonces.add(seal(key, nothing, '').toString('latin1', 0, 12));

    expect(nonces.size).toBe(10_000);
  });
});
