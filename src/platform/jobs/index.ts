export type { JobAtHand, JobKind, JobPart, JobState, SliceDone } from './job-kind';
export { JobRunner } from './job-runner';
export { Jobs } from './jobs';
export { JobsModule } from './jobs.module';
export type { JobRow } from './jobs.store';
