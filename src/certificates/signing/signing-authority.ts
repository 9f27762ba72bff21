import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { authorityCertificate, signerCertificate } from '../../codecs/x509';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { KeyManagement, type WrappedColumn } from '../../platform/keys';
import type { HandedOverKey } from '../../tenancy';
import { type SigningAuthorityRow, SigningKeysStore } from './signing-keys.store';

/** Two years in use and the ten that what it signed is valid (docs/decisions/0013-certificates.md). */
const SIGNER_YEARS = 12;
/** Long enough to certify signers for ten years. */
const AUTHORITY_YEARS = 22;

/**
 * A country's own signing authority (CSCA): whoever trusts it abroad trusts each signer that it certifies. Made when
 * the first signer is; its private key is wrapped by the key management and opened only to certify.
 */
@Injectable()
export class SigningAuthority {
  constructor(
    private readonly database: Database,
    private readonly store: SigningKeysStore,
    private readonly keys: KeyManagement,
    private readonly audit: AuditTrail,
  ) {}

  /** The certificate of a signer, X.509 in DER, valid from `from` on for as long as anything it signs. */
  async certify(ctx: Context, publicKey: KeyObject, number: number, from: Date): Promise<Buffer> {
    const { country } = tenantOf(ctx);
    const row = (await this.database.read(ctx, work => this.store.authority(work))) ?? (await this.make(ctx));
    const der = this.keys.unwrap(row.wrappedPrivateKey, wrapContext(ctx, row.number));
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    der.fill(0);
    const certificate = signerCertificate({
      subject: { country, commonName: `DSC-health-${country}-${number}` },
      publicKey,
      serial: randomBytes(16),
      notBefore: ctx.now() < from ? ctx.now() : from,
      notAfter: earlier(yearsAfter(from, SIGNER_YEARS), new X509Certificate(row.certificate).validToDate),
      issuer: { name: nameOf(country, row.number), privateKey },
    });
    return Buffer.from(certificate);
  }

  /** The authority's private key, PKCS #8 in DER, for the country that it belongs to; none before it was made. */
  async handOver(ctx: Context, work: UnitOfWork): Promise<HandedOverKey[]> {
    const row = await this.store.authority(work);
    if (!row) return [];
    const { number, wrappedPrivateKey } = row;
    const key = this.keys.unwrap(wrappedPrivateKey, wrapContext(ctx, number)).toString('base64url');
    return [{ purpose: 'signing authority', number, key }];
  }

  /** If another process made it first, gives that one. */
  private async make(ctx: Context): Promise<SigningAuthorityRow> {
    const { country } = tenantOf(ctx);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
    const madeAt = ctx.now();
    const time = { notBefore: madeAt, notAfter: yearsAfter(madeAt, AUTHORITY_YEARS) };
    const serial = randomBytes(16);
    const toMake = { subject: nameOf(country, 1), publicKey, serial, ...time };
    const authority: SigningAuthorityRow = {
      number: 1,
      certificate: Buffer.from(authorityCertificate(toMake, privateKey)),
      wrappedPrivateKey: this.keys.wrap(secret, wrapContext(ctx, 1)),
      madeAt,
    };
    secret.fill(0);
    return this.database.write(ctx, async work => {
      if (!(await this.store.addAuthority(ctx, work, authority))) return (await this.store.authority(work))!;
      this.audit.record(ctx, work, {
        action: 'certificate.make-authority',
        resource: { type: 'signing-authority', id: '1' },
      });
      return authority;
    });
  }
}

const nameOf = (country: string, number: number) => ({
  country,
  commonName: `CSCA-health-${country}-${number}`,
});

const wrapContext = (ctx: Context, number: number): string =>
  `${tenantOf(ctx).code}/signing-authority/${number}`;

/** The private half of the authority, for whoever changes what it is wrapped with. */
export const WRAPPED_AUTHORITIES: WrappedColumn = {
  planes: ['tenant'],
  table: 'signing_authority',
  column: 'wrapped_private_key',
  names: ['number'],
  contextOf: (ctx, [number]) => wrapContext(ctx, Number(number)),
};

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

function yearsAfter(instant: Date, years: number): Date {
  const later = new Date(instant);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}

function tenantOf(ctx: Context) {
  if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
  return ctx.tenant;
}
