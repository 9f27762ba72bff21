import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import { storableJson, type UnitOfWork } from '../../platform/database';

/** How a pending dose was told. */
export type PendingSource = 'OFFLINE' | 'PAPER';

/** What names a pending dose before it has an id of ours: who told of it, and what it is called there. */
export interface ToldKey {
  facilityId: string;
  toldBy: string;
  clientId: string;
}

/** A dose that was told and not recorded. */
export interface NewPending extends ToldKey {
  id: string;
  source: PendingSource;
  /** A PendingCause. */
  cause: string;
  /** What was told, whole. */
  content: object;
  givenOn: CivilDate | null;
  at: Date;
}

/** A dose as it stands in the backlog. */
export interface PendingRow extends ToldKey {
  id: string;
  source: PendingSource;
  cause: string;
  content: Record<string, unknown>;
  givenOn: CivilDate | null;
  toldAt: Date;
  state: 'PENDING' | 'RECORDED' | 'DISMISSED';
}

/** A line of the board; ages in days since they were given, or told where that is not known. */
export interface BacklogCount {
  facilityId: string;
  source: PendingSource;
  cause: string;
  doses: number;
  upTo7Days: number;
  upTo30Days: number;
  older: number;
  oldest: CivilDate;
}

@Injectable()
export class PendingStore {
  /**
   * Keeps doses as pending. One told again takes the newest content and cause, and stays dismissed when it was dismissed;
   * the ids, in order. No two may have the same key.
   */
  async keep(work: UnitOfWork, rows: readonly NewPending[]): Promise<string[]> {
    if (rows.length === 0) return [];
    const kept = await work.query<ToldKey & { id: string }>(
      `INSERT INTO pending_dose AS p
         (facility_id, id, source, told_by, client_id, cause, content, given_on, told_at, told_again_at, state)
       SELECT "facilityId", id, source, "toldBy", "clientId", cause, content, "givenOn", at, at, 'PENDING'
       FROM json_to_recordset($1::json) AS d("facilityId" uuid, id uuid, source text, "toldBy" text, "clientId" text,
         cause text, content jsonb, "givenOn" date, at timestamptz)
       ON CONFLICT ON CONSTRAINT pending_dose_told_unique DO UPDATE
         SET cause = excluded.cause, content = excluded.content, given_on = excluded.given_on,
             told_again_at = excluded.told_again_at,
             state = CASE p.state WHEN 'RECORDED' THEN 'PENDING' ELSE p.state END,
             vaccination_id = NULL, person_id = NULL,
             resolved_at = CASE p.state WHEN 'DISMISSED' THEN p.resolved_at END,
             resolved_by = CASE p.state WHEN 'DISMISSED' THEN p.resolved_by END
       RETURNING id, facility_id AS "facilityId", told_by AS "toldBy", client_id AS "clientId"`,
      [storableJson(rows)],
    );
    const ids = new Map(kept.map(row => [keyOf(row), row.id]));
    return rows.map(row => ids.get(keyOf(row)) ?? row.id);
  }

