import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { StateDetails } from './state-details';
import {
  type DetailsNotStated,
  type DetailsStated,
  StateCertificateDetailsGraphqlInput,
  StateCertificateDetailsResult,
} from './stated-details.graphql';

@Resolver()
export class StatedDetailsResolver {
  constructor(private readonly state: StateDetails) {}

  @Allow('certificate.state-details')
  @Mutation(() => StateCertificateDetailsResult, {
    complexity: 50,
    description:
      'Has certificates state a person’s whole birth date or passport, which they do only when she asks and shows a document. She has a new certificate at once; later ones state it too. It is in the audit, with the document.',
  })
  stateCertificateDetails(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What, and what was shown for it.' })
    input: StateCertificateDetailsGraphqlInput,
  ): Promise<DetailsStated | DetailsNotStated> {
    return this.state.run(ctx, input);
  }
}
