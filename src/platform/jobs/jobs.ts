import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../context';
import type { UnitOfWork } from '../database';
import type { JobKind } from './job-kind';
import { type JobRow, JobsStore } from './jobs.store';

type AnyKind = JobKind<object, unknown>;

/** Long work of a country: asked for in the transaction of the command, done later in slices that survive a crash. */
@Injectable()
export class Jobs {
  private readonly kinds = new Map<string, AnyKind>();

  constructor(private readonly store: JobsStore) {}

  /** Says how a kind of job is done. Modules call it at start; `<module>.<what is done>`. */
  on<Parameters extends object, Cursor>(kind: string, how: JobKind<Parameters, Cursor>): void {
    if (this.kinds.has(kind)) throw new Error(`${kind} is done in one way`);
    this.kinds.set(kind, how);
  }

  /**
   * Asks for a job in `work`; its id. Begun once `work` is committed, within a second or two. A second request for the
   * same kind and key is the same job, whatever became of it. Permission and audit are the caller's.
   */
  request(
    ctx: Context,
    work: UnitOfWork,
    kind: string,
    parameters: object,
    key: string = ctx.newId(),
  ): Promise<string> {
    return this.store.add(ctx, work, { kind, key, parameters });
  }

  /** Null for an id that is no job of this country. */
  async one(work: UnitOfWork, id: string): Promise<JobRow | null> {
    return isId(id) ? this.store.job(work, id) : null;
  }

  /** What is done stays done; a slice under way is finished first. Of a job that has ended already nothing changes. */
  async cancel(work: UnitOfWork, id: string): Promise<void> {
    await this.store.endParts(work, id, 'CANCELLED');
    await this.store.end(work, id, 'CANCELLED');
  }

  /** The kinds that this build can do. */
  known(): string[] {
    return [...this.kinds.keys()];
  }

  /** Those of them that are asked for each day. */
  daily(): string[] {
    return this.known().filter(kind => this.kind(kind).daily);
  }

  kind(name: string): AnyKind {
    return this.kinds.get(name)!;
  }
}
