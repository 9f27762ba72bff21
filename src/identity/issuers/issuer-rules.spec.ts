import { cameBackTo, isRedirectUri, isSecondFactor, secretsOf } from './issuer-rules';

describe('what an issuer says of how somebody proved who she is', () => {
  const named = { secondFactorAcr: ['urn:loa:3'], secondFactorAmr: ['hwk', 'otp'] };

  it.each([
    [{ acr: 'urn:loa:3' }, true],
    [{ acr: 'urn:loa:2' }, false],
    [{ acr: ['urn:loa:3'] }, false],
    [{ amr: ['pwd', 'otp'] }, true],
    [{ amr: ['pwd'] }, false],
    [{ amr: 'otp' }, false],
    [{ amr: [['otp']] }, false],
    [{}, false],
  ])('counts as a second factor only by the words that the country named: %j', (said, counts) => {
    expect(isSecondFactor(said, named)).toBe(counts);
  });

  it('counts for nothing where the country has named none', () => {
    const said = { acr: 'urn:loa:3', amr: ['hwk', 'mfa', 'otp'] };

    expect(isSecondFactor(said, { secondFactorAcr: [], secondFactorAmr: [] })).toBe(false);
  });
});

describe('where an issuer sends people back to', () => {
  it.each([
    ['https://portal.example/signed-in', false, true],
    ['http://portal.example/signed-in', true, false],
    ['http://127.0.0.1:4000/signed-in', true, true],
    ['http://127.0.0.1:4000/signed-in', false, false],
    ['https://portal.example/signed-in#here', false, false],
    ['https://portal.example/signed-in?next=x', false, false],
    ['https://who@portal.example/signed-in', false, false],
    ['javascript:alert(1)', true, false],
    ['portal', true, false],
  ])('%s (sandbox: %s) may be one: %s', (text, sandbox, may) => {
    expect(isRedirectUri(text, sandbox)).toBe(may);
  });

  it.each([
    ['https://portal.example/one?code=1', true],
    ['https://portal.example/other?code=1', false],
    ['https://portal.example:8443/one?code=1', false],
    ['https://elsewhere.example/one?code=1', false],
    ['?code=1', false],
  ])('is the place of one issuer alone: %s', (callback, same) => {
    expect(cameBackTo('https://portal.example/one', callback)).toBe(same);
  });
});

describe('what must come back from an issuer', () => {
  it('is another for each handle and each use, and the same when it is made again', () => {
    const key = Buffer.alloc(32, 1);
    const [one, other] = [secretsOf(key, 'one'), secretsOf(key, 'other')];

    expect(new Set([...Object.values(one), ...Object.values(other)]).size).toBe(6);
    expect(secretsOf(key, 'one')).toEqual(one);
    expect(secretsOf(Buffer.alloc(32, 2), 'one')).not.toEqual(one);
  });

  it('has the length and the letters of a PKCE verifier (RFC 7636 §4.1)', () => {
    expect(secretsOf(Buffer.alloc(32), 'x').verifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/);
  });
});
