import type { Scan } from '../../../src/delivery/scan-rules';
import type { ToldScan } from '../../../src/delivery/scans/scans.store';

/** A given scan as a device would have told it to us. */
export const told = (scan: Scan): ToldScan => ({
  ...scan,
  unitId: scan.container ?? scan.units.toSorted()[0]!,
  readAtHub: null,
  actorId: null,
  receivedAt: new Date(),
  door: null,
  seal: null,
});
