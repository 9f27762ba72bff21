import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { qrMatrix, qrSvg } from '../codecs';
import type { Page } from '../common';
import { Allow, Public } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { ID, PageArgs } from '../platform/graphql';
import { Certificate, CertificatePage, LatestCertificate } from './certificate.graphql';
import { PrintCertificate } from './rendering/print-certificate';
import { type ReadCertificate, ReadCertificates } from './read-certificates';
import { CertificateVerdict } from './verdict.graphql';
import { VerifyCertificate } from './verifying/verify-certificate';

@Resolver(() => Certificate)
export class CertificatesResolver {
  constructor(
    private readonly read: ReadCertificates,
    private readonly print: PrintCertificate,
    private readonly verify: VerifyCertificate,
  ) {}

  @Allow('certificate.read-own', 'certificate.read')
  @Query(() => LatestCertificate, {
    description: 'How far a person’s certificate is, and the newest one issued.',
  })
  certificate(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'Whose.' }) personId: string,
  ): Promise<LatestCertificate> {
    return this.read.latest(ctx, personId);
  }

  @Allow('certificate.read-own', 'certificate.read')
  @Query(() => CertificatePage, {
    description: 'Every certificate a person was ever issued.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  certificates(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'Whose.' }) personId: string,
    @Args() page: PageArgs,
  ): Promise<Page<ReadCertificate>> {
    return this.read.page(ctx, personId, page);
  }

  @Public()
  @Query(() => CertificateVerdict, {
    complexity: 20,
    description:
      'Checks a certificate in any format: of any country served here without a country being named, and of those whom the named country believes. Any text gets a verdict, and nothing of it is kept.',
  })
  verifyCertificate(
    @Ctx() ctx: Context,
    @Args('code', {
      type: () => String,
      description: 'The text of the QR code (HC1:…, shc:/…), or the document.',
    })
    code: string,
  ): Promise<CertificateVerdict> {
    return this.verify.run(ctx, code);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The text of the code, HC1:…; absent once revoked.',
  })
  qrText(@Parent() certificate: ReadCertificate): string | null {
    return shown(certificate, certificate.text);
  }

  @ResolveField(() => String, {
    nullable: true,
    complexity: 20,
    description: 'The code as an SVG picture with its quiet zone; absent once revoked.',
  })
  qrSvg(@Parent() certificate: ReadCertificate): string | null {
    return shown(certificate, qrSvg(qrMatrix(certificate.text)));
  }

  @ResolveField(() => String, {
    nullable: true,
    complexity: 500,
    description: 'The certificate as a PDF (A4, PDF/UA-1) in base64; absent once revoked.',
  })
  pdf(
    @Ctx() ctx: Context,
    @Parent() certificate: ReadCertificate,
    @Args('language', {
      type: () => String,
      nullable: true,
      description: "A language of the country (BCP 47); the caller's own when left out or not there.",
    })
    language: string | null,
  ): Promise<string | null> {
    return this.print.pdf(ctx, certificate, language);
  }

  @ResolveField(() => String, {
    nullable: true,
    complexity: 500,
    description:
      'The certificate as a picture for a telephone: SVG, its letters drawn, without the doses; absent once revoked.',
  })
  walletImage(
    @Ctx() ctx: Context,
    @Parent() certificate: ReadCertificate,
    @Args('language', {
      type: () => String,
      nullable: true,
      description: "A language of the country (BCP 47); the caller's own when left out or not there.",
    })
    language: string | null,
  ): Promise<string | null> {
    return this.print.walletImage(ctx, certificate, language);
  }
}

const shown = (certificate: ReadCertificate, picture: string): string | null =>
  certificate.status === 'REVOKED' ? null : picture;
