import fc from 'fast-check';
import { Unavailable } from '../errors';
import { Coalescer, type Outcome } from './coalescer';

interface Call {
  id: number;
  key: string;
}

const tick = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** A coalescer that notes the batches it ran, and how each call of them ended. */
function coalescer(run: (calls: readonly Call[]) => Promise<readonly Outcome<number>[]>): {
  batches: number[][];
  submit: (call: Call, group?: string) => Promise<number>;
} {
  const batches: number[][] = [];
  const made = new Coalescer<Call, number>({
    run: calls => {
      batches.push(calls.map(({ id }) => id));
      return run(calls);
    },
    keysOf: ({ key }) => [key],
    neverStill: () => new Error('never still'),
  });
  return { batches, submit: (call, group = 'aa') => made.submit(group, call) };
}

const answering = async (calls: readonly Call[]): Promise<Outcome<number>[]> => {
  await tick();
  return calls.map(({ id }) => ({ answer: id }));
};
const call = (id: number, key = String(id)): Call => ({ id, key });

describe('calls that come at the same moment', () => {
  it('are sent together once two batches are under way', async () => {
    const { batches, submit } = coalescer(answering);

    const answers = await Promise.all([1, 2, 3, 4, 5].map(id => submit(call(id))));

    expect(answers).toEqual([1, 2, 3, 4, 5]);
    expect(batches).toEqual([[1], [2], [3, 4, 5]]);
  });

  it('are sent at once while fewer are under way', async () => {
    const { batches, submit } = coalescer(answering);

    const answer = submit(call(1));

    expect(batches).toEqual([[1]]);
    await expect(answer).resolves.toBe(1);
  });

  it('are all told at once when no connection is to be had, and none tries by itself', async () => {
    const { batches, submit } = coalescer(async () => {
      await tick();
      throw new Unavailable(new Error('timeout exceeded when trying to connect'));
    });

    const ends = await Promise.allSettled([1, 2, 3, 4, 5].map(id => submit(call(id))));

    expect(ends.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    expect(batches).toEqual([[1], [2], [3, 4, 5]]);
  });

  it('go beside a batch only when they are as many as it', async () => {
    const ends: (() => void)[] = [];
    const { batches, submit } = coalescer(async calls => {
      await new Promise<void>(resolve => ends.push(resolve));
      return calls.map(({ id }) => ({ answer: id }));
    });
    const end = async (nth: number): Promise<void> => {
      ends[nth]!();
      await tick();
    };

    const answers = [1, 2, 3, 4, 5].map(id => submit(call(id)));
    await end(0); // the three that waited take its turn, beside the second
    await end(1);
    answers.push(submit(call(6)), submit(call(7)));
    await tick();
    expect(batches).toEqual([[1], [2], [3, 4, 5]]);
    answers.push(submit(call(8)));
    expect(batches).toEqual([[1], [2], [3, 4, 5], [6, 7, 8]]);
    await end(2);
    await end(3);
    await expect(Promise.all(answers)).resolves.toHaveLength(8);
  });

  it('wait for each other when they hold the same key', async () => {
    const { batches, submit } = coalescer(answering);

    await Promise.all([submit(call(1, 'x')), submit(call(2, 'x')), submit(call(3, 'y'))]);

    expect(batches).toEqual([[1], [3], [2]]);
  });

  it('never meet when they are of two countries', async () => {
    const { batches, submit } = coalescer(answering);

    await Promise.all([1, 2, 3].flatMap(id => [submit(call(id), 'aa'), submit(call(id + 10), 'bb')]));

    expect(batches.every(batch => new Set(batch.map(id => id > 10)).size === 1)).toBe(true);
  });

  it('are at most sixty-four in a batch', async () => {
    const { batches, submit } = coalescer(answering);

    await Promise.all(Array.from({ length: 300 }, (_, id) => submit(call(id))));

    expect(Math.max(...batches.map(batch => batch.length))).toBe(64);
  });
});

describe('a batch', () => {
  it('that fails as a whole is run call by call, so that only the poison fails', async () => {
    const { submit } = coalescer(async calls => {
      await tick();
      if (calls.some(({ id }) => id === 4)) throw new Error('poison');
      return calls.map(({ id }) => ({ answer: id }));
    });

    const answers = await Promise.allSettled([1, 2, 3, 4, 5].map(id => submit(call(id))));

    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  it('gives each call its own error', async () => {
    const { submit } = coalescer(async calls =>
      calls.map(({ id }) => (id % 2 ? { answer: id } : { error: new Error(`no ${id}`) })),
    );

    const answers = await Promise.allSettled([1, 2, 3].map(id => submit(call(id))));

    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('decides a call anew when what it stood on moved, and gives up in the end', async () => {
    let moves = 3;
    const { submit } = coalescer(async calls =>
      calls.map(({ id }) =>
        id === 1 && moves-- > 0 ? { again: true } : id === 2 ? { again: true } : { answer: id },
      ),
    );

    await expect(submit(call(1))).resolves.toBe(1);
    await expect(submit(call(2))).rejects.toThrow('never still');
  });
});

describe('any calls in any order', () => {
  it('are each answered once, and two with one key are never under way together', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), fails: fc.boolean() }), {
          maxLength: 200,
        }),
        async wanted => {
          const under = new Set<string>();
          const { submit } = coalescer(async calls => {
            for (const { key } of calls) {
              if (under.has(key)) throw new Error('two at once');
              under.add(key);
            }
            await tick();
            for (const { key } of calls) under.delete(key);
            if (calls.length > 1 && calls.some(({ id }) => wanted[id]!.fails)) throw new Error('whole');
            return calls.map(({ id }) => (wanted[id]!.fails ? { error: id } : { answer: id }));
          });

          const answers = await Promise.allSettled(wanted.map(({ key }, id) => submit(call(id, key))));

          expect(answers.map(one => (one.status === 'fulfilled' ? one.value : one.reason))).toEqual(
            wanted.map((_, id) => id),
          );
        },
      ),
    );
  });

  it('are turned away at once when they would wait in vain, by how long batches took lately', async () => {
    const clock = jest.spyOn(performance, 'now');
    let now = 0;
    clock.mockImplementation(() => now);
    const { submit } = coalescer(async calls => {
      await tick();
      now += 8_000;
      return calls.map(({ id }) => ({ answer: id }));
    });

    // A crowd that would take minutes: the first are answered, and who comes when that is known is turned away.
    const crowd = Array.from({ length: 2_000 }, (_, id) => submit(call(id)));
    await crowd[1_000];
    const refused = await submit(call(9_999)).catch((error: unknown) => error);
    const answers = await Promise.all(crowd);
    clock.mockRestore();

    expect(refused).toBeInstanceOf(Unavailable);
    expect(answers).toEqual(Array.from({ length: 2_000 }, (_, id) => id));
    expect(await submit(call(1))).toBe(1);
  });
});
