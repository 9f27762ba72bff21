import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { Job } from './job.graphql';
import { WatchJobs } from './watch-jobs';

@Resolver()
export class JobsResolver {
  constructor(private readonly watch: WatchJobs) {}

  @Allow('job.read')
  @Query(() => Job, { description: 'How far long work has come.' })
  job(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'The job.' }) id: string,
  ): Promise<Job> {
    return this.watch.one(ctx, id);
  }

  @Allow('job.cancel')
  @Mutation(() => Job, { description: 'Stops long work where it stands. What is done stays done.' })
  cancelJob(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'The job.' }) id: string,
  ): Promise<Job> {
    return this.watch.cancel(ctx, id);
  }
}
