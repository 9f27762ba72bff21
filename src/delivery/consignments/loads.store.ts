import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';

/** One departure on one day. */
export interface RunKey {
  fromHubId: string;
  legId: string;
  day: string;
}

/** A departure that can only carry so much, in grams. */
export interface LimitedRun extends RunKey {
  mostGrams: number;
}

const RUNS = (parameter: string): string =>
  `json_to_recordset(${parameter}::json) AS r("fromHubId" uuid, "legId" uuid, day date, "mostGrams" bigint)`;
const OF_RUN = `l.from_hub_id = r."fromHubId" AND l.leg_id = r."legId" AND l.day = r.day`;
const NO_ROOM = `coalesce(l.taken_grams, 0) >= r."mostGrams" OR coalesce(l.taken_grams, 0) + $2::bigint > r."mostGrams"`;
const KEY = `r."fromHubId", r."legId", to_char(r.day, 'YYYY-MM-DD') AS day`;

/** What is planned to go along with departures that can only carry so much. */
@Injectable()
export class LoadsStore {
  /** Those of these departures that have no room for so much more, as it was read. */
  withoutRoom(work: UnitOfWork, runs: readonly LimitedRun[], grams: number): Promise<RunKey[]> {
    return work.query(`SELECT ${KEY} FROM ${RUNS('$1')} LEFT JOIN run_load l ON ${OF_RUN} WHERE ${NO_ROOM}`, [
      JSON.stringify(runs),
      grams,
    ]);
  }

  /**
   * Takes room for so much on all of them, whoever else asks for it at the moment; or on none, and says which have none.
   * Departures are locked in one order.
   */
  async take(work: UnitOfWork, runs: readonly LimitedRun[], grams: number): Promise<RunKey[]> {
    await this.add(work, runs, 0);
    await work.query(
      `SELECT FROM run_load l JOIN ${RUNS('$1')} ON ${OF_RUN} ORDER BY l.from_hub_id, l.leg_id, l.day FOR UPDATE OF l`,
      [JSON.stringify(runs)],
    );
    const full = await this.withoutRoom(work, runs, grams);
    if (full.length === 0 && grams > 0) await this.add(work, runs, grams);
    return full;
  }

  /** Takes room on them, whatever there is. */
  async add(work: UnitOfWork, runs: readonly RunKey[], grams: number): Promise<void> {
    await work.query(
      `INSERT INTO run_load AS l (from_hub_id, leg_id, day, taken_grams)
       SELECT r."fromHubId", r."legId", r.day, $2::bigint FROM ${RUNS('$1')} ORDER BY 1, 2, 3
       ON CONFLICT (from_hub_id, leg_id, day) DO UPDATE SET taken_grams = l.taken_grams + excluded.taken_grams
       WHERE excluded.taken_grams > 0`,
      [JSON.stringify(runs), grams],
    );
  }

  async giveBack(work: UnitOfWork, runs: readonly RunKey[], grams: number): Promise<void> {
    if (runs.length === 0 || grams === 0) return;
    await work.query(
      `UPDATE run_load l SET taken_grams = l.taken_grams - $2::bigint FROM ${RUNS('$1')} WHERE ${OF_RUN}`,
      [JSON.stringify(runs), grams],
    );
  }
}
