import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { TokenHolder } from '../tokens/tokens';
import { IdentityStore } from './identity.store';

/** Accounts as those who hold their tokens: with the roles that they have now. */
@Injectable()
export class Holders {
  constructor(private readonly store: IdentityStore) {}

  /** Null for an account that is not there or may not sign in. */
  async of(
    work: UnitOfWork,
    { kind, id }: { kind: 'staff' | 'operator'; id: string },
  ): Promise<(TokenHolder & { kind: 'staff' | 'operator' }) | null> {
    if (kind === 'operator') {
      const known = await this.store.operator(work, id);
      return known && { kind, id, grants: [{ role: 'operator', reach: { kind: 'country' } }] };
    }
    const account = await this.store.staff(work, id);
    return account?.state === 'ACTIVE' ? { kind, id, grants: await this.store.grantsOf(work, id) } : null;
  }
}
