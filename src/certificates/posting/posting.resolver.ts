import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { Certificate } from '../certificate.graphql';
import type { ReadCertificate } from '../read-certificates';
import { PostPrintRun } from './post-print-run';
import { CertificatePost, PostedPrintRun, PostPrintRunGraphqlInput } from './posting.graphql';
import { ReadPosts } from './read-posts';

@Resolver(() => Certificate)
export class PostingResolver {
  constructor(
    private readonly post: PostPrintRun,
    private readonly read: ReadPosts,
  ) {}

  @Allow('certificate.print')
  @Mutation(() => PostedPrintRun, {
    complexity: 500,
    description:
      'Sends printed certificates to those whose they are, each to the hub that delivers where she lives. Each of a run is sent once.',
  })
  postPrintRun(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which.' }) input: PostPrintRunGraphqlInput,
  ): Promise<PostedPrintRun> {
    return this.post.run(ctx, input);
  }

  @ResolveField(() => [CertificatePost], {
    complexity: 50,
    description: 'Its ways to the holder by post, in the order in which it was sent; none when it was not.',
  })
  posts(@Ctx() ctx: Context, @Parent() certificate: ReadCertificate): Promise<CertificatePost[]> {
    return this.read.of(ctx, certificate);
  }
}
