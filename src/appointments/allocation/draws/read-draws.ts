import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../audit';
import type { SessionKey } from '../../../facilities';
import { mayAnywhere } from '../../../platform/access';
import type { Context } from '../../../platform/context';
import { Database } from '../../../platform/database';
import { Persons } from '../../../registry';
import type { Draw, DrawEntryView } from './draw.graphql';
import { drawView, entryView } from './draw-view';
import { DrawsStore } from './draws.store';

/** Draws, for everybody; entries, for whoever entered. */
@Injectable()
export class ReadDraws {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly store: DrawsStore,
    private readonly audit: AuditTrail,
  ) {}

  /** The draw of a session; null when its places are given out in no such way. Public. */
  ofSession(ctx: Context, key: SessionKey): Promise<Draw | null> {
    return this.database.read(ctx, async work => {
      const draw = await this.store.ofSession(work, key);
      return draw && drawView(draw, await this.store.entered(work, draw));
    });
  }

  /** The entries of the people whom the citizen acts for, the newest first. */
  mine(ctx: Context): Promise<DrawEntryView[]> {
    mayAnywhere(ctx, 'appointment.book-own');
    return this.database.read(ctx, async work => {
      const people = await this.persons.peopleOf(ctx, work, ctx.actor.id!);
      const rows = await this.store.ofPeople(
        work,
        people.map(({ id }) => id),
      );
      for (const personId of new Set(rows.map(row => row.personId)))
        this.audit.record(ctx, work, {
          action: 'draw.read',
          resource: { type: 'person', id: personId },
          personId,
        });
      return rows.map(entryView);
    });
  }
}
