import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type Page, type PageRequest, pageOf } from '../../common';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { mayFor, Persons } from '../persons';
import { lookObjected } from '../registry.events';
import type { Finding } from './break-glass.store';
import { ReviewedBefore, ReviewNeedsSecondPerson } from './looks.refusals';
import { type ObjectionRow, ObjectionsStore } from './objections.store';

/** A person sees who looked at her record and objects; the data protection officer finds out and answers. */
@Injectable()
export class ObjectToLook {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly store: ObjectionsStore,
    private readonly outbox: Outbox,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND alike for somebody else's person and for an entry that is not about her. */
  run(ctx: Context, input: { personId: string; entryId: string; text: string }): Promise<ObjectionRow> {
    mayAnywhere(ctx, 'look.object');
    return this.database.write(ctx, async work => {
      const person = await this.persons.byId(ctx, work, input.personId);
      mayFor(ctx, 'look.object', person);
      if (!(await this.store.entry(work, person.id, input.entryId))) throw notFound();
      const id = await this.store.add(ctx, work, { ...input, personId: person.id });
      this.note(ctx, work, 'look.object', person.id, id);
      this.outbox.announce(ctx, work, lookObjected, person.id, { personId: person.id, objectionId: id });
      return (await this.store.one(ctx, work, person.id, id))!;
    });
  }

  /** What was objected to on behalf of one of the caller's people, and what was answered. Throws NOT_FOUND. */
  mine(ctx: Context, personId: string): Promise<ObjectionRow[]> {
    mayAnywhere(ctx, 'look.object');
    return this.database.read(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, 'look.object', person);
      return this.store.ofPerson(ctx, work, person.id);
    });
  }

  /** Newest first. */
  page(ctx: Context, answered: boolean, page: PageRequest): Promise<Page<ObjectionRow>> {
    may(ctx, 'look.review');
    return this.database.read(ctx, async work => {
      const rows = await this.store.page(ctx, work, answered, page);
      for (const { personId, id } of rows.slice(0, page.first))
        this.note(ctx, work, 'look.read-objection', personId, id);
      return pageOf(rows, page.first, ({ id }) => id);
    });
  }

  /** Whoever looked does not answer. Throws NOT_FOUND. */
  answer(
    ctx: Context,
    input: { personId: string; objectionId: string; finding: Finding; answer: string },
  ): Promise<ObjectionRow | ReviewNeedsSecondPerson | ReviewedBefore> {
    may(ctx, 'look.review');
    return this.database.write(ctx, async work => {
      const row = await this.store.one(ctx, work, input.personId, input.objectionId);
      if (!row) throw notFound();
      const entry = await this.store.entry(work, row.personId, row.entryId);
      if (entry?.actorId === ctx.actor.id)
        return this.refuse(ctx, ReviewNeedsSecondPerson, 'reviewSecondPerson');
      if (row.answeredAt || !(await this.store.answer(ctx, work, row, input)))
        return this.refuse(ctx, ReviewedBefore, 'reviewedBefore');
      this.note(ctx, work, 'look.answer', row.personId, row.id);
      return (await this.store.one(ctx, work, row.personId, row.id))!;
    });
  }

  private note(ctx: Context, work: UnitOfWork, action: string, personId: string, id: string): void {
    this.audit.record(ctx, work, { action, resource: { type: 'look-objection', id }, personId });
  }

  private refuse<Refusal extends object>(ctx: Context, Kind: new () => Refusal, key: string): Refusal {
    return Object.assign(new Kind(), { message: this.texts.say(ctx, `registry.refusal.${key}`) });
  }
}
