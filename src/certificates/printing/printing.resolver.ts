import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { PreviewCertificate } from './preview-certificate';
import { PrintAtDesk } from './print-at-desk';
import { PrintMany } from './print-many';
import {
  CertificatePreview,
  type NoCertificateToPrint,
  PrintCertificateGraphqlInput,
  PrintCertificateResult,
  PrintCertificatesGraphqlInput,
  type PrintedCertificate,
  PrintRun,
  PrintSheet,
} from './printing.graphql';

@Resolver(() => PrintSheet)
export class PrintingResolver {
  constructor(
    private readonly desk: PrintAtDesk,
    private readonly many: PrintMany,
    private readonly preview: PreviewCertificate,
  ) {}

  @Allow('certificate.print')
  @Mutation(() => PrintCertificateResult, {
    complexity: 500,
    description:
      'Prints the certificate of somebody who stands at the desk, for people without a telephone. It is in the audit with the proof, and with the purpose where the caller names one.',
  })
  printCertificate(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Whose, and how it is known that it may be handed over.' })
    input: PrintCertificateGraphqlInput,
  ): Promise<PrintedCertificate | NoCertificateToPrint> {
    return this.desk.run(ctx, input);
  }

  @Allow('certificate.print')
  @Mutation(() => PrintRun, {
    description:
      'Prints the certificates of many people to be handed out, as a job: `printRun` has the sheets.',
  })
  printCertificates(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Whose, and where.' }) input: PrintCertificatesGraphqlInput,
  ): Promise<PrintRun> {
    return this.many.request(ctx, input);
  }

  @Allow('certificate.print')
  @Query(() => PrintRun, { description: 'Certificates that are printed together, and how far that is.' })
  printRun(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'Where.' }) facilityId: string,
    @Args('runId', { type: () => ID, description: 'Which.' }) runId: string,
  ): Promise<PrintRun> {
    return this.many.read(ctx, { facilityId, runId });
  }

  @Allow('pack.read')
  @Query(() => CertificatePreview, {
    description: 'How certificates of a pack look in a language, a draft’s too. Nobody’s facts are on it.',
  })
  previewCertificate(
    @Ctx() ctx: Context,
    @Args('packId', { type: () => ID, description: 'The pack.' }) packId: string,
    @Args('template', {
      type: () => String,
      nullable: true,
      description: 'Code of a template of the pack; the one that fits when left out.',
    })
    template: string | null,
    @Args('language', {
      type: () => String,
      nullable: true,
      description: "A language of the country (BCP 47); the caller's own when left out or not there.",
    })
    language: string | null,
  ): Promise<CertificatePreview> {
    return this.preview.run(ctx, { packId, template, language });
  }

  @ResolveField(() => String, {
    nullable: true,
    complexity: 200,
    description: 'The pages: PDF (A4, PDF/UA-1) in base64; absent when nobody of it has a certificate.',
  })
  pdf(@Ctx() ctx: Context, @Parent() sheet: PrintSheet): Promise<string | null> {
    return this.many.pdf(ctx, sheet.run, sheet.number);
  }
}
