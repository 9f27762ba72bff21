import crypto from 'node:crypto';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { systemContext } from '../../platform/events';
import type { Notices } from '../notices/notices';
import type { Planes } from '../planes';
import type { EndSignIns } from '../sign-ins/end-sign-ins';
import type { PasswordTry } from '../sign-ins/password-try';
import { ChangePassword } from './change-password';
import type { IdentityStore } from './identity.store';
import type { PasswordCheck } from './password-check';

type Work = (work: UnitOfWork) => Promise<unknown>;
const me = { kind: 'staff' as const, id: 'x', grants: [] };
const account = { id: 'x', email: 'a@b.example', passwordHash: 'scrypt$old$old' };
const input = { current: 'x', password: 'three winter goats outside' };

/** How she changes it when a try of the old one ends so, and what is stored of her when the new one is. */
function changing(trying: () => Promise<unknown>, now = account) {
  const run = (_ctx: unknown, _kind: unknown, work: Work) => work({} as UnitOfWork);
  const found = [account, now];
  const store = { account: async () => found.shift(), setPassword: jest.fn() };
  const change = new ChangePassword(
    { read: run, write: run } as unknown as Planes,
    { run: trying } as unknown as PasswordTry,
    { run: async () => undefined } as unknown as PasswordCheck,
    store as unknown as IdentityStore,
    { others: async () => 2 } as unknown as EndSignIns,
    { tell: () => undefined } as unknown as Notices,
    { record: () => undefined },
  );
  return { store, done: change.run({ ...systemContext(null), actor: me }, input) };
}

describe('a change of the password', () => {
  it('hashes nothing new for who does not know the old one', async () => {
    const hash = jest.spyOn(crypto, 'scrypt');

    const { done } = changing(() => Promise.reject(new AppError('RATE_LIMITED', { seconds: 1 })));

    await expect(done).rejects.toThrow('RATE_LIMITED');
    expect(hash).not.toHaveBeenCalled();
    hash.mockRestore();
  });

  it('is made once the old one is proved, and not over one that was set meanwhile', async () => {
    const proved = () => Promise.resolve(account.passwordHash);
    const [made, late] = [
      changing(proved),
      changing(proved, { ...account, passwordHash: 'scrypt$other$other' }),
    ];

    expect(await Promise.allSettled([made.done, late.done])).toEqual([
      { status: 'fulfilled', value: 2 },
      { status: 'rejected', reason: new AppError('UNAUTHENTICATED') },
    ]);
    expect([made, late].map(({ store }) => store.setPassword.mock.calls.length)).toEqual([1, 0]);
  });
});
