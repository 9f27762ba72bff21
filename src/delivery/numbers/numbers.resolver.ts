import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { IssueSsccs } from './issue-ssccs';
import { IssueSsccsGraphqlInput, IssueSsccsResult, SetGs1CompanyPrefixGraphqlInput } from './numbers.graphql';
import { SetCompanyPrefix } from './set-company-prefix';

@Resolver()
export class NumbersResolver {
  constructor(
    private readonly setting: SetCompanyPrefix,
    private readonly issuing: IssueSsccs,
  ) {}

  @Allow('network.number')
  @Mutation(() => String, {
    description:
      'Says under which GS1 company prefix the country numbers its units: consignments that are sent without a label of their own get an SSCC from then on. The prefix.',
  })
  setGs1CompanyPrefix(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The prefix.' }) { prefix }: SetGs1CompanyPrefixGraphqlInput,
  ): Promise<string> {
    return this.setting.run(ctx, prefix);
  }

  @Allow('consignment.send')
  @Mutation(() => IssueSsccsResult, {
    description: 'SSCCs for labels that are printed before it is known what they will be stuck on.',
  })
  issueSsccs(
    @Ctx() ctx: Context,
    @Args('input', { description: 'How many, for which hub.' }) input: IssueSsccsGraphqlInput,
  ): Promise<typeof IssueSsccsResult> {
    return this.issuing.run(ctx, input);
  }
}
