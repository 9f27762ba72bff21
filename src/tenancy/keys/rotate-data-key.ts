import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once } from '../../platform/database';
import { Jobs } from '../../platform/jobs';
import { RE_ENCRYPT } from './re-encrypt';
import { TenantKeys } from './tenant-keys';

/** The country's data gets a new key: it seals from now on, and a job seals anew what older keys sealed. */
@Injectable()
export class RotateDataKey {
  constructor(
    private readonly database: Database,
    private readonly keys: TenantKeys,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
  ) {}

  /** The job's id. Called again with the same key, the same job. */
  async run(ctx: Context, input: { idempotencyKey: string }): Promise<string> {
    may(ctx, 'data-key.rotate');
    await this.keys.ready(ctx);
    const jobId = await this.database.write(ctx, async work => {
      const made = await once(ctx, work, input.idempotencyKey, { act: 'data-key.rotate' }, async () => {
        const number = await this.keys.add(ctx, work);
        this.audit.record(ctx, work, {
          action: 'data-key.rotate',
          resource: { type: 'data-key', id: null },
          detail: { number },
        });
        return this.jobs.request(ctx, work, RE_ENCRYPT, {}, `key ${number}`);
      });
      return made!.id;
    });
    this.keys.readAnew(ctx);
    return jobId;
  }
}
