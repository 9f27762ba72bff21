import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { EpcisFault } from '../../codecs/epcis';
import type { UnitOfWork } from '../../platform/database';
import type { Json, ReadEvent } from './document-rules';
import type { AnswerOrder, Cursor, Narrowed } from './query-rules';

/** Whose events: a partner's, tried in its sandbox or for real. */
export interface EventsOwner {
  partnerId: string;
  trial: boolean;
}

/** A kept event. */
export interface EventRow {
  id: string;
  event: Json;
  context: unknown[];
  eventAt: number;
  recordedAt: Date;
}

export interface CaptureRow {
  id: string;
  createdAt: Date;
  finishedAt: Date;
  behaviour: 'rollback' | 'proceed';
  errors: EpcisFault[];
}

interface StoredEvent {
  id: string;
  event: string;
  context: string;
  eventAt: string;
  recordedAt: Date;
}

const EVENT = `id, event, context, event_at::text AS "eventAt", recorded_at AS "recordedAt"`;
const CAPTURE = `id, created_at AS "createdAt", finished_at AS "finishedAt", behaviour, errors`;

@Injectable()
export class EpcisStore {
  /** Keeps those that say what none kept before says; how many. Of one document, in its order. */
  async add(
    work: UnitOfWork,
    { partnerId, trial }: EventsOwner,
    events: readonly (ReadEvent & { id: string })[],
    capture: { id: string; at: Date },
  ): Promise<number> {
    const rows = events.map(({ event, context, ...row }) => ({
      ...row,
      event: JSON.stringify(event),
      context: JSON.stringify(context),
    }));
    const kept = await work.query(
      `INSERT INTO epcis_event (partner_id, trial, hash, declaration, id, capture_id, event_id, event_at, recorded_at,
         things, event, context)
       SELECT $1, $2, hash, declaration, id, $3, "eventId", "eventAt", $4, things, event, context
       FROM jsonb_to_recordset($5::jsonb) AS e(hash text, declaration text, id uuid, "eventId" text, "eventAt" bigint,
         things text[], event text, context text)
       ON CONFLICT DO NOTHING RETURNING id`,
      [partnerId, trial, capture.id, capture.at, JSON.stringify(rows)],
    );
    return kept.length;
  }

  async addCapture(work: UnitOfWork, { partnerId, trial }: EventsOwner, row: CaptureRow): Promise<void> {
    await work.query(
      `INSERT INTO epcis_capture (partner_id, id, trial, created_at, finished_at, behaviour, errors)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [partnerId, row.id, trial, row.createdAt, row.finishedAt, row.behaviour, JSON.stringify(row.errors)],
    );
  }

  async capture(work: UnitOfWork, { partnerId, trial }: EventsOwner, id: string): Promise<CaptureRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<CaptureRow & { errors: string }>(
      `SELECT ${CAPTURE} FROM epcis_capture WHERE partner_id = $1 AND trial = $2 AND id = $3`,
      [partnerId, trial, id],
    );
    return row ? captured(row) : null;
  }

  /** The newest first, those before `before` when it is given. */
  async captures(
    work: UnitOfWork,
    { partnerId, trial }: EventsOwner,
    before: string | null,
    most: number,
  ): Promise<CaptureRow[]> {
    const rows = await work.query<CaptureRow & { errors: string }>(
      `SELECT ${CAPTURE} FROM epcis_capture
       WHERE partner_id = $1 AND trial = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [partnerId, trial, before, most],
    );
    return rows.map(captured);
  }

  /** The next events in an order, after a cursor. */
  async next(
    work: UnitOfWork,
    { partnerId, trial }: EventsOwner,
    asked: { order: AnswerOrder; narrowed: Narrowed; after: Cursor | null; most: number },
  ): Promise<EventRow[]> {
    const { order, narrowed, after, most } = asked;
    const [than, direction] = order.descending ? ['<', 'DESC'] : ['>', 'ASC'];
    const byTime = order.by === 'eventTime';
    const rows = await work.query<StoredEvent>(
      `SELECT ${EVENT} FROM epcis_event
       WHERE partner_id = $1 AND trial = $2
         AND ($3::uuid IS NULL OR ${byTime ? `(event_at, id) ${than} ($4::bigint, $3)` : `($4::bigint IS NULL AND id ${than} $3)`})
         AND ($5::bigint IS NULL OR event_at >= $5) AND ($6::bigint IS NULL OR event_at < $6)
         AND ($7::timestamptz IS NULL OR recorded_at >= $7) AND ($8::timestamptz IS NULL OR recorded_at < $8)
         AND ($9::text[] IS NULL OR things && $9)
       ORDER BY ${byTime ? `event_at ${direction}, ` : ''}id ${direction} LIMIT $10`,
      [
        partnerId,
        trial,
        after?.id ?? null,
        byTime ? (after?.eventAt ?? 0) : null,
        narrowed.eventFrom,
        narrowed.eventBefore,
        narrowed.recordedFrom,
        narrowed.recordedBefore,
        narrowed.things,
        most,
      ],
    );
    return rows.map(stored);
  }

  /** By its own id, or by its hash; the newest that has it. */
  async event(work: UnitOfWork, { partnerId, trial }: EventsOwner, id: string): Promise<EventRow | null> {
    const [row] = await work.query<StoredEvent>(
      `SELECT ${EVENT} FROM epcis_event WHERE partner_id = $1 AND trial = $2 AND (event_id = $3 OR hash = $3)
       ORDER BY id DESC LIMIT 1`,
      [partnerId, trial, id],
    );
    return row ? stored(row) : null;
  }

  /** False when there is one of that name. */
  async addQuery(work: UnitOfWork, partnerId: string, name: string, query: Json, at: Date): Promise<boolean> {
    const added = await work.query(
      `INSERT INTO epcis_query (partner_id, name, query, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING name`,
      [partnerId, name, JSON.stringify(query), at],
    );
    return added.length === 1;
  }

  async queries(work: UnitOfWork, partnerId: string): Promise<{ name: string; query: Json }[]> {
    const rows = await work.query<{ name: string; query: string }>(
      `SELECT name, query FROM epcis_query WHERE partner_id = $1 ORDER BY name`,
      [partnerId],
    );
    return rows.map(({ name, query }) => ({ name, query: JSON.parse(query) as Json }));
  }

  async removeQuery(work: UnitOfWork, partnerId: string, name: string): Promise<boolean> {
    const gone = await work.query(
      `DELETE FROM epcis_query WHERE partner_id = $1 AND name = $2 RETURNING name`,
      [partnerId, name],
    );
    return gone.length === 1;
  }
}

const captured = ({ errors, ...row }: CaptureRow & { errors: string }): CaptureRow => ({
  ...row,
  errors: JSON.parse(errors) as EpcisFault[],
});

const stored = ({ event, context, eventAt, ...row }: StoredEvent): EventRow => ({
  ...row,
  event: JSON.parse(event) as Json,
  context: JSON.parse(context) as unknown[],
  eventAt: Number(eventAt),
});
