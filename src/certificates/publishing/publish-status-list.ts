import { Inject, Injectable } from '@nestjs/common';
import { credentialContexts } from '../../codecs/json-ld';
import { signTokenStatusList } from '../../codecs/sd-jwt';
import { newBitstring, newTokenStatusList, type StatusList, toEncodedList } from '../../codecs/status-lists';
import { signCredential, statusListCredential } from '../../codecs/verifiable-credentials';
import { CONFIG, type Config } from '../../platform/config';
import type { Context, TenantRef } from '../../platform/context';
import { Database } from '../../platform/database';
import { PLACES_ON_A_LIST, StatusListsStore } from '../proofs/status-lists.store';
import { SigningKeys } from '../signing/signing-keys';
import { addressesOf, statusListAddress } from './addresses';
import { nextUpdateOf } from './next-update-rules';

/** How long a verifier may keep it: as long as caches between do. */
const TTL_MS = 5 * 60_000;

/**
 * A country's status list: one bit a W3C credential or SD-JWT VC, set when the certificate that it was made of was revoked,
 * in the spelling of each (Bitstring Status List 1.0, IETF Token Status List). Public: checks no permission, and
 * names nobody.
 */
@Injectable()
export class PublishStatusList {
  constructor(
    private readonly database: Database,
    private readonly store: StatusListsStore,
    private readonly signingKeys: SigningKeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The list as a signed credential; null for one that has not begun, or that no W3C credential is on. */
  async bitstring(ctx: Context, { code, state }: TenantRef, number: number): Promise<object | null> {
    const addresses = addressesOf(this.config.publicUrl, code);
    const found = await this.database.read(ctx, async work => {
      const revoked = await this.store.revokedPlaces(work, number);
      // Its key is made with the first W3C credential, and the list may have begun with another format's
      const signer = revoked && (await this.signingKeys.signerIfMade(ctx, work, 'EdDSA'));
      return signer && { revoked, signer };
    });
    if (!found) return null;
    const { thumbprint, privateKey } = found.signer;
    const credential = statusListCredential({
      address: statusListAddress(addresses, 'bitstring', number),
      issuer: addresses.did,
      purpose: 'revocation',
      encodedList: encoded(found.revoked),
      validFrom: ctx.now(),
      validUntil: nextUpdateOf(state, ctx.now()),
      ttl: TTL_MS,
    });
    const verificationMethod = `${addresses.did}#${thumbprint}`;
    return signCredential(credential, {
      signer: { verificationMethod, privateKey },
      createdAt: ctx.now(),
      contexts: credentialContexts,
    });
  }

  /** The same list as a signed token, for SD-JWT VCs; null likewise. */
  async token(ctx: Context, { code, state }: TenantRef, number: number): Promise<string | null> {
    const addresses = addressesOf(this.config.publicUrl, code);
    const found = await this.database.read(ctx, async work => {
      const revoked = await this.store.revokedPlaces(work, number);
      return revoked && { revoked, signer: await this.signingKeys.signer(ctx, work) };
    });
    if (!found) return null;
    const { thumbprint: kid, privateKey } = found.signer;
    const about = {
      address: statusListAddress(addresses, 'token', number),
      issuer: addresses.issuer,
      issuedAt: ctx.now(),
      expiresAt: nextUpdateOf(state, ctx.now()),
      ttl: TTL_MS / 1000,
    };
    const list = marked(newTokenStatusList(PLACES_ON_A_LIST, 1), found.revoked);
    return signTokenStatusList(list, about, { kid, privateKey });
  }
}

const encoded = (revoked: readonly number[]): string =>
  toEncodedList(marked(newBitstring(PLACES_ON_A_LIST), revoked));

function marked(list: StatusList, revoked: readonly number[]): StatusList {
  for (const place of revoked) list.set(place, 1);
  return list;
}
