import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { Persons } from '../../registry';
import { Doses } from '../../vaccinations';
import { PreparationStatus } from '../certificate.graphql';
import { type ReadCertificate, ReadCertificates } from '../read-certificates';
import { PrintCertificate } from '../rendering/print-certificate';
import { renderCertificatePdf } from '../rendering/render-certificate-pdf';
import { type DeskProof, NoCertificateToPrint, type PrintedCertificate } from './printing.graphql';

const PRINT = 'certificate.print';

export interface PrintAtDeskInput {
  idempotencyKey: string;
  facilityId: string;
  personId: string;
  proof: DeskProof;
  language?: string | null;
}

/** Somebody without a telephone stands at a desk and is handed her certificate on paper. */
@Injectable()
export class PrintAtDesk {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly persons: Persons,
    private readonly doses: Doses,
    private readonly certificates: ReadCertificates,
    private readonly print: PrintCertificate,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws FORBIDDEN where the caller does not print, NOT_FOUND for no person of this country. */
  async run(ctx: Context, input: PrintAtDeskInput): Promise<PrintedCertificate | NoCertificateToPrint> {
    mayAnywhere(ctx, PRINT);
    return this.database.write(ctx, async work => {
      may(ctx, PRINT, await this.places.of(work, input.facilityId));
      const { id: personId } = await this.persons.byId(ctx, work, input.personId);
      const certificate = (await this.certificates.standingOf(ctx, work, [personId])).get(personId);
      if (!certificate) {
        const doses = await this.doses.ofPerson(ctx, work, personId);
        return this.none(ctx, doses.length > 0 ? PreparationStatus.PENDING : PreparationStatus.NONE);
      }
      const [view] = await this.print.views(ctx, work, [certificate], input.language ?? null);
      await once(ctx, work, input.idempotencyKey, input, async () => {
        this.note(ctx, work, input, certificate);
        return certificate.id;
      });
      return {
        certificateId: certificate.id,
        number: certificate.number,
        pdf: Buffer.from(renderCertificatePdf(view!)).toString('base64'),
      };
    });
  }

  private note(
    ctx: Context,
    work: Parameters<AuditTrail['record']>[1],
    { facilityId, proof }: PrintAtDeskInput,
    { id, personId }: ReadCertificate,
  ): void {
    this.audit.record(ctx, work, {
      action: 'certificate.print-desk',
      resource: { type: 'certificate', id },
      personId,
      facilityId,
      detail: { proof },
    });
  }

  private none(ctx: Context, status: PreparationStatus): NoCertificateToPrint {
    return Object.assign(new NoCertificateToPrint(), {
      status,
      message: this.texts.say(ctx, `certificates.preparation.${status}`),
    });
  }
}
