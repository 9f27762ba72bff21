import type { ErrorObject } from 'ajv';
import { type Shape } from '../../common';
import type { KeyUsage, ValueSets } from '../trust';
import { CodecFault } from '../verdict';

/** A kind of content an HCERT can carry: one file, one entry in `hcert-contents.ts`. */
export interface HcertContent {
  /** Its number under claim -260; WHO assigns the ones from 0 up, below 0 they are free. */
  claimKey: number;
  /** Throws a `schema` fault when the content is not of this kind, a `value-set` fault for a code not in force. */
  check(content: unknown, valueSets: ValueSets): void;
  /** What the signer must be allowed to sign; undefined when signers are not limited for this content. */
  usage(content: unknown): KeyUsage | undefined;
}

/** Throws a `schema` fault that names the place and rule of the first mismatch, and never the value. */
export function mustMatch(matches: Shape, content: unknown): void {
  if (!matches(content)) throw new CodecFault('schema', describe(matches.errors?.[0]));
}

function describe(error: ErrorObject | undefined): string {
  return error ? `${error.instancePath || '/'} ${error.keyword}` : 'schema';
}
