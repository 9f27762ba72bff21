import { Module } from '@nestjs/common';
import { JobsResolver } from './jobs/jobs.resolver';
import { KeepTrailsSealed } from './keep-trails-sealed';
import { WatchJobs } from './jobs/watch-jobs';
import { ChangeMasterKey } from './master-key/change-master-key';
import { WrappedValuesStore } from './master-key/wrapped-values.store';

@Module({ providers: [ChangeMasterKey, JobsResolver, KeepTrailsSealed, WatchJobs, WrappedValuesStore] })
export class OperationsModule {}
