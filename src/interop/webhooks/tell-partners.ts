import { Injectable, type OnModuleInit } from '@nestjs/common';
import { consignmentExposed, consignmentMoved, ConsignmentNews, type News } from '../../delivery';
import { partnerChanged } from '../../identity';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { WebhooksStore } from './webhooks.store';

/** Puts down what a partner is to be told of its consignments: by code, status and hub, never a name or an address. */
@Injectable()
export class TellPartners implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly news: ConsignmentNews,
    private readonly store: WebhooksStore,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(consignmentMoved, (ctx, { payload }) => this.run(ctx, payload.unitId));
    this.listeners.on(consignmentExposed, (ctx, { payload }) => this.exposed(ctx, payload));
    this.listeners.on(partnerChanged, (ctx, { payload }) => this.stop(ctx, payload));
  }

  /** A unit was scanned; told of as it stands, and only when that is newer than what was told last. */
  async run(ctx: Context, unitId: string): Promise<void> {
    const partnerId = await this.toldOf(ctx, unitId);
    if (partnerId === null) return;
    await this.database.write(ctx, async work => {
      const news = await this.news.of(work, unitId);
      if (!news) return;
      const told = { partnerId, unitId, happenedAt: news.at };
      const body = (sequence: number): string => JSON.stringify(bodyOf(unitId, sequence, news));
      await this.store.add(work, { ...told, body }, { newId: ctx.newId, at: ctx.now() });
    });
  }

  /** It was too cold or too warm around a unit. That is no status: it comes after what was told, and holds nothing back. */
  async exposed(ctx: Context, { unitId, ...exposure }: { unitId: string } & Exposure): Promise<void> {
    const partnerId = await this.toldOf(ctx, unitId);
    if (partnerId === null) return;
    const body = (sequence: number): string =>
      JSON.stringify(exposureOf(unitId, sequence, exposure, ctx.now()));
    await this.database.write(ctx, work =>
      this.store.add(
        work,
        { partnerId, unitId, happenedAt: null, body },
        { newId: ctx.newId, at: ctx.now() },
      ),
    );
  }

  /** The partner that sent a unit, if it is told anything. */
  private toldOf(ctx: Context, unitId: string): Promise<string | null> {
    return this.database.read(ctx, async work => {
      const senderId = await this.news.senderOf(work, unitId);
      return senderId !== null && (await this.store.isTold(work, senderId)) ? senderId : null;
    });
  }

  /** Whoever is cut off, or begins again in its sandbox, is told nothing until it proves its webhooks anew. */
  async stop(ctx: Context, { partnerId, state }: { partnerId: string; state: string }): Promise<void> {
    if (state === 'PRODUCTION') return;
    await this.database.write(ctx, work => this.store.stopAll(work, partnerId));
  }
}

/** What a message says; a change that a receiver could stumble over gets another type. */
const bodyOf = (unit: string, sequence: number, { status, reason, at, hub, dueAt }: News): object => ({
  type: 'consignment.status.v1',
  timestamp: new Date(at / 1000).toISOString(),
  data: { unit, sequence, status, reason, at: new Date(at / 1000).toISOString(), hub, dueAt },
});

interface Exposure {
  side: 'low' | 'high';
  since: string;
}

const exposureOf = (unit: string, sequence: number, { side, since }: Exposure, now: Date): object => ({
  type: 'consignment.temperature.v1',
  timestamp: now.toISOString(),
  data: { unit, sequence, fault: side === 'low' ? 'TOO_COLD' : 'TOO_WARM', since },
});
