import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Page } from '../common';
import { Allow } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { PageArgs } from '../platform/graphql';
import { AuditWords } from './audit-words';
import { AuditEntry, AuditFilterInput, AuditPage } from './audit.graphql';
import type { AuditRow } from './audit.store';
import { ReadAudit } from './read-audit';

@Resolver(() => AuditEntry)
export class AuditResolver {
  constructor(
    private readonly readAudit: ReadAudit,
    private readonly words: AuditWords,
  ) {}

  @Allow('audit.read')
  @Query(() => AuditPage, {
    complexity: ({ args, childComplexity }) => (args as PageArgs).first * childComplexity,
    description: 'Who did what to which record, newest first; for auditors and data protection officers.',
  })
  auditTrail(
    @Ctx() ctx: Context,
    @Args() page: PageArgs,
    @Args('filter', { nullable: true, description: 'Which entries.' }) filter?: AuditFilterInput,
  ): Promise<Page<AuditRow>> {
    return this.readAudit.run(ctx, filter ?? {}, page);
  }

  @ResolveField(() => String)
  actionText(@Ctx() ctx: Context, @Parent() entry: AuditRow): string {
    return this.words.action(ctx, entry.action);
  }
}
