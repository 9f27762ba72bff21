import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database, isBadData, isContended, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { ConsignmentsStore } from '../consignments/consignments.store';
import { consignmentMoved } from '../delivery.events';
import { type Anomaly, applyScan, inOrder, isLate } from '../scan-rules';
import { ScansStore, type StoredScan, type ToldScan } from './scans.store';
import { eachOnce, foldAgain, Ledger, nameOf } from './yard-rules';

/** Scans in one transaction, at most. */
const TOGETHER = 250;
/** How often scans are decided anew while units that they have to do with are changed, or held, by others. */
const TRIES = 20;
/**
 * After so many, nobody else takes scans of the country meanwhile: many devices that tell of the same units come to
 * an end.
 */
const TRIES_BESIDE_OTHERS = 5;

/** What became of one scan. */
export type TakenScan =
  { id: string; known: boolean; anomalies: readonly Anomaly[] } | { id: string; error: unknown };

/** Something to be done in the transaction that stores scans: who took them is on record with them. */
export type Alongside = (work: UnitOfWork, fresh: readonly ToldScan[]) => Promise<void> | void;

/**
 * Takes scans of one country, in whatever order they come and however often, into what is known of its units: always
 * what {@link foldScans} of all of them says. A scan that comes in order is applied to the units as they are; one that
 * comes late has what happened since told anew, for the units that it has to do with and no others.
 */
@Injectable()
export class TakeScans {
  constructor(
    private readonly database: Database,
    private readonly store: ScansStore,
    private readonly consignments: ConsignmentsStore,
    private readonly outbox: Outbox,
  ) {}

  /** What became of each, in order. A scan that cannot be stored fails by itself. Throws what befalls all of them alike. */
  async run(ctx: Context, scans: readonly ToldScan[], alongside: Alongside): Promise<TakenScan[]> {
    const taken: TakenScan[] = [];
    for (let at = 0; at < scans.length; at += TOGETHER)
      taken.push(...(await this.take(ctx, scans.slice(at, at + TOGETHER), alongside)));
    return taken;
  }

  private async take(ctx: Context, scans: readonly ToldScan[], alongside: Alongside): Promise<TakenScan[]> {
    try {
      return await this.attempt(ctx, scans, alongside);
    } catch (error) {
      if (!isBadData(error)) throw error;
      if (scans.length === 1) return [{ id: scans[0]!.id, error }];
      const middle = scans.length >> 1;
      const first = await this.take(ctx, scans.slice(0, middle), alongside);
      return [...first, ...(await this.take(ctx, scans.slice(middle), alongside))];
    }
  }

  private async attempt(
    ctx: Context,
    scans: readonly ToldScan[],
    alongside: Alongside,
  ): Promise<TakenScan[]> {
    for (let tries = 0; tries < TRIES; tries++)
      try {
        return await this.database.write(ctx, async work => {
          if (tries >= TRIES_BESIDE_OTHERS) await this.store.lockAll(work);
          return this.once(ctx, work, scans, alongside);
        });
      } catch (error) {
        if (!(error instanceof Moved || isContended(error))) throw error;
      }
    throw new AppError('CONFLICT');
  }

  /** Throws Moved, so that the work is rolled back, when somebody else was faster. */
  private async once(
    ctx: Context,
    work: UnitOfWork,
    scans: readonly ToldScan[],
    alongside: Alongside,
  ): Promise<TakenScan[]> {
    const [known, units] = await Promise.all([
      this.store.known(work, scans),
      this.store.yard(work, [...new Set(scans.flatMap(namedIn))]),
    ]);
    const fresh = eachOnce(scans.filter(scan => !known.has(nameOf(scan))));
    fresh.sort(inOrder);
    const ledger = Ledger.of(units);
    const late = fresh.findIndex(scan => {
      if (isLate(ledger.yard, scan)) return true;
      ledger.note(scan, applyScan(ledger.yard, scan));
      return false;
    });
    const inTime = late < 0 ? fresh : fresh.slice(0, late);
    if (inTime.length > 0 && !(await this.store.save(work, ledger.taken(inTime)))) throw new Moved();
    const anomalies: Anomaly[] = [...ledger.anomalies];
    const moved = new Set(ledger.moved());
    if (late >= 0) {
      const anew = await this.tellAnew(work, fresh.slice(late));
      anomalies.push(...anew.anomalies);
      for (const unit of anew.moved()) moved.add(unit);
    }
    await this.announce(ctx, work, [...moved]);
    if (fresh.length > 0) await alongside(work, fresh);
    return scans.map(scan => ({
      id: scan.id,
      known: known.has(nameOf(scan)),
      anomalies: anomalies.filter(anomaly => anomaly.scan === scan.id),
    }));
  }

  /**
   * Folds scans of which the first is late, and all since it of every unit that has to do with them, on how those
   * units stood before it.
   */
  private async tellAnew(work: UnitOfWork, late: readonly ToldScan[]): Promise<Ledger> {
    const since = late[0]!;
    const together = await this.relatedTo(work, [...new Set(late.flatMap(namedIn))], since);
    const current = await this.store.lock(work, together);
    // Locked, they get no new relations; if one came in between, it is among those that are seen now.
    if ((await this.relatedTo(work, together, since)).length > together.length) throw new Moved();
    const [before, told] = await Promise.all([
      this.store.before(work, together, since),
      this.store.scansSince(work, together, since),
    ]);
    const ledger = foldAgain(before, current, [...told, ...late]);
    await this.store.forgetSince(work, together, since);
    if (!(await this.store.save(work, ledger.taken(late)))) throw new Moved();
    return ledger;
  }

  /** Tells of the consignments among these units; most units are none. */
  private async announce(ctx: Context, work: UnitOfWork, unitIds: readonly string[]): Promise<void> {
    if (unitIds.length === 0) return;
    for (const unitId of await this.consignments.among(work, unitIds))
      this.outbox.announce(ctx, work, consignmentMoved, unitId, { unitId });
  }

  /** The units named and all that have had to do with one of them since, directly or by others. */
  private async relatedTo(work: UnitOfWork, named: readonly string[], since: StoredScan): Promise<string[]> {
    const found = new Set(named);
    let newcomers = named;
    while (newcomers.length > 0) {
      const related = await this.store.relatedSince(work, newcomers, since);
      newcomers = related.filter(unit => !found.has(unit));
      for (const unit of newcomers) found.add(unit);
    }
    return [...found];
  }
}

/** A unit or a scan was changed or stored by somebody else while this was decided. */
export class Moved extends Error {}

const namedIn = ({ container, units }: StoredScan): readonly string[] =>
  container === null ? units : [container, ...units];
