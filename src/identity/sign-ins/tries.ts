import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ActorKind, Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { KeyManagement } from '../../platform/keys';
import { planeName } from '../planes';
import { secondsLocked, withOneMore } from './lockout-rules';
import { SignInTriesStore } from './sign-in-tries.store';

/** Counts what is tried for a name, whether or not anybody has it, in the plane of `kind`. */
@Injectable()
export class Tries {
  constructor(
    private readonly store: SignInTriesStore,
    private readonly keys: KeyManagement,
  ) {}

  /** Counts one try before it is looked at; it must be committed. Throws RATE_LIMITED while the name is locked. */
  async spend(ctx: Context, work: UnitOfWork, kind: ActorKind, name: string): Promise<void> {
    const hash = this.hashOf(ctx, kind, name);
    const tries = await this.store.lock(work, hash, ctx.now());
    const seconds = secondsLocked(tries, ctx.now());
    if (seconds > 0) throw new AppError('RATE_LIMITED', { seconds });
    await this.store.keep(work, hash, withOneMore(tries, ctx.now()), ctx.now());
  }

  /** Whoever else holds one of these names waits until the unit of work ends; nothing is counted. */
  async hold(ctx: Context, work: UnitOfWork, kind: ActorKind, names: readonly string[]): Promise<void> {
    const hashes = names.map(name => this.hashOf(ctx, kind, name)).sort((one, other) => one.compare(other));
    for (const hash of hashes) await this.store.lock(work, hash, ctx.now()); // in one order: nobody waits in a circle
  }

  /** Somebody proved that the name is hers: what was tried before does not count. */
  forgive(ctx: Context, work: UnitOfWork, kind: ActorKind, name: string): Promise<void> {
    return this.store.forget(work, this.hashOf(ctx, kind, name));
  }

  private hashOf(ctx: Context, kind: ActorKind, name: string): Buffer {
    const key = this.keys.derive(`sign-in-tries:${planeName(ctx, kind)}`);
    return createHmac('sha256', key).update(name).digest();
  }
}
