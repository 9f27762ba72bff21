import { Module } from '@nestjs/common';
import { JobsResolver } from './jobs/jobs.resolver';
import { WatchJobs } from './jobs/watch-jobs';

@Module({ providers: [JobsResolver, WatchJobs] })
export class OperationsModule {}
