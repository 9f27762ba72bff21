import { randomBytes } from 'node:crypto';
import { addTo, civilDayOf } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { onServer } from '../../harness/run/database';
import { addFacility, addPerson, addStaff, addStock, write } from '../../harness/worlds/clinic';
import { runDoomed } from '../../harness/doomed-process';
import { randomFrom, SEED } from '../../harness/run/seed';
import { testService, type TestService } from '../../harness/service';
import { halfWritten } from '../../harness/worlds/whole-doses';
import { recordAll, type ToRecord } from './doses-to-record';

/** By hand: CRASHES=50 node scripts/test.mjs test/integration/vaccinations/crash.test.ts */
const CRASHES = Number(process.env['CRASHES'] ?? 1);
/** Statements of the doses below, roughly: it dies before one of them. */
const STATEMENTS = 60;
const SINGLY = 20;
/** Enough to be written by COPY. */
const SYNCED = 120;

describe('a process that dies while it records', () => {
  const masterKey = randomBytes(32).toString('base64');
  const random = randomFrom(SEED);
  let service: TestService;
  let tenant: TenantRef;
  let clinic: Pick<ToRecord, 'facilityId' | 'lotId' | 'staffId' | 'givenAt'>;

  beforeAll(async () => {
    process.stdout.write(`seed ${SEED} (repeat with TIKASETU_TEST_SEED=${SEED})\n`);
    service = await testService({ TIKASETU_MASTER_KEY: masterKey });
    tenant = await service.country('aa');
    const { id: facilityId } = await addFacility(service, tenant);
    const stock = { facilityId, product: 'penta-10', doses: 100_000, expiresOn: day(300) };
    const lotId = await addStock(service, tenant, stock);
    clinic = {
      facilityId,
      lotId,
      staffId: await addStaff(service, tenant),
      givenAt: new Date().toISOString(),
    };
  }, 120_000);
  afterAll(() => service?.stop());

  const day = (count: number) => addTo(civilDayOf(new Date(), tenant.timeZone), { months: 0, days: count });
  const children = (count: number) =>
    Promise.all(Array.from({ length: count }, () => addPerson(service, tenant, day(-70))));
  const query = <Row>(sql: string, params: unknown[] = []) => write<Row>(service, tenant, sql, params);

  const dieWhileRecording = (told: ToRecord, dieAt: number) =>
    runDoomed(service, masterKey, 'test/integration/vaccinations/recorder-to-kill.ts', {
      TO_RECORD: JSON.stringify({ ...told, tenant: tenant.code, dieAt }),
    });

  it.each(Array.from({ length: CRASHES }, (_, nth) => nth + 1))(
    'leaves each dose whole or not there, and all of them once when they are sent again (%i)',
    async () => {
      const told = { ...clinic, singly: await children(SINGLY), synced: await children(SYNCED) };

      const signal = await dieWhileRecording(told, 1 + Math.floor(random() * STATEMENTS));
      const left = await halfWritten(query);
      const again = await recordAll(service.app, service.contextOf(tenant), told);

      expect([signal, left]).toEqual(['SIGKILL', []]);
      expect(new Set(again.map(answer => answer.constructor.name))).toEqual(new Set(['Vaccination']));
      const doses = await query(`SELECT person_id FROM vaccination WHERE person_id = ANY ($1::uuid[])`, [
        [...told.singly, ...told.synced],
      ]);
      expect(doses).toHaveLength(SINGLY + SYNCED);
      expect(await halfWritten(query)).toEqual([]);
    },
    120_000,
  );

  it.each([
    ['announcement', 'DELETE FROM outbox_event'],
    ['move in the ledger', `DELETE FROM stock_move WHERE to_account = 'given'`],
    ['entry in the trail', 'DELETE FROM audit_entry'],
    ['idempotency key', 'DELETE FROM idempotency_key'],
  ])('would be found out by a dose without its %s', async (trace, lose) => {
    const [personId] = (await children(1)) as [string];
    await recordAll(service.app, service.contextOf(tenant), { ...clinic, singly: [personId], synced: [] });

    const faults = await onServer(service.database.url, async owner => {
      await owner.query(`BEGIN; SET LOCAL search_path = tenant_aa; ${lose}`);
      const found = await halfWritten(async sql => (await owner.query(sql)).rows);
      await owner.query('ROLLBACK');
      return found;
    });

    expect(faults).toContainEqual(expect.stringContaining(`with 0 × ${trace}`));
  });
});
