import crypto from 'node:crypto';
import type { AuditTrail } from '../../audit';
import type { TenantRef } from '../../platform/context';
import type { Database, UnitOfWork } from '../../platform/database';
import { systemContext } from '../../platform/events';
import { AcceptStaffInvitation } from './accept-staff-invitation';
import type { IdentityStore } from './identity.store';
import type { PasswordCheck } from './password-check';

type Work = (work: UnitOfWork) => Promise<unknown>;

describe('an answer to an invitation', () => {
  it('with a token that somebody made up is refused before a password is checked or hashed', async () => {
    const run = (_ctx: unknown, work: Work) => work({} as UnitOfWork);
    const database = { read: run, write: run } as unknown as Database;
    const store = { isInvitation: async () => false } as unknown as IdentityStore;
    const check = jest.fn();
    const hash = jest.spyOn(crypto, 'scrypt');
    const accept = new AcceptStaffInvitation(
      database,
      store,
      { run: check } as unknown as PasswordCheck,
      {} as AuditTrail,
    );

    const answer = accept.run(systemContext({ code: 'aa', state: 'LIVE' } as TenantRef), {
      token: 'x',
      password: 'three winter goats outside',
    });

    await expect(answer).rejects.toThrow('UNAUTHENTICATED');
    expect(check).not.toHaveBeenCalled();
    expect(hash).not.toHaveBeenCalled();
    hash.mockRestore();
  });
});
