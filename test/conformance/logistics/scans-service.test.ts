import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { RebuildUnits } from '../../../src/delivery';
import type { Scan } from '../../../src/delivery/scan-rules';
import { ScansStore, type ToldScan } from '../../../src/delivery/scans/scans.store';
import { TakeScans } from '../../../src/delivery/scans/take-scans';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { onServer } from '../../harness/run/database';
import { runDoomed } from '../../harness/doomed-process';
import { testService, type TestService } from '../../harness/service';
import { skipUnless } from '../../harness/run/skip';
import { expectedAnomalies, expectedFinal, givenBatches } from './scan-simulation';
import { told } from './scans-told';

const batches = givenBatches();
const NONE = async () => undefined;

skipUnless(batches.length > 0, 'logistics/scan-simulation is absent (set CONFORMANCE_DATA)')(
  'The scans, through the database',
  () => {
    let service: TestService;
    let tenant: TenantRef;
    const masterKey = randomBytes(32).toString('base64');

    beforeAll(async () => {
      service = await testService({ TIKASETU_MASTER_KEY: masterKey });
      tenant = await service.provision('aa');
    }, 120_000);
    beforeEach(() =>
      onServer(service.database.url, owner =>
        owner.query(
          `TRUNCATE tenant_aa.scan, tenant_aa.unit_state, tenant_aa.unit_trail, tenant_aa.unit_anomaly`,
        ),
      ),
    );
    afterAll(() => service.stop());

    const take = async (scans: readonly ToldScan[]): Promise<void> => {
      const taken = await service.app.get(TakeScans).run(service.contextOf(tenant), scans, NONE);
      expect(taken.flatMap(one => ('error' in one ? [one] : []))).toEqual([]);
    };
    const read = <T>(of: (store: ScansStore, work: Parameters<ScansStore['allUnits']>[0]) => Promise<T>) =>
      service.app
        .get(Database)
        .read(service.contextOf(tenant), work => of(service.app.get(ScansStore), work));
    const final = async () =>
      (await read((store, work) => store.allUnits(work)))
        .map(unit => [unit.unitId, unit.status, unit.place ?? '', unit.lastScan, unit.container ?? ''].join())
        .sort();
    const anomalies = async () =>
      (await read((store, work) => store.allAnomalies(work)))
        .map(({ kind, unit, scan }) => [kind, unit, scan].join())
        .sort();
    const rebuild = () => service.app.get(RebuildUnits).run(service.contextOf(tenant));

    async function expectTheOneTable(): Promise<void> {
      expect(await final()).toEqual(expectedFinal());
      expect(await anomalies()).toEqual(expectedAnomalies());
      expect(await rebuild()).toEqual({ units: 0, steps: 0, anomalies: 0 });
    }

    test('late, twice and shuffled as given, lead to the one final table and its anomalies', async () => {
      for (const batch of batches) await take(batch.map(told));

      await expectTheOneTable();
    }, 300_000);

    test('lead to them from eight devices at once, each sending in an order of its own', async () => {
      const shuffled = fc.sample(fc.shuffledSubarray(batches, { minLength: batches.length }), 1)[0]!;
      const devices = Array.from({ length: 8 }, (_, device) =>
        shuffled.filter((_batch, at) => at % 8 === device),
      );

      await Promise.all(
        devices.map(async own => {
          for (const batch of own) await take(batch.map(told));
        }),
      );

      await expectTheOneTable();
    }, 300_000);

    test('lead to them when the process that takes them is killed half-way and all is sent again', async () => {
      const signal = await runDoomed(service, masterKey, 'test/conformance/logistics/scans-to-kill.ts');
      const half = (await read((store, work) => store.allScans(work))).length;

      for (const batch of batches) await take(batch.map(told));

      expect(signal).toBe('SIGKILL');
      expect(half).toBeGreaterThan(0);
      expect(half).toBeLessThan(new Set(batches.flat().map(({ id }: Scan) => id)).size);
      await expectTheOneTable();
    }, 300_000);
  },
);
