import { newId } from '../src/common';
import type { Context, TenantRef } from '../src/platform/context';
import type { DoseCall } from '../src/vaccinations/recording/dose-call';
import { RecordDoses } from '../src/vaccinations/recording/record-doses';
import type { Filling } from '../test/harness/worlds/filled-country';
import { country } from '../test/harness/service';
import type { OwnServer } from './own-server';

/** Doses in one transaction, as when many clinics record at one moment. */
export const BATCH = 64;

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** Whole numbers below a limit that are the same for the same seed (Park and Miller). */
export function randomBelow(seed: number): (limit: number) => number {
  let state = (seed % 2_147_483_646) + 1;
  return limit => (state = (state * 48_271) % 2_147_483_647) % limit;
}

/** Doses of now to people who are there already, at many facilities. */
export async function dosesToRecord(
  { service, owner }: OwnServer,
  { tenant, filling }: { tenant: TenantRef; filling: Filling },
  random: (limit: number) => number,
  batches: number,
): Promise<DoseCall[][]> {
  if (filling.persons < BATCH * batches) throw new Error('There are fewer people than doses in a round');
  const people = new Set<number>();
  while (people.size < BATCH * batches) people.add(random(filling.persons));
  const chosen = [...people].map(person => ({ person, place: random(filling.facilities), lot: random(8) }));
  await owner.query(`SET search_path = ${filling.schema}`);
  const { rows } = await owner.query(
    `SELECT p.person_id AS "personId", s.facility_id AS "facilityId", s.lot_id AS "lotId"
     FROM json_to_recordset($1::json) AS c(person int, place int, lot int)
     JOIN person p ON p.person_id = (SELECT person_id FROM person_code_claim WHERE code = lpad(c.person::text, 12, '0'))
     JOIN facility f ON f.code = 'F' || c.place,
       LATERAL (SELECT * FROM stock_on_hand WHERE facility_id = f.id ORDER BY lot_id OFFSET c.lot LIMIT 1) s`,
    [JSON.stringify(chosen)],
  );
  const calls = rows.map(row => ({
    ctx: vaccinator(service, tenant),
    input: { ...row, idempotencyKey: newId(), presence: 'WALK_IN', clinicalReason: 'Outbreak' },
  }));
  return Array.from({ length: batches }, (_, batch) => calls.slice(batch * BATCH, (batch + 1) * BATCH));
}

const vaccinator = (service: OwnServer['service'], tenant: TenantRef): Context =>
  service.contextOf(tenant, { actor: { kind: 'staff', id: newId(), grants: [country('vaccinator')] } });

/** Records a batch; throws when a dose is refused. */
export async function record({ service }: OwnServer, calls: readonly DoseCall[]): Promise<void> {
  for (const outcome of await service.app.get(RecordDoses).run(calls))
    if (!('answer' in outcome) || !('made' in outcome.answer))
      throw new Error(`Not recorded: ${JSON.stringify(outcome)}`);
}
