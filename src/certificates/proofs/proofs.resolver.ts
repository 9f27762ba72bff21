import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { qrSvg } from '../../codecs';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { Certificate } from '../certificate.graphql';
import type { ReadCertificate } from '../read-certificates';
import { MakeProof } from './make-proof';
import {
  CertificateProof,
  MakeCertificateProofInput,
  MakeCertificateProofResult,
  OfferedProof,
  type ProofHindered,
  type ProofNotOffered,
} from './proof.graphql';
import { proofFormatNamed } from './proof-formats';
import { ReadProofs } from './read-proofs';

@Resolver(() => Certificate)
export class ProofsResolver {
  constructor(
    private readonly make: MakeProof,
    private readonly read: ReadProofs,
  ) {}

  @ResolveField(() => [OfferedProof], {
    complexity: 20,
    description:
      'The formats for travel that it can be had in, by what the country’s pack says of its products.',
  })
  offeredProofs(@Ctx() ctx: Context, @Parent() certificate: ReadCertificate): Promise<OfferedProof[]> {
    return this.read.of(ctx, certificate);
  }

  @Allow('certificate.read-own', 'certificate.read')
  @Mutation(() => MakeCertificateProofResult, {
    description:
      'Puts the certificate that stands in a format for travel. Asked for again, it gives the same. It is revoked with the certificate.',
  })
  makeCertificateProof(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Whose, and in which format.' }) input: MakeCertificateProofInput,
  ): Promise<CertificateProof | ProofNotOffered | ProofHindered> {
    return this.make.run(ctx, input);
  }
}

@Resolver(() => CertificateProof)
export class ProofPictureResolver {
  @ResolveField(() => String, {
    nullable: true,
    complexity: 20,
    description: 'Its QR code as an SVG picture; null for a format that is a file.',
  })
  qrSvg(@Parent() { text, format }: CertificateProof): string | null {
    const matrix = proofFormatNamed(format).qr?.(text);
    return matrix ? qrSvg(matrix) : null;
  }
}
