import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type CwtClaims,
  type HcertVerdict,
  type NationalCertificate,
  nationalCertificate,
  readHcert,
  verifyHcert,
} from '../../codecs';
import { nameFor } from '../../facilities';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { Catalogue, type CatalogueRow } from '../../tenancy';
import type { CertificateVerdict } from '../certificate.graphql';
import { CertificatesStore } from '../certificates.store';
import { CertifiedVaccines } from '../certified-vaccines';
import { type ListedKey, SigningKeysStore } from '../signing/signing-keys.store';
import { judgeFault, type Judgement, judgeRegistered, tellsFacts } from './verdict-rules';
import { VerificationCounts } from './verification-counts';

/** What was found out about a code; the issuer and the claims only where the signature is the issuer's. */
interface Finding extends Judgement {
  tenant?: CatalogueRow;
  claims?: CwtClaims;
  content?: NationalCertificate;
}

/**
 * Anybody's check of a certificate of any country served here: the key says which country, whose register then says
 * whether it still stands by it, suspended and archived countries included. Nothing of it is kept but a count.
 */
@Injectable()
export class VerifyCertificate {
  constructor(
    private readonly database: Database,
    private readonly store: CertificatesStore,
    private readonly keys: SigningKeysStore,
    private readonly catalogue: Catalogue,
    private readonly vaccines: CertifiedVaccines,
    private readonly texts: Texts,
    private readonly counts: VerificationCounts,
  ) {}

  /** Any text gets a verdict; blanks around it are nobody's (Base45 never ends with one). Throws TENANT_NOT_SERVED while the issuer's register cannot be asked. */
  async run(ctx: Context, code: string): Promise<CertificateVerdict> {
    const finding = await this.find(ctx, code.trim());
    this.counts.add(finding.tenant?.code ?? '', finding.outcome, ctx.now());
    return this.inWords(ctx, finding);
  }

  private async find(ctx: Context, text: string): Promise<Finding> {
    const read = readHcert(text);
    if (read.outcome !== 'read') return judgeFault(read.reason);
    const { kid } = read.hcert;
    const keys = kid ? await this.database.readPlatform(work => this.keys.listedAs(work, kid)) : [];
    let fault = judgeFault('key-unknown');
    for (const key of keys) {
      const verdict = this.check(text, key, ctx.now());
      if (verdict.outcome === 'valid') return this.ask(ctx, key, { ...verdict, text });
      fault = judgeFault(verdict.reason);
    }
    return fault;
  }

  /** A code past its time is checked as of its last second: it is told as expired, and still by whom and of whom. */
  private check(text: string, key: ListedKey, now: Date): HcertVerdict {
    const publicKey = createPublicKey({ key: key.publicJwk, format: 'jwk' });
    const trust = { keys: () => [{ publicKey, usages: [] }] };
    const verdict = verifyHcert(text, trust, now);
    if (verdict.outcome === 'valid' || verdict.reason !== 'expired') return verdict;
    const read = readHcert(text);
    const end = read.outcome === 'read' ? read.hcert.claims.expiresAt : undefined;
    return end ? verifyHcert(text, trust, end) : verdict;
  }

  private async ask(
    ctx: Context,
    key: ListedKey,
    { claims, claimKey, content, text }: Extract<HcertVerdict, { outcome: 'valid' }> & { text: string },
  ): Promise<Finding> {
    if (key.withdrawnAt) return { outcome: 'NOT_GENUINE', reason: 'key-withdrawn' };
    const tenant = await this.catalogue.byCode(key.tenantCode);
    if (!tenant) throw new AppError('TENANT_NOT_SERVED');
    if (claimKey !== nationalCertificate.claimKey) return judgeFault('content-unknown');
    const certificate = content as NationalCertificate;
    if (claims.issuer !== tenant.country || certificate.co !== tenant.country) return judgeFault('key-usage');
    const registered = await this.database.read({ ...ctx, tenant }, work =>
      this.store.issuedAs(work, certificate.ci, text),
    );
    const ownKey = registered?.kid === key.kid ? registered : null;
    return { ...judgeRegistered(ownKey, ctx.now()), tenant, claims, content: certificate };
  }

  private async inWords(ctx: Context, finding: Finding): Promise<CertificateVerdict> {
    const { outcome, reason, tenant, claims } = finding;
    const facts = tellsFacts(finding) ? finding.content : undefined;
    const issuer = tenant
      ? nameFor({ ...ctx, languages: [...ctx.languages, ...tenant.languages] }, tenant.names, tenant.code)
      : null;
    return {
      outcome,
      reason,
      message: this.texts.say(ctx, `certificates.verdict.${outcome}`, {
        reason: (reason ?? '').replaceAll('-', '_'),
      }),
      issuer,
      issuedAt: claims?.issuedAt ?? null,
      expiresAt: claims?.expiresAt ?? null,
      holderName: facts?.n ?? null,
      birthDate: facts?.dob ?? null,
      doses: tenant && facts ? await this.vaccines.inWords({ ...ctx, tenant }, facts.v) : [],
    };
  }
}
