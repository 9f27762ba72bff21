import { readHcert } from '../../codecs';
import type { MadeProof } from './proof-format';

/** What the register keeps of an HCERT just signed. */
export function hcertProof(text: string, reference: string | null): MadeProof {
  const read = readHcert(text);
  if (read.outcome !== 'read') throw new Error(`What was just signed does not read: ${read.reason}`);
  return { text, spelling: text, reference, signature: read.hcert.message.signature };
}
