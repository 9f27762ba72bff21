import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AuditTrail } from '../../audit';
import { applyScan, inOrder } from '../scan-rules';
import { ScansStore, type Taken } from './scans.store';
import { Ledger } from './yard-rules';

/** How many rows of a projection are not what the scans say. */
export interface UnitDifferences {
  units: number;
  steps: number;
  anomalies: number;
}

/** Works out from all scans where every unit is, and puts right what is stored if that says something else. */
@Injectable()
export class RebuildUnits {
  constructor(
    private readonly database: Database,
    private readonly store: ScansStore,
    private readonly audit: AuditTrail,
  ) {}

  /** What differed. No scan is taken meanwhile. */
  run(ctx: Context): Promise<UnitDifferences> {
    may(ctx, 'unit.rebuild');
    return this.database.write(ctx, async work => {
      await this.store.lockAll(work);
      const ledger = Ledger.of([]);
      const scans = (await this.store.allScans(work)).sort(inOrder);
      for (const scan of scans) ledger.note(scan, applyScan(ledger.yard, scan));
      const wanted = ledger.taken([]);
      const stored = {
        units: await this.store.allUnits(work),
        steps: await this.store.allSteps(work),
        anomalies: await this.store.allAnomalies(work),
      };
      const differences = differencesOf(wanted, stored);
      if (differences.units + differences.steps + differences.anomalies === 0) return differences;
      await this.store.forgetAll(work);
      await this.store.save(work, wanted);
      this.audit.record(ctx, work, {
        action: 'unit.rebuild',
        resource: { type: 'unit', id: null },
        detail: { ...differences },
      });
      return differences;
    });
  }
}

function differencesOf(wanted: Taken, stored: Omit<Taken, 'scans'>): UnitDifferences {
  const units = ({ units: rows }: Omit<Taken, 'scans'>) => rows.map(row => ({ ...row, version: 0 }));
  return {
    units: differing(units(wanted), units(stored)),
    steps: differing(wanted.steps, stored.steps),
    anomalies: differing(wanted.anomalies, stored.anomalies),
  };
}

/** How many rows are in one list and not in the other. */
function differing(a: readonly object[], b: readonly object[]): number {
  const [one, other] = [a, b].map(rows => new Set(rows.map(canonical)));
  const missing = (rows: Set<string>, among: Set<string>) => [...rows].filter(row => !among.has(row)).length;
  return missing(one!, other!) + missing(other!, one!);
}

const canonical = (row: object): string =>
  JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
