import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { civilNow, Places } from '../../facilities';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { type Programme, Programmes } from '../../programmes';
import { mayFor, type PersonRow, Persons } from '../../registry';
import { type DoseRecord, Doses, enginePerson } from '../../vaccinations';
import { type ReadCertificate, READERS } from '../read-certificates';
import type { CertificateView } from './certificate-view';
import { CertificateViews, type ToPrint } from './certificate-views';
import { renderCertificatePdf } from './render-certificate-pdf';
import { renderWalletImage } from './render-wallet-image';
import { standingOf } from './standing-rules';

/** Makes a certificate a page to print or to show, in a language of the country. */
@Injectable()
export class PrintCertificate {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly doses: Doses,
    private readonly places: Places,
    private readonly programmes: Programmes,
    private readonly inWords: CertificateViews,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * The PDF in base64; null for a revoked certificate, which nobody should print. `language` (BCP 47) is looked for
   * among the country's, the caller's own comes next. Throws NOT_FOUND for a person who is not the caller's to see.
   */
  async pdf(ctx: Context, certificate: ReadCertificate, language: string | null): Promise<string | null> {
    const view = await this.forReader(ctx, certificate, language);
    return view && Buffer.from(renderCertificatePdf(view)).toString('base64');
  }

  /** A picture (SVG) of the size of a card for a telephone; else as {@link pdf}. */
  async walletImage(
    ctx: Context,
    certificate: ReadCertificate,
    language: string | null,
  ): Promise<string | null> {
    const view = await this.forReader(ctx, certificate, language);
    return view && renderWalletImage(view);
  }

  /** What the pages say, for whoever has checked the permission and writes the audit; `work` reads the register. */
  async views(
    ctx: Context,
    work: UnitOfWork,
    certificates: readonly ReadCertificate[],
    language: string | null,
  ): Promise<CertificateView[]> {
    const personIds = certificates.map(({ personId }) => personId);
    const [programme, persons, doses] = [
      await this.programmes.current(ctx),
      await this.persons.ofIds(work, personIds),
      await this.doses.ofPersons(ctx, work, personIds),
    ];
    const places = [...doses.values()].flat().map(({ facilityId }) => facilityId);
    const names = await this.places.namesOf(work, [...new Set(places)]);
    return Promise.all(
      certificates.map(certificate => {
        const { personId } = certificate;
        const of = { person: persons.get(personId)!, doses: doses.get(personId) ?? [], names };
        return this.inWords.of(ctx, programme, toPrint(ctx, programme, certificate, of), language);
      }),
    );
  }

  private async forReader(
    ctx: Context,
    certificate: ReadCertificate,
    language: string | null,
  ): Promise<CertificateView | null> {
    const { id, personId, status } = certificate;
    const [view] = await this.database.read(ctx, async work => {
      mayFor(ctx, READERS, await this.persons.byId(ctx, work, personId));
      this.audit.record(ctx, work, {
        action: 'certificate.print',
        resource: { type: 'certificate', id },
        personId,
      });
      return status === 'REVOKED' ? [] : this.views(ctx, work, [certificate], language);
    });
    return view ?? null;
  }
}

/** What the register adds to a certificate. */
interface Register {
  person: PersonRow;
  doses: readonly DoseRecord[];
  /** Of facilities, by their ids. */
  names: ReadonlyMap<string, Record<string, string>>;
}

function toPrint(
  ctx: Context,
  { schedule }: Programme,
  { content, text, issuedAt, expiresAt, vaccinationIds }: ReadCertificate,
  { person, doses, names }: Register,
): ToPrint {
  const facilityOf = new Map(doses.map(({ id, facilityId }) => [id, facilityId]));
  const today = civilNow(ctx).date;
  return {
    qrText: text,
    number: content.ci,
    name: content.n,
    ...(content.dob ? { birthDate: content.dob } : {}),
    doses: content.v,
    places: vaccinationIds.map(id => names.get(facilityOf.get(id) ?? '') ?? {}),
    issuedAt,
    expiresAt,
    standing: standingOf(schedule, enginePerson(person, doses, today).person, today),
  };
}
