import { Module } from '@nestjs/common';
import { LaboratoryResolver } from './laboratory.resolver';
import { ReadTestResults } from './read-test-results';
import { RecordTestResult } from './record-test-result';
import { TestResults } from './test-results';
import { TestResultsStore } from './test-results.store';
import { VoidTestResult } from './void-test-result';

@Module({
  providers: [
    LaboratoryResolver,
    ReadTestResults,
    RecordTestResult,
    TestResults,
    TestResultsStore,
    VoidTestResult,
  ],
  exports: [TestResults],
})
export class LaboratoryModule {}
