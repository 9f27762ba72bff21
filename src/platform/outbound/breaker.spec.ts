import { Breaker, BreakerOpen } from './breaker';

describe('a breaker', () => {
  let now = 0;
  beforeEach(() => void jest.spyOn(performance, 'now').mockImplementation(() => now));
  afterEach(() => jest.restoreAllMocks());

  const failing = jest.fn(() => Promise.reject(new Error('no answer')));
  const working = jest.fn(() => Promise.resolve('answer'));
  const outcome = (call: Promise<unknown>) => call.catch((error: Error) => error);
  const fallen = async (): Promise<Breaker> => {
    const breaker = new Breaker();
    for (let i = 0; i < 5; i++) await outcome(breaker.through(failing));
    return breaker;
  };

  it('asks nobody who has failed five times, until it has rested', async () => {
    const breaker = await fallen();

    const meanwhile = await outcome(breaker.through(working));
    now += 29_999;
    const justBefore = await outcome(breaker.through(working));
    now += 1;
    const after = await outcome(breaker.through(working));

    expect(meanwhile).toBeInstanceOf(BreakerOpen);
    expect(justBefore).toBeInstanceOf(BreakerOpen);
    expect(after).toBe('answer');
    expect(working).toHaveBeenCalledTimes(1);
  });

  it('lets one through after the rest, and the others when that one was answered', async () => {
    const breaker = await fallen();
    now += 30_000;
    let answer!: (text: string) => void;
    const first = breaker.through(() => new Promise<string>(resolve => (answer = resolve)));

    const beside = await outcome(breaker.through(working));
    answer('back');

    expect(beside).toBeInstanceOf(BreakerOpen);
    expect(await first).toBe('back');
    expect(await breaker.through(working)).toBe('answer');
  });

  it('rests again when the one fails', async () => {
    const breaker = await fallen();
    now += 30_000;

    await outcome(breaker.through(failing));

    expect(await outcome(breaker.through(working))).toBeInstanceOf(BreakerOpen);
  });

  it('counts failures one after another alone', async () => {
    const breaker = new Breaker();
    for (let i = 0; i < 20; i++) await outcome(breaker.through(i % 5 === 4 ? working : failing));

    expect(await breaker.through(working)).toBe('answer');
  });
});
