import { KeptKeys } from './kept-keys';

const MINUTE = 60_000;

describe('keys that a process holds', () => {
  let keys: KeptKeys<string>;

  beforeEach(() => {
    jest.useFakeTimers();
    keys = new KeptKeys();
  });
  afterEach(() => jest.useRealTimers());

  it('are there as long as somebody asks for them', () => {
    keys.set('aa', 'one');

    jest.advanceTimersByTime(9 * MINUTE);
    expect(keys.get('aa')).toBe('one');
    jest.advanceTimersByTime(9 * MINUTE);
    expect(keys.get('aa')).toBe('one');
  });

  it('are out of its memory when nobody has asked for ten minutes, by themselves', () => {
    keys.set('aa', 'one');
    keys.set('bb', 'two');

    jest.advanceTimersByTime(6 * MINUTE);
    keys.get('bb');
    jest.advanceTimersByTime(4 * MINUTE);

    expect(keys.size).toBe(1);
    expect(keys.get('aa')).toBeUndefined();
    expect(keys.get('bb')).toBe('two');
  });

  it('that were changed last from then on, and are not forgotten with the former ones', () => {
    keys.set('aa', 'one');
    jest.advanceTimersByTime(9 * MINUTE);
    keys.set('aa', 'two');
    jest.advanceTimersByTime(9 * MINUTE);

    expect(keys.get('aa')).toBe('two');
    keys.delete('aa');
    expect(keys.size).toBe(0);
  });

  it('keep no process alive', () => {
    jest.useRealTimers();
    const before = process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;

    keys.set('aa', 'one');

    expect(process.getActiveResourcesInfo().filter(name => name === 'Timeout').length).toBe(before);
  });
});
