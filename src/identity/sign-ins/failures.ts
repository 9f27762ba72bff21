import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { networkOf } from '../../common';
import type { ActorKind, Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { KeyManagement } from '../../platform/keys';
import { planeName } from '../planes';
import { SignInTriesStore } from './sign-in-tries.store';

/** What is counted together, e.g. all passwords from one network, and how often it may fail in a quarter of an hour. */
export interface FailureLimit {
  name: string;
  most: number;
}

/**
 * Bounds what somebody costs who tries many names, of whom none is tried often enough to be locked: passwords sprayed over
 * all staff, assertions of made-up clients. Only what failed is counted, and after it: who does everything right is never
 * slowed down, however many of them share a network.
 */
@Injectable()
export class Failures {
  constructor(
    private readonly store: SignInTriesStore,
    private readonly keys: KeyManagement,
  ) {}

  /**
   * Throws RATE_LIMITED when one of them has failed too often, for the rest of the quarter of an hour that its first
   * began.
   */
  async mustBeFew(
    ctx: Context,
    work: UnitOfWork,
    kind: ActorKind,
    limits: readonly FailureLimit[],
  ): Promise<void> {
    const hashes = limits.map(({ name }) => this.hashOf(ctx, kind, name));
    const failed = await this.store.failures(work, hashes, ctx.now());
    const over = failed.flatMap((one, at) =>
      one && one.failures >= limits[at]!.most ? one.until.getTime() : [],
    );
    if (over.length === 0) return;
    const seconds = Math.ceil((Math.max(...over) - ctx.now().getTime()) / 1000);
    throw new AppError('RATE_LIMITED', { seconds: Math.max(1, seconds) });
  }

  /** One more failure of each. */
  count(ctx: Context, work: UnitOfWork, kind: ActorKind, limits: readonly FailureLimit[]): Promise<void> {
    return this.store.fail(
      work,
      limits.map(({ name }) => this.hashOf(ctx, kind, name)),
      ctx.now(),
    );
  }

  private hashOf(ctx: Context, kind: ActorKind, name: string): Buffer {
    const key = this.keys.derive(`sign-in-failures:${planeName(ctx, kind)}`);
    return createHmac('sha256', key).update(name).digest();
  }
}

/** The network that a caller is in, as a name to count by. */
export const networkName = (ctx: Context): string => networkOf(ctx.address) ?? 'nowhere';
