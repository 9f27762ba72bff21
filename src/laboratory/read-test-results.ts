import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { Looks, mayFor, Persons } from '../registry';
import type { TestResultRecord } from './test-result';
import { TestResultsStore } from './test-results.store';

const READ = 'test-result.read';

/** A person's results, for herself, those who act for her, and the staff who enter them. */
@Injectable()
export class ReadTestResults {
  constructor(
    private readonly database: Database,
    private readonly store: TestResultsStore,
    private readonly persons: Persons,
    private readonly looks: Looks,
    private readonly audit: AuditTrail,
  ) {}

  /** Newest sample first, voided ones too. Throws NOT_FOUND for a person who is not the caller's to see. */
  async run(ctx: Context, personId: string): Promise<TestResultRecord[]> {
    const detail = await this.looks.known(ctx, [READ], [personId]);
    return this.database.read(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, ['test-result.read-own', READ], person);
      this.audit.record(ctx, work, {
        action: 'test-result.read',
        resource: { type: 'test-result', id: null },
        personId: person.id,
        detail: { ...detail },
      });
      return this.store.ofPerson(work, person.id);
    });
  }
}
