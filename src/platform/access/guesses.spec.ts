import { Guesses } from './guesses';

const at = (minute: number, address: string | null = '192.0.2.7') => ({
  address,
  now: () => new Date(Date.UTC(2026, 0, 1, 10, minute)),
});

describe('codes that are nobody’s', () => {
  it('are tried so often from a network in a quarter of an hour, and from no other’s account', () => {
    const guesses = new Guesses(3);
    for (let n = 0; n < 3; n++) {
      guesses.mustBeFew(at(1));
      guesses.count(at(1, `192.0.2.${n}`));
    }

    expect(() => guesses.mustBeFew(at(5, '192.0.2.200'))).toThrow(
      expect.objectContaining({ code: 'RATE_LIMITED', params: { seconds: 600 } }),
    );
    expect(() => guesses.mustBeFew(at(5, '198.51.100.1'))).not.toThrow();
    expect(() => guesses.mustBeFew(at(15))).not.toThrow();
  });

  it('alone are counted: whoever asks for what is there may do so as often as she likes', () => {
    const guesses = new Guesses(1);

    for (let n = 0; n < 100; n++) guesses.mustBeFew(at(1));

    expect(() => guesses.mustBeFew(at(1))).not.toThrow();
  });

  it('of callers whose address nobody vouches for are counted together', () => {
    const guesses = new Guesses(1);
    guesses.count(at(1, null));

    expect(() => guesses.mustBeFew(at(1, null))).toThrow();
  });
});
