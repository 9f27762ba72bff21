import { Injectable } from '@nestjs/common';
import { Quarantine } from '../../inventory';
import type { UnitOfWork } from '../../platform/database';
import type { WayException } from '../consignments/plan-rules';
import { ScansStore, type TrailStep } from '../scans/scans.store';
import { sealsFound } from '../scans/seal-rules';
import { saidTime } from './exposed-rules';
import { common, type Stay, staysIn, type Stretch } from './inside-rules';

/** Parcel, box, carton, bag, vehicle, and one to spare: what is packed deeper is looked at no further. */
const DEEPEST = 6;

/** A unit that was in another for some time. */
export interface Carried extends Stretch {
  unitId: string;
}

/** What carried a unit, and what it carried, at any time and however deep. */
@Injectable()
export class Carriers {
  constructor(
    private readonly scans: ScansStore,
    private readonly quarantine: Quarantine,
  ) {}

  /** When a unit was in which others. */
  async of(work: UnitOfWork, trail: readonly TrailStep[]): Promise<Stay[]> {
    const found: Stay[] = [];
    let level = staysIn(trail);
    for (let depth = 1; level.length > 0 && depth <= DEEPEST; depth++) {
      found.push(...level);
      const next: Stay[] = [];
      for (const stay of level) next.push(...(await this.above(work, stay)));
      level = next;
    }
    return found;
  }

  /** Units that were in another within a stretch of time, however deep, and when each was: one that was taken out twice. */
  async contents(work: UnitOfWork, unitId: string, within: Stretch, depth = 1): Promise<Carried[]> {
    const found: Carried[] = [];
    for (const packed of await this.scans.packedInto(work, unitId))
      for (const stay of staysIn(await this.scans.trail(work, packed))) {
        const there = stay.container === unitId ? common(stay, within) : null;
        if (!there) continue;
        found.push({ unitId: packed, ...there });
        if (depth < DEEPEST) found.push(...(await this.contents(work, packed, there, depth + 1)));
      }
    return found;
  }

  /**
   * What was said to stand in these units, while they were carried, and was not scanned: a box, and what is in that
   * box as far as somebody said it too.
   */
  async saidToBeIn(work: UnitOfWork, carried: readonly Carried[], depth = 1): Promise<Carried[]> {
    const boxes = await this.quarantine.saidToBeIn(work, [...new Set(carried.map(({ unitId }) => unitId))]);
    const found: Carried[] = [];
    const each = new Map(boxes.map(box => [`${box.shipmentId} ${box.unitId}`, box])); // a row for each lot
    for (const { unitId, intoUnitId, ...box } of each.values()) {
      const said = saidTime(box, await this.scans.trail(work, unitId));
      for (const carrier of carried) {
        const there = said && carrier.unitId === intoUnitId ? common(said, carrier) : null;
        if (there) found.push({ unitId, ...there });
      }
    }
    if (found.length === 0 || depth === DEEPEST) return found;
    return [...found, ...(await this.saidToBeIn(work, found, depth + 1))];
  }

  /** Seals that were found broken on a unit, or on one that it was in just then. */
  async brokenSeals(work: UnitOfWork, unitId: string, trail: readonly TrailStep[]): Promise<WayException[]> {
    const always: Stay = { container: unitId, from: -Infinity, to: Infinity };
    const stays = [always, ...(await this.of(work, trail))];
    const carriers = [...new Set(stays.map(({ container }) => container))];
    const readings = await this.scans.sealReadings(work, carriers);
    return carriers.flatMap(carrier =>
      sealsFound(readings.filter(reading => reading.unitId === carrier))
        .filter(
          ({ broken, at }) => broken && stays.some(stay => stay.container === carrier && isAt(stay, at)),
        )
        .map(({ hubId, at, scanId }) => ({ kind: 'SEAL_BROKEN', hubId, at, scanId })),
    );
  }

  private async above(work: UnitOfWork, stay: Stay): Promise<Stay[]> {
    const stays = staysIn(await this.scans.trail(work, stay.container));
    return stays.flatMap(holder => {
      const there = common(holder, stay);
      return there ? [{ container: holder.container, ...there }] : [];
    });
  }
}

/** Whoever is taken out by the very scan that finds the seal was still in. */
const isAt = ({ from, to }: Stretch, at: number): boolean => from <= at && at <= to;
