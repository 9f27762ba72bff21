import type { StatusList } from '../status-lists';
import type { KeyLookup } from '../trust';
import type { PublicJwk } from '../trust-bundle/primitives';
import { CodecFault, guardedAsync, type Fault } from '../verdict';
import { openSdJwtCredential, type OpenedSdJwt, type SdJwtKey } from './credential';

/** All that a verifier of these believes in. */
export interface SdJwtTrust {
  keys: KeyLookup;
  /** The list at an address, itself checked; undefined when there is none at hand. */
  statusLists?: (address: string) => StatusList | undefined;
}

/** Checks an SD-JWT VC of vaccinations wholly, its status too where the list is at hand. Never throws. */
export function verifySdJwtCredential(
  text: string,
  { keys, statusLists }: SdJwtTrust,
  at: Date,
): Promise<({ outcome: 'valid' } & OpenedSdJwt<SdJwtKey>) | Fault> {
  return guardedAsync(async () => {
    const known = (kid: string, issuer: string): SdJwtKey[] =>
      keys(kid, issuer).map(({ publicKey, usages }) => ({
        jwk: publicKey.export({ format: 'jwk' }) as PublicJwk,
        usages,
      }));
    const opened = await openSdJwtCredential(text, known, at);
    const { status } = opened;
    const list = status && statusLists?.(status.uri);
    const found = status && list?.at(status.index);
    if (list && found === undefined) throw new CodecFault('schema', 'no such place');
    if (found) throw new CodecFault('revoked');
    return { outcome: 'valid' as const, ...opened };
  });
}
