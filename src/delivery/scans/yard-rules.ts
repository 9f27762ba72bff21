import { type Anomaly, applyScan, emptyYard, inOrder, type Yard } from '../scan-rules';
import type { KnownUnit, StoredScan, Taken, ToldScan, TrailStep } from './scans.store';

/** A yard made of units as they are stored, and what scans do in it, to be stored. */
export class Ledger {
  readonly anomalies: (Anomaly & { at: number })[] = [];
  private readonly steps: TrailStep[] = [];
  private readonly changed = new Set<string>();

  private constructor(
    readonly yard: Yard,
    private readonly versions: ReadonlyMap<string, number>,
  ) {}

  /** Holds these units; whoever applies scans to it must have given all that the scans have to do with. */
  static of(units: readonly KnownUnit[], versions = versionsOf(units)): Ledger {
    const yard = emptyYard();
    for (const { unitId, version: _, ...state } of units) {
      yard.units.set(unitId, state);
      if (state.container !== null) contentsOf(yard, state.container).add(unitId);
    }
    return new Ledger(yard, versions);
  }

  /** Writes down what the scan just applied to the yard has done. */
  note(scan: StoredScan, anomalies: readonly Anomaly[]): void {
    for (const anomaly of anomalies) this.anomalies.push({ ...anomaly, at: scan.at });
    for (const [unitId, left] of this.yard.touched) {
      this.changed.add(unitId);
      const { status, place, container, lastScan } = this.yard.units.get(unitId)!;
      this.steps.push({
        unitId,
        at: scan.at,
        scanId: scan.id,
        scanOf: scan.unitId,
        status,
        place,
        container,
        lastScan,
        left,
      });
    }
  }

  /** Marks a unit as one to be stored, whether or not a scan touched it. */
  change(unitId: string): void {
    this.changed.add(unitId);
  }

  /** The units that scans had to do with, or that were told anew. */
  moved(): Iterable<string> {
    return this.changed;
  }

  /** Everything to be stored, and the scans that are new. */
  taken(scans: readonly ToldScan[]): Taken {
    const units = [...this.changed].map(unitId =>
      Object.assign({}, this.yard.units.get(unitId)!, {
        unitId,
        version: (this.versions.get(unitId) ?? 0) + 1,
      }),
    );
    return { units, steps: this.steps, anomalies: this.anomalies, scans };
  }
}

/** Scans without repeats. A device that gives one id to scans of two units has made two scans. */
export const eachOnce = <S extends Pick<StoredScan, 'id' | 'unitId'>>(scans: readonly S[]): S[] => [
  ...new Map(scans.map(scan => [nameOf(scan), scan])).values(),
];

/** What a scan is known by. */
export const nameOf = ({ unitId, id }: Pick<StoredScan, 'id' | 'unitId'>): string => `${unitId} ${id}`;

/**
 * Units told anew from how they stood (`before`: at most one step each) by all scans since. `current`: as they
 * are stored now, for their versions.
 */
export function foldAgain(
  before: readonly TrailStep[],
  current: readonly KnownUnit[],
  scans: readonly StoredScan[],
): Ledger {
  const versions = versionsOf(current);
  const ledger = Ledger.of(
    before.map(step => ({
      unitId: step.unitId,
      status: step.status,
      place: step.place,
      container: step.container,
      lastScan: step.lastScan,
      settledBy: { id: step.scanId, at: step.at },
      version: versions.get(step.unitId) ?? 0,
    })),
    versions,
  );
  for (const scan of eachOnce(scans).sort(inOrder)) ledger.note(scan, applyScan(ledger.yard, scan));
  for (const { unitId } of current) ledger.change(unitId);
  return ledger;
}

const versionsOf = (units: readonly KnownUnit[]): Map<string, number> =>
  new Map(units.map(({ unitId, version }) => [unitId, version]));

function contentsOf(yard: Yard, container: string): Set<string> {
  const contents = yard.contents.get(container) ?? new Set<string>();
  yard.contents.set(container, contents);
  return contents;
}