  /** What is pending, by facility, source and cause; the most first, a thousand lines at most. */
  board(
    work: UnitOfWork,
    where: { facilityId: string | null; areaId: string | null },
    today: CivilDate,
  ): Promise<BacklogCount[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", source, cause, count(*)::int AS doses,
              count(*) FILTER (WHERE age <= 7)::int AS "upTo7Days",
              count(*) FILTER (WHERE age BETWEEN 8 AND 30)::int AS "upTo30Days",
              count(*) FILTER (WHERE age > 30)::int AS older, to_char(min(day), 'YYYY-MM-DD') AS oldest
       FROM (SELECT p.facility_id, p.source, p.cause, coalesce(p.given_on, p.told_at::date) AS day,
                    $3::date - coalesce(p.given_on, p.told_at::date) AS age
             FROM pending_dose p JOIN facility f ON f.id = p.facility_id JOIN area a ON a.id = f.area_id
             WHERE p.state = 'PENDING' AND ($1::uuid IS NULL OR p.facility_id = $1)
               AND ($2::uuid IS NULL OR a.path @> ARRAY[$2::uuid])) aged
       GROUP BY facility_id, source, cause ORDER BY doses DESC, facility_id, source, cause LIMIT 1000`,
      [where.facilityId, where.areaId, today],
    );
  }

  pendingAt(
    work: UnitOfWork,
    facilityId: string,
    { cause, after, limit }: { cause: string | null; after: string | null; limit: number },
  ): Promise<PendingRow[]> {
    return work.query(
      `SELECT ${PENDING} FROM pending_dose WHERE facility_id = $1 AND state = 'PENDING'
         AND ($2::text IS NULL OR cause = $2) AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4`,
      [facilityId, cause, after, limit],
    );
  }

  async pending(work: UnitOfWork, facilityId: string, id: string): Promise<PendingRow | null> {
    const [row] = await work.query<PendingRow>(
      `SELECT ${PENDING} FROM pending_dose WHERE facility_id = $1 AND id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** To whom doses were recorded that had been pending under these keys, by the dose. */
  async recipients(work: UnitOfWork, keys: readonly ToldKey[]): Promise<ReadonlyMap<string, string>> {
    const rows = await work.query<{ vaccinationId: string; personId: string }>(
      `SELECT r.* FROM unnest($1::uuid[], $2::text[], $3::text[]) k(facility_id, told_by, client_id), LATERAL (
         SELECT vaccination_id AS "vaccinationId", person_id AS "personId" FROM pending_dose p
         WHERE p.facility_id = k.facility_id AND p.told_by = k.told_by AND p.client_id = k.client_id
           AND p.state = 'RECORDED' OFFSET 0) r`,
      [
        keys.map(({ facilityId }) => facilityId),
        keys.map(({ toldBy }) => toldBy),
        keys.map(({ clientId }) => clientId),
      ],
    );
    return new Map(rows.map(({ vaccinationId, personId }) => [vaccinationId, personId]));
  }

  /** False when it is not pending any more. */
  async dismiss(
    work: UnitOfWork,
    facilityId: string,
    id: string,
    { reason, by, at }: { reason: string; by: string | null; at: Date },
  ): Promise<boolean> {
    const done = await work.query(
      `UPDATE pending_dose SET state = 'DISMISSED', dismissed_because = $3, resolved_by = $4, resolved_at = $5
       WHERE facility_id = $1 AND id = $2 AND state = 'PENDING' RETURNING id`,
      [facilityId, id, reason, by, at],
    );
    return done.length === 1;
  }

  /** What was pending under these keys is recorded, to these people. */
  async recorded(
    work: UnitOfWork,
    rows: readonly (ToldKey & { vaccinationId: string; personId: string; at: Date; by: string | null })[],
  ): Promise<void> {
    if (rows.length === 0) return;
    await work.query(
      `UPDATE pending_dose p SET state = 'RECORDED', vaccination_id = d."vaccinationId", person_id = d."personId",
         resolved_at = d.at, resolved_by = d.by, dismissed_because = NULL
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[], $6::text[], $7::uuid[])
         AS d("facilityId", "toldBy", "clientId", "vaccinationId", at, by, "personId")
       WHERE p.facility_id = d."facilityId" AND p.told_by = d."toldBy" AND p.client_id = d."clientId"
         AND p.state <> 'RECORDED'`,
      [
        rows.map(({ facilityId }) => facilityId),
        rows.map(({ toldBy }) => toldBy),
        rows.map(({ clientId }) => clientId),
        rows.map(({ vaccinationId }) => vaccinationId),
        rows.map(({ at }) => at.toISOString()),
        rows.map(({ by }) => by),
        rows.map(({ personId }) => personId),
      ],
    );
  }
}

const PENDING = `id, facility_id AS "facilityId", source, told_by AS "toldBy", client_id AS "clientId", cause, content,
  to_char(given_on, 'YYYY-MM-DD') AS "givenOn", told_at AS "toldAt", state`;

const keyOf = ({ facilityId, toldBy, clientId }: ToldKey): string =>
  `${facilityId.toLowerCase()} ${toldBy} ${clientId}`;
