import { createPublicKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { KeyUsage } from '../../codecs';
import type { CertificateTrust, Claimed } from '../../codecs/formats';
import { credentialContexts } from '../../codecs/json-ld';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { type ListedKey, SigningKeysStore } from '../signing/signing-keys.store';
import { TrustListsStore } from '../trust/trust-lists.store';

/** A key under the name that a certificate gives; short names can be those of several. */
export interface KnownSigner {
  publicKey: KeyObject;
  usages: readonly KeyUsage[];
  /** Whose it is, where it is not of a country served here: as certificates name the issuer. */
  issuer: string | null;
  /** Where it is of a country served here. */
  own: ListedKey | null;
}

/** Whom a verifier knows: the countries served here, and those whom the country that asks believes. */
@Injectable()
export class KnownSigners {
  constructor(
    private readonly database: Database,
    private readonly keys: SigningKeysStore,
    private readonly lists: TrustListsStore,
  ) {}

  /** The keys that a certificate may mean. */
  async named(ctx: Context, { kid }: Claimed): Promise<KnownSigner[]> {
    if (kid === undefined) return [];
    const name = kid.slice(kid.lastIndexOf('#') + 1);
    const own = await this.database.readPlatform(work => this.keys.listedAs(work, name));
    const trusted = ctx.tenant
      ? await this.database.read(ctx, work => this.lists.signersNamed(work, kid, ctx.now()))
      : [];
    return [
      ...own.map(key => ({ publicKey: publicKeyOf(key), usages: [], issuer: null, own: key })),
      ...trusted.map(key => ({ ...key, publicKey: publicKeyOf(key), own: null })),
    ];
  }

  /** What is believed besides a key: authorities of the issuer that a certificate names, and contexts. */
  async others(ctx: Context, { issuer }: Claimed): Promise<Omit<CertificateTrust, 'keys'>> {
    if (!ctx.tenant) return { contexts: credentialContexts };
    return this.database.read(ctx, async work => {
      const authorities = issuer ? await this.lists.authoritiesOf(work, issuer, ctx.now()) : [];
      const known = authorities.map(publicKeyOf);
      const contexts = await this.lists.contexts(work, ctx.now());
      return { authorities: () => known, contexts: new Map([...contexts, ...credentialContexts]) };
    });
  }
}

const publicKeyOf = ({ publicJwk }: Pick<ListedKey, 'publicJwk'>): KeyObject =>
  createPublicKey({ key: publicJwk, format: 'jwk' });
