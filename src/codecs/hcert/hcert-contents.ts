import { euDcc } from './eu-dcc';
import type { HcertContent } from './hcert-content';
import { nationalCertificate } from './national-certificate';
import { whoIcvp } from './who-icvp';

/** Every content an HCERT may carry here, by its number under claim -260. */
export const hcertContents: ReadonlyMap<number, HcertContent> = new Map(
  [euDcc, nationalCertificate, whoIcvp].map(content => [content.claimKey, content]),
);
