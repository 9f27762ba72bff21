import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { Rounds } from '../../tenancy';
import { personErased } from '../registry.events';
import { ErasePerson } from './erase-person';
import { ErasureList } from './erasure-list';
import { ErasuresStore } from './erasures.store';

const TOGETHER = 500;

/**
 * Keeps the list of the erased outside the database, and erases again whoever a copy of the database has brought back:
 * every few minutes by itself, and by a command before a restored service opens its doors.
 */
@Injectable()
export class ReplayErasures implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: ErasuresStore,
    private readonly erase: ErasePerson,
    private readonly list: ErasureList,
    private readonly listeners: FactListeners,
    private readonly rounds: Rounds,
  ) {}

  onModuleInit(): void {
    this.listeners.on(personErased, async (ctx, { payload }) =>
      this.list.add(ctx.tenant!.code, [payload.personId]),
    );
  }

  onApplicationBootstrap(): void {
    const fault = 'erasures could not be compared with their list';
    this.rounds.add({ seconds: 300, fault, run: ctx => this.run(ctx) });
  }

  /** How many people were erased again, and how many were missing on the list. Also in a suspended country. */
  async run(ctx: Context): Promise<{ erased: number; listed: number }> {
    const listed = await this.list.all(ctx.tenant!.code);
    return { erased: await this.eraseAgain(ctx, [...listed]), listed: await this.complete(ctx, listed) };
  }

  private async eraseAgain(ctx: Context, listed: readonly string[]): Promise<number> {
    let erased = 0;
    for (let at = 0; at < listed.length; at += TOGETHER) {
      const here = listed.slice(at, at + TOGETHER);
      const standing = await this.database.read(ctx, work => this.store.standing(work, here));
      for (const personId of standing) if (await this.eraseOne(ctx, personId)) erased++;
    }
    return erased;
  }

  /** What was decided once is not decided again: no hold placed in the copy stands in the way. */
  private eraseOne(ctx: Context, personId: string): Promise<boolean> {
    return this.database.writeEvenIfSuspended(ctx, async work => {
      if (!(await this.store.lock(work, personId))) return false;
      await this.store.noteRestored(ctx, work, personId);
      await this.erase.in(ctx, work, personId, 'RESTORED');
      return true;
    });
  }

  private async complete(ctx: Context, listed: ReadonlySet<string>): Promise<number> {
    let added = 0;
    let page: { id: string; personId: string }[] = [];
    do {
      const after = page.at(-1)?.id ?? null;
      page = await this.database.read(ctx, work => this.store.erased(work, after, TOGETHER));
      const missing = page.map(({ personId }) => personId).filter(id => !listed.has(id));
      await this.list.add(ctx.tenant!.code, missing);
      added += missing.length;
    } while (page.length === TOGETHER);
    return added;
  }
}
