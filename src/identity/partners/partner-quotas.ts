import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Actor, Context } from '../../platform/context';
import { AppError } from '../../platform/errors';
import { systemContext } from '../../platform/events';
import { Planes } from '../planes';
import { minuteOf } from './partner-rules';
import { PartnersStore } from './partners.store';

/**
 * How many requests a partner makes in a minute, over all processes, said in the headers of every answer to it (`RateLimit`
 * and `RateLimit-Policy`, draft-ietf-httpapi-ratelimit-headers); above it 429 with `Retry-After` (RFC 6585, RFC 9110).
 */
@Injectable()
export class PartnerQuotas implements OnModuleInit {
  private readonly said = new WeakMap<object, Record<string, string>>();

  constructor(
    private readonly planes: Planes,
    private readonly store: PartnersStore,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    this.host.httpAdapter
      .getInstance<FastifyInstance>()
      .addHook('onSend', (request, reply, _payload, done) => {
        const said = this.said.get(request.headers);
        if (said) void reply.headers(said);
        done();
      });
  }

  /**
   * Counts a request of anybody's; only partners have a quota. `headers` are the request's own, by which its answer
   * is found. Throws RATE_LIMITED above the quota, UNAUTHENTICATED for a partner that was suspended.
   */
  async count(ctx: Pick<Context, 'tenant' | 'now'>, actor: Actor, headers: object): Promise<void> {
    if (actor.kind !== 'partner') return;
    const { start, secondsLeft } = minuteOf(ctx.now());
    const found = await this.planes.write(systemContext(ctx.tenant), 'partner', work =>
      this.store.use(work, actor.id!, start),
    );
    if (!found) throw new AppError('UNAUTHENTICATED');
    const left = Math.max(0, found.most - found.used);
    const over = found.used > found.most;
    this.said.set(headers, {
      'ratelimit-policy': `"minute";q=${found.most};w=60`,
      ratelimit: `"minute";r=${left};t=${secondsLeft}`,
      ...(over ? { 'retry-after': String(secondsLeft) } : {}),
    });
    if (over) throw new AppError('RATE_LIMITED', { seconds: secondsLeft });
  }
}
