import { isCopied, relyingPartyOf } from './passkey-rules';

describe('a passkey', () => {
  it.each([
    [0, 0, false],
    [0, 1, false],
    [4, 5, false],
    [5, 5, true],
    [5, 4, true],
    [5, 0, true],
  ])('seen at %i and now at %i is a copy: %s', (seen, counted, copied) => {
    expect(isCopied(seen, counted)).toBe(copied);
  });

  it('belongs to the installation where a country has no address of its own', () => {
    expect(relyingPartyOf('http://localhost:4000', [])).toEqual({
      id: 'localhost',
      origins: ['http://localhost:4000'],
    });
  });

  it('belongs to a country with an address of its own, over TLS, and to no other site', () => {
    const hosts = ['vaccines.example', 'api.vaccines.example', 'notvaccines.example', 'elsewhere.example'];

    expect(relyingPartyOf('https://service.example', hosts)).toEqual({
      id: 'vaccines.example',
      origins: ['https://vaccines.example', 'https://api.vaccines.example'],
    });
  });
});
