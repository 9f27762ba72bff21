import { Injectable } from '@nestjs/common';
import { type AccessLogPage, type AuditRow, AuditStore, AuditTrail, AuditWords } from '../../audit';
import { type PageRequest, pageOf } from '../../common';
import { FacilitiesStore } from '../../facilities';
import { pickText } from '../../localisation';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { mayFor, Persons } from '../persons';

/** A citizen sees who read or wrote the record of one of her people: by role and place, never by a private name. */
@Injectable()
export class ReadAccessLog {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly store: AuditStore,
    private readonly words: AuditWords,
    private readonly facilities: FacilitiesStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND alike for a missing person and for somebody else's. */
  run(ctx: Context, personId: string, page: PageRequest): Promise<AccessLogPage> {
    mayAnywhere(ctx, 'audit.read-own');
    return this.database.read(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, 'audit.read-own', person);
      const { items, endCursor } = pageOf(
        await this.store.entriesAbout(work, person.id, page),
        page.first,
        row => row.id,
      );
      this.audit.record(ctx, work, {
        action: 'audit.read-own',
        resource: { type: 'person', id: person.id },
        personId: person.id,
      });
      const names = await this.facilityNames(ctx, work, items);
      return {
        endCursor,
        items: items.map(entry => ({
          ...entry,
          who: this.words.actor(ctx, entry),
          own: entry.actorId !== null && entry.actorId === ctx.actor.id,
          actionText: this.words.action(ctx, entry.action),
          facilityName: (entry.facilityId && names.get(entry.facilityId)) || null,
        })),
      };
    });
  }

  private async facilityNames(
    ctx: Context,
    work: UnitOfWork,
    entries: readonly AuditRow[],
  ): Promise<Map<string, string>> {
    const ids = new Set(entries.flatMap(entry => entry.facilityId ?? []));
    const names = new Map<string, string>();
    for (const id of ids) {
      const facility = await this.facilities.facility(work, id);
      if (facility) names.set(id, pickText(facility.names, ctx.languages) ?? facility.code);
    }
    return names;
  }
}
