import { randomBytes } from 'node:crypto';
import { openUnder, sealedBy, sealUnder } from './sealed-bytes';

describe('a sealed value', () => {
  const key = randomBytes(32);
  const plain = Buffer.from('0244000001');

  it('says by which key of the country it was sealed', () => {
    const sealed = sealUnder(key, { kind: 'tenant', number: 513 }, plain, 'here');
    expect(sealedBy(sealed)).toEqual({ kind: 'tenant', number: 513 });
    expect(openUnder(key, sealed, 'here')).toEqual(plain);
  });

  it('says that it was sealed by a person’s own', () => {
    expect(sealedBy(sealUnder(key, { kind: 'person' }, plain, 'here'))).toEqual({ kind: 'person' });
  });

  it.each([
    ['in another place', (sealed: Buffer) => ({ sealed, place: 'there' })],
    ['under another number', (sealed: Buffer) => ({ sealed: withByte(sealed, 4), place: 'here' })],
    ['with a changed byte', (sealed: Buffer) => ({ sealed: withByte(sealed, 20), place: 'here' })],
  ])('does not open %s', (_, changed) => {
    const { sealed, place } = changed(sealUnder(key, { kind: 'tenant', number: 1 }, plain, 'here'));
    expect(() => openUnder(key, sealed, place)).toThrow();
  });
});

function withByte(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at]! ^= 1;
  return changed;
}
