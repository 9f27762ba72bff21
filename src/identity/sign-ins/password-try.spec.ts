import crypto from 'node:crypto';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { systemContext } from '../../platform/events';
import type { KeyManagement } from '../../platform/keys';
import type { Planes } from '../planes';
import type { Tries as Counted } from './lockout-rules';
import { Failures } from './failures';
import { PasswordTry } from './password-try';
import type { SignInsStore } from './sign-ins.store';
import type { SignInTriesStore } from './sign-in-tries.store';
import { Tries } from './tries';

/** A plane that counts its open units of work, and the tries for each name. */
function fakes() {
  const state = { open: 0, tries: new Map<string, Counted>(), failed: [] as string[] };
  const planes = {
    write: async (_ctx: Context, _kind: string, work: (unit: UnitOfWork) => Promise<unknown>) => {
      state.open++;
      return work({} as UnitOfWork).finally(() => state.open--);
    },
  } as unknown as Planes;
  const store = {
    lock: async (_work, name) => state.tries.get(name.toString('hex')) ?? { failures: 0, lockedUntil: null },
    keep: async (_work, name, tries) => void state.tries.set(name.toString('hex'), tries),
    forget: async (_work, name) => void state.tries.delete(name.toString('hex')),
    failures: async (_work, names) => names.map(() => null),
    fail: async (_work, names) => void state.failed.push(...names.map(name => name.toString('hex'))),
  } as Omit<SignInTriesStore, 'sweep'> as SignInTriesStore;
  const keys = { derive: () => Buffer.alloc(32) } as unknown as KeyManagement;
  const signIns = { isKnownKey: async () => false } as unknown as SignInsStore;
  const trying = new PasswordTry(planes, new Tries(store, keys), new Failures(store, keys), signIns);
  return { state, trying };
}

const ctx = systemContext(null);
const nobody = { kind: 'operator' as const, find: async () => null };

describe('a try of a password', () => {
  it('holds no connection while the password is hashed', async () => {
    const { state, trying } = fakes();
    const openWhileHashing: number[] = [];
    const hash = jest.spyOn(crypto, 'scrypt').mockImplementation((...args: unknown[]) => {
      openWhileHashing.push(state.open);
      (args.at(-1) as (error: null, key: Buffer) => void)(null, Buffer.alloc(32));
    });

    await expect(
      trying.run(ctx, { email: 'a@b.example', password: 'x' }, nobody, async () => 1),
    ).rejects.toThrow('UNAUTHENTICATED');

    hash.mockRestore();
    expect(openWhileHashing).toEqual([0]);
  });

  it('is counted by the name whatever its case, and hashed for a name that no account has', async () => {
    const { state, trying } = fakes();
    const hash = jest.spyOn(crypto, 'scrypt');

    for (const email of ['a@b.example', ' A@B.example'])
      await trying.run(ctx, { email, password: 'x' }, nobody, async () => 1).catch(() => undefined);

    expect([...state.tries.values()]).toEqual([{ failures: 2, lockedUntil: null }]);
    expect(hash).toHaveBeenCalledTimes(2);
    hash.mockRestore();
  });

  it('that fails is counted for its network too, whomever it was for', async () => {
    const { state, trying } = fakes();
    const fail = (email: string, address: string) =>
      trying.run({ ...ctx, address }, { email, password: 'x' }, nobody, async () => 1).catch(() => undefined);

    await fail('a@b.example', '192.0.2.1');
    await fail('c@d.example', '192.0.2.200');
    await fail('a@b.example', '198.51.100.1');

    const [first, second, other] = state.failed;
    expect([second === first, other === first]).toEqual([true, false]);
  });
});
