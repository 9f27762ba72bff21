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
});
