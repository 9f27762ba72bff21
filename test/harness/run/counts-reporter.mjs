import { writeFileSync } from 'node:fs';

/** Writes the counts of a Jest run where `npm test` reads them. A file that could not be run counts as one failure. */
export default class CountsReporter {
  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    writeFileSync(process.env.TIKASETU_TEST_COUNTS, JSON.stringify(counts));
  }
}
