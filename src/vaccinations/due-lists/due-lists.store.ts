import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import type { UnitOfWork } from '../../platform/database';

/** Which doses to come are asked for. */
export interface DueFilter {
  areaIds: readonly string[];
  from: CivilDate | null;
  to: CivilDate;
  /** They may still be given on this day. */
  stillOn: CivilDate;
  vaccineGroup: string | null;
  /** Past the day after which they are overdue on the last day; null: either. */
  overdue: boolean | null;
}

export interface DueRow {
  areaId: string;
  recommended: CivilDate;
  personId: string;
  vaccineGroup: string;
  seriesGroup: string;
  doseNumber: number | null;
  pastDue: CivilDate | null;
  latest: CivilDate | null;
  overdue: boolean;
  vaccines: string[];
}

/** Parameters 1 to 6 are the filter's. The first two columns of the index lead; what else is asked is in it too. */
const FILTER = `f.status = 'not-complete' AND f.area_id = ANY ($1::uuid[])
  AND f.recommended >= coalesce($2::date, '-infinity') AND f.recommended <= $3::date
  AND (f.latest IS NULL OR f.latest >= $4::date) AND ($5::text IS NULL OR f.vaccine_group = $5)
  AND ($6::boolean IS NULL OR coalesce(f.past_due < $3::date, false) = $6)`;

const paramsOf = (filter: DueFilter): unknown[] => [
  filter.areaIds,
  filter.from,
  filter.to,
  filter.stillOn,
  filter.vaccineGroup,
  filter.overdue,
];

@Injectable()
export class DueListsStore {
  /** Doses after a row, in the order of the index: by area, then by how long they have been recommended. */
  due(
    work: UnitOfWork,
    filter: DueFilter,
    after: Pick<DueRow, 'areaId' | 'recommended' | 'personId' | 'vaccineGroup' | 'seriesGroup'> | null,
    limit: number,
  ): Promise<DueRow[]> {
    const key = after && [
      after.areaId,
      after.recommended,
      after.personId,
      after.vaccineGroup,
      after.seriesGroup,
    ];
    // Areas before the page's are left out here, so that the scan begins at the first that matters.
    const areaIds = after ? filter.areaIds.filter(id => id >= after.areaId) : filter.areaIds;
    return work.query(
      `SELECT f.area_id AS "areaId", f.recommended::text, f.person_id AS "personId", f.vaccine_group AS "vaccineGroup",
              f.series_group AS "seriesGroup", f.dose_number AS "doseNumber", f.past_due::text AS "pastDue",
              f.latest::text, coalesce(f.past_due < $3::date, false) AS overdue, f.vaccines
       FROM vaccine_group_forecast f
       WHERE ${FILTER} ${key ? `AND (f.area_id, f.recommended, f.person_id, f.vaccine_group, f.series_group) > ($8::uuid, $9::date, $10::uuid, $11::text, $12::text)` : ''}
       ORDER BY f.area_id, f.recommended, f.person_id, f.vaccine_group, f.series_group LIMIT $7`,
      [...paramsOf({ ...filter, areaIds }), limit, ...(key ?? [])],
    );
  }

  /** How many, by vaccine group and by the vaccines that count. */
  totals(
    work: UnitOfWork,
    filter: DueFilter,
  ): Promise<{ vaccineGroup: string; vaccines: string[]; due: number; overdue: number }[]> {
    return work.query(
      `SELECT f.vaccine_group AS "vaccineGroup", f.vaccines, count(*)::int - count(*) FILTER (WHERE f.past_due < $3::date)::int AS due,
              count(*) FILTER (WHERE f.past_due < $3::date)::int AS overdue
       FROM vaccine_group_forecast f WHERE ${FILTER} GROUP BY f.vaccine_group, f.vaccines ORDER BY f.vaccine_group`,
      paramsOf(filter),
    );
  }
}
