import { Injectable } from '@nestjs/common';
import { isId } from '../common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { TestResultRecord } from './test-result';

const COLUMNS = `t.person_id AS "personId", t.id, t.disease, t.method, t.test_name AS "testName", t.device, t.result,
  t.sampled_at AS "sampledAt", t.facility_id AS "facilityId", t.recorded_by AS "recordedBy",
  t.recorded_at AS "recordedAt", v.at AS "voidedAt"`;
const FROM = `FROM test_result t LEFT JOIN test_result_void v ON v.person_id = t.person_id AND v.result_id = t.id`;

@Injectable()
export class TestResultsStore {
  async add(work: UnitOfWork, row: Omit<TestResultRecord, 'voidedAt'>): Promise<void> {
    await work.query(
      `INSERT INTO test_result (person_id, id, disease, method, test_name, device, result, sampled_at, facility_id,
         recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        row.personId,
        row.id,
        row.disease,
        row.method,
        row.testName,
        row.device,
        row.result,
        row.sampledAt,
        row.facilityId,
        row.recordedBy,
        row.recordedAt,
      ],
    );
  }

  /** What was entered of a person, voided or not, newest sample first. */
  ofPerson(work: UnitOfWork, personId: string): Promise<TestResultRecord[]> {
    return work.query(
      `SELECT ${COLUMNS} ${FROM} WHERE t.person_id = $1 ORDER BY t.sampled_at DESC, t.id DESC`,
      [personId],
    );
  }

  async one(work: UnitOfWork, personId: string, id: string): Promise<TestResultRecord | null> {
    if (!isId(personId) || !isId(id)) return null;
    const [row] = await work.query<TestResultRecord>(
      `SELECT ${COLUMNS} ${FROM} WHERE t.person_id = $1 AND t.id = $2`,
      [personId, id],
    );
    return row ?? null;
  }

  /** Says that a result is not so; false when that was said before. */
  async void(
    ctx: Context,
    work: UnitOfWork,
    { personId, id }: Pick<TestResultRecord, 'personId' | 'id'>,
    reason: string,
  ): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO test_result_void (person_id, result_id, reason, voided_by, at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (person_id, result_id) DO NOTHING RETURNING result_id`,
      [personId, id, reason, ctx.actor.id ?? ctx.actor.kind, ctx.now()],
    );
    return rows.length === 1;
  }
}
