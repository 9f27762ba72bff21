import { Global, Module } from '@nestjs/common';
import { JobRunner } from './job-runner';
import { Jobs } from './jobs';
import { JobsStore } from './jobs.store';

@Global()
@Module({ providers: [JobRunner, Jobs, JobsStore], exports: [JobRunner, Jobs] })
export class JobsModule {}
