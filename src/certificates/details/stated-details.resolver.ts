import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { StateDetails } from './state-details';
import {
  type DetailsNotStated,
  type DetailsStated,
  DetailsTakenBack,
  StateCertificateDetailsGraphqlInput,
  StateCertificateDetailsResult,
  TakeBackCertificateDetailsGraphqlInput,
} from './stated-details.graphql';
import { TakeBackDetails } from './take-back-details';

@Resolver()
export class StatedDetailsResolver {
  constructor(
    private readonly state: StateDetails,
    private readonly back: TakeBackDetails,
  ) {}

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

  @Allow('certificate.take-back-details-own', 'certificate.state-details')
  @Mutation(() => DetailsTakenBack, {
    complexity: 50,
    description:
      'Takes back what certificates of a person state because she asked for it: her whole birth date, her passport. She has a new certificate at once that states the least; earlier ones that state more are superseded, or revoked where the country’s pack says so. What was kept of the details is forgotten. It is in the audit.',
  })
  takeBackCertificateDetails(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Whose, and what.' })
    input: TakeBackCertificateDetailsGraphqlInput,
  ): Promise<DetailsTakenBack> {
    return this.back.run(ctx, input);
  }
}
