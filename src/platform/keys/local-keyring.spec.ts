import { randomBytes } from 'node:crypto';
import { LocalKeyring } from './local-keyring';

const [former, next] = [randomBytes(32), randomBytes(32)];
const secret = Buffer.from('a key of somebody');

describe('a keyring with two master keys', () => {
  const both = new LocalKeyring(next, former);

  it('closes with the first, and opens what either closed', () => {
    const wrapped = new LocalKeyring(former).wrap(secret, 'place');

    expect(both.unwrap(wrapped, 'place')).toEqual(secret);
    expect(new LocalKeyring(next).unwrap(both.wrap(secret, 'place'), 'place')).toEqual(secret);
  });

  it('wraps anew what the second closed, and nothing else', () => {
    const wrapped = new LocalKeyring(former).wrap(secret, 'place');
    const anew = both.rewrap(wrapped, 'place')!;

    expect(new LocalKeyring(next).unwrap(anew, 'place')).toEqual(secret);
    expect(both.rewrap(anew, 'place')).toBeNull();
    expect(() => both.rewrap(wrapped, 'another place')).toThrow();
  });

  it('gives what both derive, the first one’s first', () => {
    const each = [next, former].map(key => new LocalKeyring(key).derive('label'));

    expect(both.derivations('label')).toEqual(each);
    expect(both.derive('label')).toEqual(each[0]);
    expect(new LocalKeyring(next).derivations('label')).toHaveLength(1);
  });
});
