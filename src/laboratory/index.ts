export { resultVoided } from './laboratory.events';
export { LaboratoryModule } from './laboratory.module';
export type { TestResultRecord } from './test-result';
export { TestResults } from './test-results';
