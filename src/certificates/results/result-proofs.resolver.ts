import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { qrMatrix, qrSvg } from '../../codecs';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import type { ProofHindered, ProofNotOffered } from '../proofs/proof.graphql';
import { MakeResultProof } from './make-result-proof';
import { MakeResultProofInput, MakeResultProofResult, ResultProof } from './result-proof.graphql';

@Resolver(() => ResultProof)
export class ResultProofsResolver {
  constructor(private readonly make: MakeResultProof) {}

  @Allow('certificate.read-own', 'certificate.read')
  @Mutation(() => MakeResultProofResult, {
    description:
      'Puts a test result in a format for travel: the test, or the recovery that it proves. Asked for again, it gives the same.',
  })
  makeResultProof(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which result, and what is to be stated.' }) input: MakeResultProofInput,
  ): Promise<ResultProof | ProofNotOffered | ProofHindered> {
    return this.make.run(ctx, input);
  }

  @ResolveField(() => String, { complexity: 20, description: 'Its QR code as an SVG picture.' })
  qrSvg(@Parent() { text }: ResultProof): string {
    return qrSvg(qrMatrix(text));
  }
}
