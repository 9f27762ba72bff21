import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { ForecastLine, KeptForecast } from './kept-forecast';

/** A person's forecast to be kept, and where she is listed. */
export interface ToKeep extends KeptForecast {
  personId: string;
  areaId: string;
}

/** Separates the codes of one list inside a column of lists; no code has it. */
const BETWEEN = '\u001f';

@Injectable()
export class ForecastsStore {
  /**
   * Locks how these persons' forecasts were made, so that whoever makes them anew does so one after another, each on
   * everything the one before could see. The digests of what is kept.
   */
  async lock(work: UnitOfWork, personIds: readonly string[]): Promise<Map<string, Buffer | null>> {
    await work.query(
      `INSERT INTO person_forecast (person_id) SELECT id FROM unnest($1::uuid[]) AS id ORDER BY id
       ON CONFLICT (person_id) DO NOTHING`,
      [personIds],
    );
    const rows = await work.query<{ personId: string; digest: Buffer | null }>(
      `SELECT person_id AS "personId", digest FROM person_forecast
       WHERE person_id = ANY ($1::uuid[]) ORDER BY person_id FOR UPDATE`,
      [personIds],
    );
    return new Map(rows.map(({ personId, digest }) => [personId, digest]));
  }

  /** Notes of all of them how they were made. */
  async mark(
    ctx: Context,
    work: UnitOfWork,
    made: { packId: string; on: string },
    forecasts: readonly ToKeep[],
  ): Promise<void> {
    await work.query(
      `UPDATE person_forecast f SET pack_id = $1, made_on = $2, made_at = $3, valid_until = n.valid_until, digest = n.digest
       FROM unnest($4::uuid[], $5::date[], $6::bytea[]) AS n(person_id, valid_until, digest)
       WHERE f.person_id = n.person_id`,
      [
        made.packId,
        made.on,
        ctx.now(),
        forecasts.map(({ personId }) => personId),
        forecasts.map(({ validUntil }) => validUntil),
        forecasts.map(({ digest }) => digest),
      ],
    );
  }

  /** Replaces the lines of these persons by what they are now; a line that stays as it is is not written. */
  async replace(work: UnitOfWork, forecasts: readonly ToKeep[]): Promise<void> {
    if (forecasts.length === 0) return;
    const lines = forecasts.flatMap(({ personId, areaId, lines: own }) =>
      own.map(line => ({ ...line, personId, areaId })),
    );
    const column = <K extends keyof ForecastLine>(key: K) => lines.map(line => line[key]);
    await work.query(
      `WITH new AS MATERIALIZED (
         SELECT person_id, vaccine_group, series_group, status, dose_number, earliest, recommended, past_due, latest,
                string_to_array(vaccines, '${BETWEEN}') AS vaccines, area_id
         FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::date[], $8::date[], $9::date[],
                     $10::date[], $11::text[], $12::uuid[])
           AS n(person_id, vaccine_group, series_group, status, dose_number, earliest, recommended, past_due, latest,
                vaccines, area_id)),
       gone AS (
         DELETE FROM vaccine_group_forecast f WHERE f.person_id = ANY ($1::uuid[])
           AND NOT EXISTS (SELECT FROM new n WHERE n.person_id = f.person_id AND n.vaccine_group = f.vaccine_group
                             AND n.series_group = f.series_group))
       INSERT INTO vaccine_group_forecast AS f (person_id, vaccine_group, series_group, status, dose_number, earliest,
         recommended, past_due, latest, vaccines, area_id)
       SELECT * FROM new
       ON CONFLICT (person_id, vaccine_group, series_group) DO UPDATE SET status = excluded.status,
         dose_number = excluded.dose_number, earliest = excluded.earliest, recommended = excluded.recommended,
         past_due = excluded.past_due, latest = excluded.latest, vaccines = excluded.vaccines, area_id = excluded.area_id
       WHERE (f.status, f.dose_number, f.earliest, f.recommended, f.past_due, f.latest, f.vaccines, f.area_id)
         IS DISTINCT FROM (excluded.status, excluded.dose_number, excluded.earliest, excluded.recommended,
                           excluded.past_due, excluded.latest, excluded.vaccines, excluded.area_id)`,
      [
        forecasts.map(({ personId }) => personId),
        lines.map(({ personId }) => personId),
        column('vaccineGroup'),
        column('seriesGroup'),
        column('status'),
        column('doseNumber'),
        column('earliest'),
        column('recommended'),
        column('pastDue'),
        column('latest'),
        lines.map(({ vaccines }) => vaccines.join(BETWEEN)),
        lines.map(({ areaId }) => areaId),
      ],
    );
  }

  /** Those of the persons whose forecast was made by another pack, or may have been changed by time, or is not there. */
  async stale(
    work: UnitOfWork,
    personIds: readonly string[],
    { packId, on }: { packId: string; on: string },
  ): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT n.id FROM unnest($1::uuid[]) AS n(id) LEFT JOIN person_forecast f ON f.person_id = n.id
       WHERE f.pack_id IS DISTINCT FROM $2::uuid OR f.valid_until <= $3::date ORDER BY n.id`,
      [personIds, packId, on],
    );
    return rows.map(({ id }) => id);
  }

  /** What is kept of these persons, in no order. */
  linesOf(
    work: UnitOfWork,
    personIds: readonly string[],
  ): Promise<(ForecastLine & { personId: string; areaId: string })[]> {
    return work.query(
      `SELECT person_id AS "personId", area_id AS "areaId", vaccine_group AS "vaccineGroup",
              series_group AS "seriesGroup", status, dose_number AS "doseNumber", earliest::text, recommended::text,
              past_due::text AS "pastDue", latest::text, vaccines
       FROM vaccine_group_forecast WHERE person_id = ANY ($1::uuid[])`,
      [personIds],
    );
  }

  /** Forgets what the lines of these persons were, so that they are written whatever they become. */
  async distrust(work: UnitOfWork, personIds: readonly string[]): Promise<void> {
    await work.query(`UPDATE person_forecast SET digest = NULL WHERE person_id = ANY ($1::uuid[])`, [
      personIds,
    ]);
  }
}
