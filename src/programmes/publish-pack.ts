import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { CountryWords } from '../localisation';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, type UnitOfWork } from '../platform/database';
import { AppError, notFound } from '../platform/errors';
import { ConfigureTenant } from '../tenancy';
import { PackSections } from './pack-sections';
import { Programmes } from './programmes';
import { type PackRow, ProgrammesStore, type PublicationKind } from './programmes.store';

/** Puts a drafted pack in force, or goes back to the one before: in one transaction, whole or not at all. */
@Injectable()
export class PublishPack {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly sections: PackSections,
    private readonly programmes: Programmes,
    private readonly words: CountryWords,
    private readonly audit: AuditTrail,
    private readonly configure: ConfigureTenant,
  ) {}

  /** Throws NOT_FOUND. Publishing what is in force already changes nothing. */
  async publish(ctx: Context, input: { id: string }): Promise<PackRow> {
    may(ctx, 'pack.publish');
    return this.run(ctx, 'PUBLISH', null, async work => (await this.store.pack(work, input.id))?.id ?? null);
  }

  /** Throws STATE_FORBIDS when no other pack was in force before. */
  async rollBack(ctx: Context, input: { reason: string }): Promise<PackRow> {
    may(ctx, 'pack.publish');
    return this.run(ctx, 'ROLLBACK', input.reason, async work => {
      const previous = await this.store.previousId(work);
      if (!previous) throw new AppError('STATE_FORBIDS', { state: ctx.tenant!.state });
      return previous;
    });
  }

  private async run(
    ctx: Context,
    kind: PublicationKind,
    reason: string | null,
    choose: (work: UnitOfWork) => Promise<string | null>,
  ): Promise<PackRow> {
    const row = await this.database.write(ctx, async work => {
      const id = await choose(work);
      const pack = id ? await this.store.content(work, id) : null;
      if (!id || !pack) throw notFound();
      if ((await this.store.currentId(work)) !== id) {
        await this.store.publish(ctx, work, id, kind, reason);
        await this.sections.apply(ctx, work, pack);
        this.audit.record(ctx, work, {
          action: `pack.${kind.toLowerCase()}`,
          resource: { type: 'country-pack', id },
        });
      }
      return (await this.store.pack(work, id))!;
    });
    this.programmes.forget(ctx);
    this.words.forget(ctx);
    await this.configure.run(ctx);
    return row;
  }
}
