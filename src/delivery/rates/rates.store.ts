import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { Price, RateList } from './rate-rules';

/** A price list with which one it is and from when on it holds. */
export type PublishedRates = RateList & { version: number; effectiveOn: CivilDate; publishedAt: Date };

const LIST = `l.version, l.currency, to_char(l.effective_on, 'YYYY-MM-DD') AS "effectiveOn", l.mm3_per_gram AS "mm3PerGram",
  l.zones, l.published_at AS "publishedAt",
  (SELECT coalesce(json_agg(json_build_object('service', r.service, 'zone', r.zone, 'upToGrams', r.up_to_grams, 'minor', r.minor)
     ORDER BY r.service, r.zone, r.up_to_grams), '[]') FROM rate r WHERE r.version = l.version) AS rates`;

@Injectable()
export class RatesStore {
  /** Which list holds on a day: the newest of those that hold from then or earlier; null before the first. */
  async versionOn(work: UnitOfWork, day: CivilDate): Promise<number | null> {
    const [row] = await work.query<{ version: number }>(
      `SELECT l.version FROM rate_list l WHERE l.effective_on <= $1::date ORDER BY l.version DESC LIMIT 1`,
      [day],
    );
    return row?.version ?? null;
  }

  async one(work: UnitOfWork, version: number): Promise<PublishedRates | null> {
    const [row] = await work.query<PublishedRates>(`SELECT ${LIST} FROM rate_list l WHERE l.version = $1`, [
      version,
    ]);
    return row ?? null;
  }

  /** The version after the newest. */
  async nextVersion(work: UnitOfWork): Promise<number> {
    const [row] = await work.query<{ version: number }>(
      `SELECT 1 + coalesce(max(version), 0) AS version FROM rate_list`,
    );
    return row!.version;
  }

  /** False when somebody else has published this version meanwhile. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    list: RateList & { version: number; effectiveOn: CivilDate },
  ): Promise<boolean> {
    const added = await work.query(
      `WITH list AS (
         INSERT INTO rate_list (version, currency, effective_on, mm3_per_gram, zones, published_at, actor_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (version) DO NOTHING RETURNING version)
       INSERT INTO rate (version, service, zone, up_to_grams, minor)
       SELECT version, service, zone, "upToGrams", minor FROM list,
         json_to_recordset($8::json) AS r(service text, zone text, "upToGrams" integer, minor integer) RETURNING version`,
      [
        list.version,
        list.currency,
        list.effectiveOn,
        list.mm3PerGram,
        JSON.stringify(list.zones),
        ctx.now(),
        ctx.actor.id,
        JSON.stringify(list.rates),
      ],
    );
    return added.length > 0;
  }

  async charge(work: UnitOfWork, unitId: string, version: number, price: Price): Promise<void> {
    await work.query(
      `INSERT INTO consignment_charge (unit_id, version, service, zone, grams, minor, currency) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [unitId, version, price.service, price.zone, price.grams, price.minor, price.currency],
    );
  }

  /** What was quoted when it was sent; null for what is carried without a price. */
  async chargeOf(work: UnitOfWork, unitId: string): Promise<(Price & { version: number }) | null> {
    const [row] = await work.query<Price & { version: number }>(
      `SELECT service, zone, grams, minor, currency, version FROM consignment_charge WHERE unit_id = $1`,
      [unitId],
    );
    return row ?? null;
  }
}
