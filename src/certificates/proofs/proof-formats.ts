import { euDccProof } from './eu-dcc.proof';
import type { ProofFormat, ProofFormatName } from './proof-format';
import { sdJwtVcProof } from './sd-jwt-vc.proof';
import { smartHealthCardProof } from './smart-health-card.proof';
import { w3cCredentialProof } from './w3c-credential.proof';
import { whoIcvpProof } from './who-icvp.proof';

/** Every format that certificates are given out in. */
export const proofFormats: readonly ProofFormat[] = [
  euDccProof,
  whoIcvpProof,
  smartHealthCardProof,
  w3cCredentialProof,
  sdJwtVcProof,
];

/** The format of this name. */
export const proofFormatNamed = (name: ProofFormatName): ProofFormat =>
  proofFormats.find(format => format.name === name)!;
