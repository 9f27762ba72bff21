import { setImmediate as others } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { civilNow, Places } from '../../facilities';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type Programme, Programmes } from '../../programmes';
import { PeopleToPlan, type PersonToPlan } from '../../registry';
import { VaccinationsStore } from '../vaccinations.store';
import { keptForecast } from './kept-forecast';
import { ForecastsStore, type ToKeep } from './forecasts.store';

/** Where people are listed of whom nobody knows where they live: the nil UUID (RFC 9562 §5.9). */
export const NOWHERE = '00000000-0000-0000-0000-000000000000';

/** After this long, in milliseconds, the event loop is left to others. */
const TURN_MS = 10;

/** Makes people's forecasts anew and keeps them: from facts alone, so that doing it twice changes nothing. */
@Injectable()
export class KeepForecasts {
  private readonly compiled = new Map<string, Programme>();

  constructor(
    private readonly store: ForecastsStore,
    private readonly doses: VaccinationsStore,
    private readonly people: PeopleToPlan,
    private readonly places: Places,
    private readonly programmes: Programmes,
  ) {}

  /**
   * Makes the forecasts of these persons anew by the pack in force, as of today, and keeps those that changed. Nothing
   * is kept before the country's first publication.
   */
  async run(ctx: Context, work: UnitOfWork, personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    const digests = await this.store.lock(work, personIds);
    // Only now, with the lock held: what is read is at least as new as what anybody before us could read.
    const made = await this.made(ctx, work);
    if (!made) return;
    const forecasts = await this.forecasts(work, made, personIds);
    const changed = forecasts.filter(({ personId, digest }) => !digests.get(personId)?.equals(digest));
    await this.store.replace(work, changed);
    await this.store.mark(ctx, work, { packId: made.programme.packId, on: made.on }, forecasts);
  }

  /** The pack in force, by which forecasts are made today; null before the first publication. */
  async made(ctx: Context, work: UnitOfWork): Promise<{ programme: Programme; on: string } | null> {
    const packId = await this.programmes.inForce(ctx, work);
    return packId ? { programme: await this.programmeOf(ctx, work, packId), on: civilNow(ctx).date } : null;
  }

  /** What is next for these persons by a programme, as it would be kept. */
  async forecasts(
    work: UnitOfWork,
    { programme, on }: { programme: Programme; on: string },
    personIds: readonly string[],
  ): Promise<ToKeep[]> {
    const records = await this.people.ofIds(work, personIds);
    const histories = await this.doses.historiesOf(work, personIds);
    const areas = await this.areasOf(work, records);
    const forecasts: ToKeep[] = [];
    let turn = performance.now();
    for (const record of records) {
      const areaId = areas.get(record.id)!;
      const { doses } = histories.get(record.id)!;
      forecasts.push({
        personId: record.id,
        areaId,
        ...keptForecast(programme.schedule, record, doses, on, areaId),
      });
      if (performance.now() - turn < TURN_MS) continue;
      await others();
      turn = performance.now();
    }
    return forecasts;
  }

  /** Where each of the persons is listed: where she lives, else where she was registered. */
  async areasOf(work: UnitOfWork, records: readonly PersonToPlan[]): Promise<ReadonlyMap<string, string>> {
    const elsewhere = records.flatMap(({ areaId, facilityId }) =>
      areaId || !facilityId ? [] : [facilityId],
    );
    const places = elsewhere.length > 0 ? await this.places.ofAll(work, elsewhere) : null;
    return new Map(
      records.map(({ id, areaId, facilityId }) => [
        id,
        areaId ?? (facilityId && places?.get(facilityId)?.areaIds.at(-1)) ?? NOWHERE,
      ]),
    );
  }

  /** What a pack says never changes: compiled once for each country that this process works for. */
  private async programmeOf(ctx: Context, work: UnitOfWork, packId: string): Promise<Programme> {
    const known = this.compiled.get(ctx.tenant!.code);
    if (known?.packId === packId) return known;
    const programme = await this.programmes.programmeOf(ctx, work, packId);
    this.compiled.set(ctx.tenant!.code, programme);
    return programme;
  }
}
