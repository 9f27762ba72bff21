import type { Context, TenantRef } from '../platform/context';
import type { Logger } from '../platform/logging';
import type { Catalogue } from './catalogue';
import { Rounds } from './rounds';

const tenants = ['aa', 'bb'].map(code => ({ code, timeZone: 'UTC' }) as TenantRef);
const rounds = (errors: unknown[] = [], served = tenants): Rounds =>
  new Rounds(
    { served: async () => served } as unknown as Catalogue,
    { error: (what: unknown) => errors.push(what) } as unknown as Logger,
  );

describe('a round', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('gives every country its turn, also when the one before fails', async () => {
    const [turns, errors]: [string[], unknown[]] = [[], []];
    const made = rounds(errors);
    made.add({
      seconds: 10,
      fault: 'it failed',
      run: async ({ tenant }) => {
        turns.push(tenant!.code);
        if (tenant!.code === 'aa') throw new Error('broken');
      },
    });
    made.start();

    await jest.advanceTimersByTimeAsync(20_000);

    expect(turns).toEqual(['aa', 'bb', 'aa', 'bb']);
    expect(errors).toHaveLength(2);
  });

  it('is not begun again while it is under way, and is waited for at the end', async () => {
    let [begun, ended] = [0, 0];
    const made = rounds();
    made.add({
      seconds: 1,
      fault: 'it failed',
      run: async () => {
        begun++;
        await new Promise(resolve => setTimeout(resolve, 5_000));
        ended++;
      },
    });
    made.start();

    await jest.advanceTimersByTimeAsync(4_500);
    const closing = made.onApplicationShutdown();
    await jest.advanceTimersByTimeAsync(20_000);
    await closing;

    expect([begun, ended]).toEqual([2, 2]); // both countries of one round
  });

  it('gives the platform plane a turn where it is asked to, before the countries', async () => {
    const turns: (string | undefined)[] = [];
    const made = rounds();
    const run = async ({ tenant }: Context) => turns.push(tenant?.code);
    made.add({ seconds: 10, fault: 'it failed', platformToo: true, run });
    made.start();

    await jest.advanceTimersByTimeAsync(10_000);

    expect(turns).toEqual([undefined, 'aa', 'bb']);
  });

  it('passes over a country that is only read, where it changes something', async () => {
    const [turns, all]: [string[], string[]] = [[], []];
    const made = rounds([], [...tenants, { ...tenants[0]!, code: 'cc', state: 'SUSPENDED' }]);
    const told = (list: string[]) => async (ctx: Context) => list.push(ctx.tenant!.code);
    made.add({ seconds: 10, fault: 'it failed', skipsReadOnly: true, run: told(turns) });
    made.add({ seconds: 10, fault: 'it failed', run: told(all) });
    made.start();

    await jest.advanceTimersByTimeAsync(10_000);

    expect(turns).toEqual(['aa', 'bb']);
    expect(all).toEqual(['aa', 'bb', 'cc']);
  });

  it('is not begun in a process that does not start them', async () => {
    let turns = 0;
    rounds().add({ seconds: 1, fault: 'it failed', run: async () => turns++ });

    await jest.advanceTimersByTimeAsync(5_000);

    expect(turns).toBe(0);
  });
});
