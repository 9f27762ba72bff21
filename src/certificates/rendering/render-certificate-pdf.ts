import type { CertificateView } from './certificate-view';
import { pdfOf } from './typesetter';

/** A certificate on A4; see {@link pdfOf} for what is kept and thrown. */
export const renderCertificatePdf = (view: CertificateView): Uint8Array => pdfOf('certificate', [view]);

/** Many certificates in one file, each on pages of its own: as they are printed and handed out. */
export const renderCertificatesPdf = (views: readonly CertificateView[]): Uint8Array =>
  pdfOf('certificate', views);
