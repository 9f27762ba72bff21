import { euDcc, signHcert } from '../../codecs';
import { type CivilDate } from '../../common';
import type { TestResultRecord } from '../../laboratory';
import { DCC_DISEASE, dccNamesOf } from '../proofs/eu-dcc.proof';
import { hcertProof } from '../proofs/hcert-proof';
import type { MadeProof, ProofObstacle, ToProve } from '../proofs/proof-format';
import type { Signer } from '../signing/signing-keys';
import { FINDING_CODES, METHOD_CODES, recoveryDays, type ResultStatement } from './result-proof-rules';

/** A result that is to be proved, with what the certificate says beside it. */
export interface ResultToProve {
  proofId: string;
  statement: ResultStatement;
  result: TestResultRecord;
  /** The country's own day on which the sample was taken. */
  sampledOn: CivilDate;
  /** The centre, in the country's own language. */
  centre: string;
  person: ToProve['person'];
  /** ISO 3166-1 alpha-2. */
  country: string;
  issuer: string;
  issuedAt: Date;
  expiresAt: Date;
}

/** EU Digital COVID Certificate of one test, or of the recovery that it proves (schema 1.3.0). */
export function euDccOfResult(toProve: ResultToProve, signer: Signer): MadeProof | ProofObstacle {
  const { statement, person, country, proofId, issuedAt, expiresAt } = toProve;
  const nam = dccNamesOf(person);
  if (!nam) return 'name-not-in-latin-letters';
  const ci = `URN:UVCI:01:${country}:${proofId.replaceAll('-', '').toUpperCase()}`;
  const common = { tg: DCC_DISEASE, co: country, is: clip(toProve.issuer), ci };
  const entry =
    statement === 'test' ? { t: [testOf(toProve, common)] } : { r: [recoveryOf(toProve, common)] };
  const text = signHcert({
    payload: { ver: '1.3.0', nam, dob: person.birthDate, ...entry },
    claimKey: euDcc.claimKey,
    issuer: country,
    issuedAt,
    expiresAt,
    signer: { ...signer, alg: 'ES256' },
  });
  return hcertProof(text, ci);
}

/** A NAAT is told by its name, a rapid test by its device (schema 1.3.0, `nm` and `ma`). */
function testOf({ result, centre }: ResultToProve, common: object): object {
  const { method, testName, device, sampledAt } = result;
  return {
    ...common,
    tt: METHOD_CODES[method],
    ...(testName && { nm: testName }),
    ...(device && { ma: device }),
    sc: `${sampledAt.toISOString().slice(0, 19)}Z`,
    tr: result.result === 'detected' ? FINDING_CODES.detected : FINDING_CODES['not-detected'],
    tc: clip(centre),
  };
}

function recoveryOf({ sampledOn }: ResultToProve, common: object): object {
  const { from, until } = recoveryDays(sampledOn);
  return { ...common, fr: sampledOn, df: from, du: until };
}

const clip = (text: string): string => Array.from(text).slice(0, 80).join('');
