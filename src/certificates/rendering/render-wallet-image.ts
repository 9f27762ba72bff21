import type { CertificateView } from './certificate-view';
import { svgOf } from './typesetter';

/**
 * The certificate as a picture (SVG) for a telephone: name, number, validity and code, without the doses, which the code
 * holds. Its letters are drawn, so it looks the same where no font has the script.
 */
export const renderWalletImage = (view: CertificateView): string => svgOf('wallet', [view]);
