import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../platform/database';
import type { TestResultRecord } from './test-result';
import { TestResultsStore } from './test-results.store';

/** Results of people, for the modules that build on them. Permission is for the caller's verb to check. */
@Injectable()
export class TestResults {
  constructor(private readonly store: TestResultsStore) {}

  /** Every result of a person, voided or not, newest sample first. */
  ofPerson(work: UnitOfWork, personId: string): Promise<TestResultRecord[]> {
    return this.store.ofPerson(work, personId);
  }

  /** One result; null when the person has none such. */
  one(work: UnitOfWork, personId: string, id: string): Promise<TestResultRecord | null> {
    return this.store.one(work, personId, id);
  }
}
