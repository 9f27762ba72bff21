import { Unavailable } from '../errors';
import { Gate } from './gate';

/** Work that goes on until it is told to end. */
const lasting = () => {
  let end!: () => void;
  const over = new Promise<void>(resolve => (end = resolve));
  return { run: () => over, end };
};

describe('a gate', () => {
  it('lets so many in, and the others in the order in which they came', async () => {
    const gate = new Gate(2, 10_000);
    const order: number[] = [];
    const works = Array.from({ length: 5 }, lasting);
    const all = works.map((work, i) =>
      gate.through(() => {
        order.push(i);
        return work.run();
      }),
    );

    const atFirst = [...order];
    works[1]!.end();
    await all[1];
    const then = [...order];
    works.forEach(work => work.end());
    await Promise.all(all);

    expect([atFirst, then, order]).toEqual([
      [0, 1],
      [0, 1, 2],
      [0, 1, 2, 3, 4],
    ]);
  });

  it('gives the place of who failed to the next', async () => {
    const gate = new Gate(1, 10_000);

    const failed = gate.through(() => Promise.reject(new Error('broken'))).catch(() => 'failed');
    const next = gate.through(() => Promise.resolve('in'));

    expect(await Promise.all([failed, next])).toEqual(['failed', 'in']);
  });

  it('turns away who waited too long, and nobody else', async () => {
    const gate = new Gate(1, 1);
    const work = lasting();
    const inside = gate.through(work.run);

    await expect(gate.through(() => Promise.resolve())).rejects.toThrow(Unavailable);
    work.end();
    await inside;

    expect(await gate.through(() => Promise.resolve('in'))).toBe('in');
  });

  it('turns away at once who would wait in vain, by how long the others stayed', async () => {
    const clock = jest.spyOn(performance, 'now');
    let now = 0;
    clock.mockImplementation(() => now);
    const gate = new Gate(2, 10_000);
    // Whoever was inside lately stayed for eight seconds.
    for (let i = 0; i < 60; i++) await gate.through(() => Promise.resolve(void (now += 8_000)));
    const works = Array.from({ length: 5 }, lasting);
    const inside = works.map(work => gate.through(work.run)); // two inside, three wait for about twelve seconds

    const refused = await gate.through(() => Promise.resolve('in')).catch((error: unknown) => error);
    works.forEach(work => work.end());
    await Promise.all(inside);
    // And when things go fast again, nobody is turned away any more.
    for (let i = 0; i < 60; i++) await gate.through(() => Promise.resolve());
    const again = Array.from({ length: 200 }, () => gate.through(() => Promise.resolve('in')));
    clock.mockRestore();

    expect(refused).toMatchObject({ cause: new Error('too many wait') });
    expect(new Set(await Promise.all(again))).toEqual(new Set(['in']));
  });
});
