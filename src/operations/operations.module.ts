import { Module } from '@nestjs/common';
import { JobsResolver } from './jobs/jobs.resolver';
import { KeepTrailsSealed } from './keep-trails-sealed';
import { WatchJobs } from './jobs/watch-jobs';

@Module({ providers: [JobsResolver, KeepTrailsSealed, WatchJobs] })
export class OperationsModule {}
