import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { mayAnywhere } from '../../platform/access';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { type KeyBoundKind, keyBound } from './key-bound-rules';
import { SignInsStore } from './sign-ins.store';

/** Whose tokens a country gives only to who proves a key. */
@Injectable()
export class KeyBoundSetting {
  constructor(
    private readonly database: Database,
    private readonly store: SignInsStore,
    private readonly audit: AuditTrail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async read(ctx: Context): Promise<readonly KeyBoundKind[]> {
    mayAnywhere(ctx, 'second-factor.configure');
    return keyBound(await this.database.read(ctx, work => this.store.keyBoundKinds(work)), this.config);
  }

  /** From the next sign-in on. */
  async change(ctx: Context, input: { kinds: readonly KeyBoundKind[] }): Promise<readonly KeyBoundKind[]> {
    mayAnywhere(ctx, 'second-factor.configure');
    const kinds = [...new Set(input.kinds)].sort();
    await this.database.write(ctx, async work => {
      await this.store.setKeyBoundKinds(work, kinds, ctx.now());
      this.audit.record(ctx, work, {
        action: 'sign-in.configure',
        resource: { type: 'sign-in-rules', id: null },
        detail: { kinds },
      });
    });
    return keyBound(kinds, this.config);
  }
}
