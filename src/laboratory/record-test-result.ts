import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { Places } from '../facilities';
import { may, mayAnywhere } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, once, type UnitOfWork } from '../platform/database';
import { invalid } from '../platform/errors';
import { Outbox } from '../platform/events';
import { type PersonRecord, Persons } from '../registry';
import { resultRecorded } from './laboratory.events';
import type { TestFinding, TestMethod, TestResultRecord } from './test-result';
import { faultOf } from './test-result-rules';
import { TestResultsStore } from './test-results.store';

export interface RecordTestResultInput {
  idempotencyKey: string;
  personId: string;
  facilityId: string;
  disease: string;
  method: TestMethod;
  testName?: string | null;
  device?: string | null;
  result: TestFinding;
  sampledAt: Date;
}

/** A member of staff enters what a test of a person found. */
@Injectable()
export class RecordTestResult {
  constructor(
    private readonly database: Database,
    private readonly store: TestResultsStore,
    private readonly persons: Persons,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND for no such person or facility, FORBIDDEN for a place beyond the caller's, INVALID_INPUT. */
  async run(ctx: Context, input: RecordTestResultInput): Promise<TestResultRecord> {
    mayAnywhere(ctx, 'test-result.record');
    return this.database.write(ctx, async work => {
      may(ctx, 'test-result.record', await this.places.of(work, input.facilityId));
      const person = await this.persons.byId(ctx, work, input.personId);
      const made = await once(ctx, work, input.idempotencyKey, input, () =>
        this.record(ctx, work, person, input),
      );
      return (await this.store.one(work, person.id, made!.id))!;
    });
  }

  private async record(
    ctx: Context,
    work: UnitOfWork,
    person: PersonRecord,
    input: RecordTestResultInput,
  ): Promise<string> {
    const [device, testName] = [input.device || null, input.testName || null];
    const fault = faultOf({ ...input, device }, person.birthDate, ctx.now());
    if (fault) throw invalid(fault.field, `laboratory.invalid.${fault.text}`);
    const { disease, method, result, sampledAt, facilityId } = input;
    const id = ctx.newId();
    await this.store.add(work, {
      personId: person.id,
      id,
      disease,
      method,
      testName,
      device,
      result,
      sampledAt,
      facilityId,
      recordedBy: ctx.actor.id ?? ctx.actor.kind,
      recordedAt: ctx.now(),
    });
    this.audit.record(ctx, work, {
      action: 'test-result.record',
      resource: { type: 'test-result', id },
      personId: person.id,
      facilityId,
      detail: { method },
    });
    this.outbox.announce(ctx, work, resultRecorded, person.id, { personId: person.id, resultId: id });
    return id;
  }
}
