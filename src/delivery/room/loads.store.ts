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

/** What room is taken and what is given back, for so many grams. No departure is in both. */
export interface RoomChange {
  take: readonly LimitedRun[];
  back: readonly RunKey[];
  grams: number;
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
   * Takes and gives back room, whoever else asks for it at the moment; or changes nothing, holds no departure any more, and
   * says which have none. All departures are locked by one statement in one order, and whoever did not get what it wanted
   * lets go of them before it looks for others: so no two that take room once can wait for each other. What weighs nothing
   * that anybody knows of takes no room and locks nothing.
   */
  async change(work: UnitOfWork, wanted: RoomChange): Promise<RunKey[]> {
    if (wanted.grams === 0) return this.withoutRoom(work, wanted.take, 0);
    await work.query(`SAVEPOINT room`);
    await this.lock(work, [...wanted.take, ...wanted.back]);
    const full = await this.withoutRoom(work, wanted.take, wanted.grams);
    if (full.length > 0) await work.query(`ROLLBACK TO SAVEPOINT room`);
    else await this.apply(work, wanted);
    await work.query(`RELEASE SAVEPOINT room`);
    return full;
  }

  /** {@link change}, whatever room there is. */
  async changeAnyway(work: UnitOfWork, wanted: RoomChange): Promise<void> {
    if (wanted.grams === 0) return;
    await this.lock(work, [...wanted.take, ...wanted.back]);
    await this.apply(work, wanted);
  }

  /** The rows, made where there are none. A row that is there is locked by the update that does nothing to it. */
  private async lock(work: UnitOfWork, runs: readonly RunKey[]): Promise<void> {
    await work.query(
      `INSERT INTO run_load AS l (from_hub_id, leg_id, day, taken_grams)
       SELECT r."fromHubId", r."legId", r.day, 0 FROM ${RUNS('$1')} ORDER BY 1, 2, 3
       ON CONFLICT (from_hub_id, leg_id, day) DO UPDATE SET taken_grams = l.taken_grams WHERE false`,
      [JSON.stringify(runs)],
    );
  }

  private async apply(work: UnitOfWork, { take, back, grams }: RoomChange): Promise<void> {
    const changes = [
      ...take.map(run => ({ ...run, grams })),
      ...back.map(run => ({ ...run, grams: -grams })),
    ];
    await work.query(
      `UPDATE run_load l SET taken_grams = l.taken_grams + r.grams
       FROM json_to_recordset($1::json) AS r("fromHubId" uuid, "legId" uuid, day date, grams bigint) WHERE ${OF_RUN}`,
      [JSON.stringify(changes)],
    );
  }
}
