import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { mayFor, Persons } from '../registry';
import type { TestResultRecord } from './test-result';
import { TestResultsStore } from './test-results.store';

/** A person's results, for herself, those who act for her, and the staff who enter them. */
@Injectable()
export class ReadTestResults {
  constructor(
    private readonly database: Database,
    private readonly store: TestResultsStore,
    private readonly persons: Persons,
    private readonly audit: AuditTrail,
  ) {}

  /** Newest sample first, voided ones too. Throws NOT_FOUND for a person who is not the caller's to see. */
  run(ctx: Context, personId: string): Promise<TestResultRecord[]> {
    return this.database.read(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, ['test-result.read-own', 'test-result.read'], person);
      this.audit.record(ctx, work, {
        action: 'test-result.read',
        resource: { type: 'test-result', id: null },
        personId: person.id,
      });
      return this.store.ofPerson(work, person.id);
    });
  }
}
