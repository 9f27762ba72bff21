import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { CountryWords } from '../../localisation';
import type { Context } from '../../platform/context';
import { Database, isReadOnly, type UnitOfWork } from '../../platform/database';
import { Outbox, systemContext } from '../../platform/events';
import { Rounds } from '../../tenancy';
import { PackSections } from '../pack-sections';
import { programmeCameIntoForce } from '../programmes.events';
import { ProgrammesStore } from '../programmes.store';
import { PublicationsStore } from './publications.store';

/** How often the workers look what is due where nobody asks for the programme. */
const ROUND_SECONDS = 15;

/**
 * Brings what is due into force: the rows of products, areas and profile, the fact and the record that it happened, in
 * one transaction. Whoever comes first does it, a worker on its round or any process that needs the programme; for the
 * others it has happened. Cut off half-way, nothing of it has, and the next one does it.
 */
@Injectable()
export class ComeIntoForce implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly publications: PublicationsStore,
    private readonly sections: PackSections,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly words: CountryWords,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'a programme that is due is not in force';
    this.rounds.add({ seconds: ROUND_SECONDS, fault, run: ctx => this.run(ctx) });
  }

  /** Whether something came into force. Nothing does in a country that may not be written; it will when it may again. */
  async run(caller: Context): Promise<boolean> {
    if (!caller.tenant || isReadOnly(caller.tenant)) return false;
    const ctx = { ...systemContext(caller.tenant), now: caller.now, traceId: caller.traceId };
    const due = await this.database.readShared(ctx, work => this.publications.due(work, ctx.now()));
    if (!due) return false;
    const entered = await this.database.writeShared(ctx, work => this.in(ctx, work));
    if (entered) this.words.forget(ctx);
    return entered;
  }

  /** As {@link run}, in the caller's own transaction; `at` is the time that counts. */
  async in(ctx: Context, work: UnitOfWork, at = ctx.now()): Promise<boolean> {
    const due = await this.publications.due(work, at);
    const previousPackId = await this.store.currentId(work);
    if (!due || !(await this.publications.enter(ctx, work, due.id))) return false;
    const { packId } = due;
    await this.sections.apply(ctx, work, (await this.store.content(work, packId))!);
    this.outbox.announce(ctx, work, programmeCameIntoForce, packId, { packId, previousPackId });
    this.audit.record(ctx, work, {
      action: 'pack.come-into-force',
      resource: { type: 'country-pack', id: packId },
      detail: { publication: due.number },
    });
    return true;
  }
}
