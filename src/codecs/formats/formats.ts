import { guarded, type Fault } from '../verdict';
import { divocFormat } from './divoc.format';
import type { CertificateTrust, Checked, Claimed, Format, FormatName } from './format';
import { hcertFormat } from './hcert.format';
import { sdJwtVcFormat } from './sd-jwt-vc.format';
import { smartHealthCardFormat } from './smart-health-card.format';
import { vdsNcFormat } from './vds-nc.format';
import { w3cCredentialFormat } from './w3c-credential.format';

/** The answer of a check in any format. */
export type CertificateVerdict = (Checked & { format: FormatName }) | Fault;

/** One entry a format; the first that the text is told by is the one. */
const formats: readonly Format[] = [
  hcertFormat,
  sdJwtVcFormat,
  smartHealthCardFormat,
  vdsNcFormat,
  w3cCredentialFormat,
  divocFormat,
];

/**
 * Checks a certificate of any format known here, told by how its text begins: the text of a QR code, or of a file. Codes
 * of bytes (DIVOC's ZIP) are one character a byte. Never throws; time and memory are bounded for any input; an unknown
 * key is never valid.
 */
export async function verifyCertificate(
  text: string,
  trust: CertificateTrust,
  at: Date,
): Promise<CertificateVerdict> {
  const format = formatOf(text);
  if (!format) return unknownFormat;
  const verdict = await format.verify(text, trust, at);
  return verdict.outcome === 'valid' ? { ...verdict, format: format.name } : verdict;
}

/**
 * What a certificate says of its own signer and time, not believed: look for the keys with it, never show it. Never
 * throws.
 */
export function readClaimed(text: string): { outcome: 'read'; format: FormatName; claimed: Claimed } | Fault {
  const format = formatOf(text);
  if (!format) return unknownFormat;
  return guarded(() => ({ outcome: 'read', format: format.name, claimed: format.claimed(text) }));
}

const unknownFormat: Fault = { outcome: 'invalid', reason: 'prefix', detail: 'no known format' };

const formatOf = (text: string): Format | undefined =>
  typeof text === 'string' ? formats.find(({ is }) => is(text)) : undefined;
