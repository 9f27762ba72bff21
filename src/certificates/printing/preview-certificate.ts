import { Injectable } from '@nestjs/common';
import { addTo } from '../../common';
import { civilNow } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { type Programme, Programmes } from '../../programmes';
import { codeOf } from '../certificate-content';
import type { CertificateView } from '../rendering/certificate-view';
import { CertificateViews, type ToPrint } from '../rendering/certificate-views';
import { renderCertificatePdf } from '../rendering/render-certificate-pdf';
import { renderWalletImage } from '../rendering/render-wallet-image';
import type { CertificatePreview } from './printing.graphql';

/** Doses on a preview: as many as show how lines follow each other. */
const MOST_DOSES = 5;
/** As large as a code of so many doses usually is, and no certificate: whoever checks it is told that it cannot be read. */
const SAMPLE_CODE = `HC1:${'SAMPLE '.repeat(60)}`;

export interface PreviewInput {
  packId: string;
  /** Code of a template of the pack; without it the one that fits. */
  template?: string | null;
  language?: string | null;
}

/** Shows how certificates of a pack will look, a draft's too, before anybody is handed one. */
@Injectable()
export class PreviewCertificate {
  constructor(
    private readonly database: Database,
    private readonly programmes: Programmes,
    private readonly views: CertificateViews,
    private readonly texts: Texts,
  ) {}

  /** Throws FORBIDDEN; NOT_FOUND for a pack or a template that is not there. */
  async run(ctx: Context, { packId, template, language }: PreviewInput): Promise<CertificatePreview> {
    may(ctx, 'pack.read');
    const programme = await this.database.read(ctx, work => this.programmes.programmeOf(ctx, work, packId));
    const all = programme.pack.certificateTemplates ?? [];
    const chosen = template ? all.find(({ code }) => code === template) : undefined;
    if (template && !chosen) throw notFound();
    const sample = this.sample(ctx, programme, chosen?.vaccines);
    const view = await this.views.of(ctx, programme, sample, language ?? null, chosen?.code);
    return this.pictures(ctx, view);
  }

  private pictures(ctx: Context, view: CertificateView): CertificatePreview {
    const inItsLanguage = { ...ctx, languages: [view.language, ...ctx.languages] };
    const sample = this.texts.say(inItsLanguage, 'certificates.sample');
    const marked = { ...view, standing: sample, notices: [sample, ...view.notices] };
    return {
      pdf: Buffer.from(renderCertificatePdf(marked)).toString('base64'),
      walletImage: renderWalletImage(marked),
    };
  }

  /** Nobody's facts: the first vaccines of the pack, and a code that is no certificate. */
  private sample(ctx: Context, { pack }: Programme, vaccines: readonly string[] | undefined): ToPrint {
    const products = pack.products.filter(({ vaccine }) => vaccines?.includes(vaccine) ?? true);
    const codes = new Map(products.map(product => [product.vaccine, product.codes]));
    const today = civilNow(ctx).date;
    return {
      qrText: SAMPLE_CODE,
      number: `${ctx.tenant!.country}-0000-0000-0000`,
      name: '…',
      birthDate: addTo(today, { months: -12, days: 0 }).slice(0, 'YYYY'.length),
      doses: [...codes].slice(0, MOST_DOSES).map(([vaccine, its], at) => ({
        vp: codeOf({ codes: its, vaccineCode: vaccine }),
        vd: vaccine,
        dt: addTo(today, { months: at - MOST_DOSES, days: 0 }),
        dn: 1,
        bo: '0000',
      })),
      places: [],
      issuedAt: ctx.now(),
      expiresAt: ctx.now(),
    };
  }
}
