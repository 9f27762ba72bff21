import { ShortMemory } from './short-memory';

let now = 0;
beforeEach(() => {
  now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

/** Counts how often it was asked. */
const counter = () => {
  let asked = 0;
  return async () => ({ countedAt: now, asked: ++asked });
};

describe('what is remembered for a moment', () => {
  it('is made once for all who ask at once, and anew when it is old', async () => {
    const memory = new ShortMemory<{ countedAt: number; asked: number }>(10, 2_000);
    const make = counter();

    const first = await Promise.all([memory.of('a', make), memory.of('a', make)]);
    now = 1_999;
    const young = await memory.of('a', make);
    now = 2_000;
    const old = await Promise.all([memory.of('a', make), memory.of('a', make)]);

    expect([...first, young, ...old].map(({ asked }) => asked)).toEqual([1, 1, 1, 2, 2]);
  });

  it('is no more than so many answers', async () => {
    const memory = new ShortMemory<{ countedAt: number; asked: number }>(2, 2_000);
    const make = counter();

    for (const key of ['a', 'b', 'c']) await memory.of(key, make);
    const kept = await memory.of('c', make);
    const forgotten = await memory.of('a', make);

    expect([kept.asked, forgotten.asked]).toEqual([3, 4]);
  });

  it('is never a failure', async () => {
    const memory = new ShortMemory<{ countedAt: number; asked: number }>(2, 2_000);

    await expect(memory.of('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');

    await expect(memory.of('a', counter())).resolves.toMatchObject({ asked: 1 });
  });
});
