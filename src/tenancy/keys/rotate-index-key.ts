import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once } from '../../platform/database';
import { KNOWN_EVERYWHERE_MS } from './blind-index-rules';
import { DataKeysStore } from './data-keys.store';
import { IndexKeyState } from './index-key.graphql';
import { TenantKeys } from './tenant-keys';

/**
 * The country's blind indexes get a new key: identifiers and phones are looked for under it as well at once, stored under
 * it from an hour later, and what is stored under older ones is stored anew by the next daily round.
 */
@Injectable()
export class RotateIndexKey {
  constructor(
    private readonly database: Database,
    private readonly keys: TenantKeys,
    private readonly store: DataKeysStore,
    private readonly audit: AuditTrail,
  ) {}

  /** The new key. Called again with the same idempotency key, the same. */
  async run(ctx: Context, input: { idempotencyKey: string }): Promise<IndexKeyState> {
    may(ctx, 'data-key.rotate');
    await this.keys.ready(ctx);
    const key = await this.database.write(ctx, async work => {
      const made = await once(ctx, work, input.idempotencyKey, { act: 'index-key.rotate' }, async () => {
        const number = await this.keys.addIndexKey(ctx, work);
        this.audit.record(ctx, work, {
          action: 'index-key.rotate',
          resource: { type: 'data-key', id: null },
          detail: { number },
        });
        return String(number);
      });
      return (await this.states(work)).find(({ number }) => String(number) === made!.id)!;
    });
    this.keys.readAnew(ctx);
    return key;
  }

  /** The keys that the country's indexes had and have, oldest first. */
  all(ctx: Context): Promise<IndexKeyState[]> {
    may(ctx, 'data-key.rotate');
    return this.database.read(ctx, work => this.states(work));
  }

  private async states(work: Parameters<DataKeysStore['all']>[0]): Promise<IndexKeyState[]> {
    const stored = await this.store.all(work);
    return stored
      .filter(({ purpose }) => purpose === 'indexes')
      .map(({ number, createdAt, emptiedAt }) =>
        Object.assign(new IndexKeyState(), {
          number,
          madeAt: createdAt,
          storesFrom: new Date(createdAt.getTime() + (number === 1 ? 0 : KNOWN_EVERYWHERE_MS)),
          emptiedAt,
        }),
      );
  }
}
