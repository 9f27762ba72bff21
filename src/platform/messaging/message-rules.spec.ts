import fc from 'fast-check';
import { fitted } from './message-rules';

const CHANNELS = { sms: 1_530, voice: 1_500, email: 20_000 };
const channel = fc.constantFrom(...(Object.keys(CHANNELS) as (keyof typeof CHANNELS)[]));

describe('a message', () => {
  it('is never longer than its channel carries, and cut between characters', () => {
    fc.assert(
      fc.property(channel, fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(2_000), (by, part, times) => {
        const sent = fitted(by, part.repeat(times));

        expect(Array.from(sent).length).toBeLessThanOrEqual(CHANNELS[by]);
      }),
    );
    expect(fitted('sms', '💉'.repeat(1_531))).toBe(`${'💉'.repeat(1_529)}…`);
  });

  it('has no character in it that a gateway could take for an order', () => {
    fc.assert(
      fc.property(channel, fc.string({ unit: 'binary' }), (by, text) => {
        expect(fitted(by, text)).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
    expect(fitted('email', 'one\r\nBcc: two')).toBe('one\nBcc: two');
  });

  it('is read aloud in one line', () => {
    expect(fitted('voice', 'Your code is\n\n1 2 3\u20284')).toBe('Your code is 1 2 3 4');
    expect(fitted('sms', 'Your code is\n1 2 3')).toBe('Your code is\n1 2 3');
  });
});
