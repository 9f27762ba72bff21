import { createPublicKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { KeyUsage } from '../../codecs';
import type { CertificateTrust, Claimed } from '../../codecs/formats';
import type { Contexts } from '../../codecs/json-ld';
import { vaccinationContexts } from '../../codecs/verifiable-credentials';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { vaccinationContextAddress } from '../publishing/addresses';
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
  /** Believed whoever asks: those of W3C, and of the credentials that are issued here. */
  private readonly contexts: Contexts;

  constructor(
    private readonly database: Database,
    private readonly keys: SigningKeysStore,
    private readonly lists: TrustListsStore,
    @Inject(CONFIG) { publicUrl }: Config,
  ) {
    this.contexts = vaccinationContexts(vaccinationContextAddress(publicUrl));
  }

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
    if (!ctx.tenant) return { contexts: this.contexts };
    return this.database.read(ctx, async work => {
      const authorities = issuer ? await this.lists.authoritiesOf(work, issuer, ctx.now()) : [];
      const known = authorities.map(publicKeyOf);
      const contexts = await this.lists.contexts(work, ctx.now());
      return { authorities: () => known, contexts: new Map([...contexts, ...this.contexts]) };
    });
  }
}

const publicKeyOf = ({ publicJwk }: Pick<ListedKey, 'publicJwk'>): KeyObject =>
  createPublicKey({ key: publicJwk, format: 'jwk' });
