import { Injectable } from '@nestjs/common';
import { selectEvents } from '../../codecs/epcis';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { answerDocument, answered, type Json } from './document-rules';
import { EpcisProblem } from './epcis-problems';
import { EpcisStore, type EventRow, type EventsOwner } from './epcis.store';
import { mayOwn } from './events-owner';
import { type Cursor, cursorText, type EventsQuery, narrowedBy, orderOf } from './query-rules';

/** Events read from the database at once. */
const BATCH = 200;
/** Events looked at for one page: a search that finds little gives a short page and where to go on. */
const MOST_LOOKED_AT = 5_000;

/** One page of an answer: the document, and where the next page starts. */
export interface EventsPage {
  document: Json;
  next: string | null;
}

/** Asks the caller's events. What the database cannot narrow down is asked of each event, by the codec's own rules. */
@Injectable()
export class QueryEvents {
  constructor(
    private readonly database: Database,
    private readonly store: EpcisStore,
  ) {}

  /** Throws QueryTooLargeException above `maxEventCount`. */
  async run(ctx: Context, query: EventsQuery, queryName = 'SimpleEventQuery'): Promise<EventsPage> {
    const owner = mayOwn(ctx, 'event.read');
    const { rows, next } = await this.database.read(ctx, work => this.page(work, owner, query));
    const shown = rows.map(row => ({ ...row, event: answered(row.event, row.recordedAt) }));
    return {
      document: answerDocument(shown, { at: ctx.now(), queryName, id: ctx.newId() }),
      next: next && cursorText(next),
    };
  }

  private async page(
    work: UnitOfWork,
    owner: EventsOwner,
    { parameters, perPage, after }: EventsQuery,
  ): Promise<{ rows: EventRow[]; next: Cursor | null }> {
    const order = orderOf(parameters);
    const narrowed = narrowedBy(parameters);
    const before = after?.found ?? 0;
    const wanted = Math.min(perPage, order.limit === null ? perPage : Math.max(0, order.limit - before));
    const rows: EventRow[] = [];
    let cursor = after;
    for (let looked = 0; looked < MOST_LOOKED_AT; looked += BATCH) {
      const batch = await this.store.next(work, owner, { order, narrowed, after: cursor, most: BATCH });
      for (const row of batch) {
        if (rows.length >= wanted)
          return { rows, next: this.goOn(order.limit, before + rows.length, cursor) };
        cursor = { eventAt: order.by === 'eventTime' ? row.eventAt : null, id: row.id, found: before };
        if (fits(row, parameters)) rows.push(row);
        if (order.most !== null && before + rows.length > order.most)
          throw new EpcisProblem('QueryTooLargeException');
      }
      if (batch.length < BATCH) return { rows, next: null };
    }
    return { rows, next: this.goOn(order.limit, before + rows.length, cursor) };
  }

  /** Nowhere, when as many were found as were asked for. */
  private goOn(limit: number | null, found: number, cursor: Cursor | null): Cursor | null {
    return cursor && (limit === null || found < limit) ? { ...cursor, found } : null;
  }
}

function fits(row: EventRow, parameters: Json): boolean {
  const selected = selectEvents([answered(row.event, row.recordedAt)], parameters);
  return selected.ok && selected.events.length === 1;
}
