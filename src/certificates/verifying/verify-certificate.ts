import { Inject, Injectable } from '@nestjs/common';
import type { NationalCertificate } from '../../codecs';
import {
  type CertificateTrust,
  type Checked,
  type Claimed,
  type FormatName,
  readClaimed,
  verifyCertificate,
} from '../../codecs/formats';
import { nameFor } from '../../facilities';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { Catalogue, type CatalogueRow } from '../../tenancy';
import { CertificatesStore } from '../certificates.store';
import { CertifiedVaccines } from '../certified-vaccines';
import { ProofsStore } from '../proofs/proofs.store';
import { type Addresses, addressesOf } from '../publishing/addresses';
import { ResultProofsStore } from '../results/result-proofs.store';
import type { ListedKey } from '../signing/signing-keys.store';
import type { CertificateVerdict } from '../verdict.graphql';
import { KnownSigners } from './known-signers';
import { judgeFault, type Judgement, judgeRegistered, judgeTrusted, tellsFacts } from './verdict-rules';
import { VerificationCounts } from './verification-counts';

/** What was found out about a code; the issuer and what it says only where the signature is the issuer's. */
interface Finding extends Judgement {
  format?: FormatName;
  checked?: Checked;
  /** The country served here that issued it. */
  tenant?: CatalogueRow;
}

type Valid = Checked & { format: FormatName };

/**
 * Anybody's check of a certificate in any format. One of a country served here is looked up in that country's register,
 * suspended and archived countries included: it says whether it still stands by it. One of another country is believed
 * by the trust lists of the country that asks. Nothing of it is kept but a count.
 */
@Injectable()
export class VerifyCertificate {
  constructor(
    private readonly database: Database,
    private readonly store: CertificatesStore,
    private readonly signers: KnownSigners,
    private readonly catalogue: Catalogue,
    private readonly vaccines: CertifiedVaccines,
    private readonly texts: Texts,
    private readonly counts: VerificationCounts,
    private readonly proofs: ProofsStore,
    private readonly results: ResultProofsStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Any text gets a verdict; blanks around it are nobody's (Base45 never ends with one). Throws TENANT_NOT_SERVED
   * while the issuer's register cannot be asked. Wrong codes are not counted: nobody guesses a signature, and a border
   * that is shown a thousand foreign ones must still read the next.
   */
  async run(ctx: Context, code: string): Promise<CertificateVerdict> {
    const finding = await this.find(ctx, code.trim());
    this.counts.add(finding.tenant?.code ?? '', finding.outcome, ctx.now());
    return this.inWords(ctx, finding);
  }

  private async find(ctx: Context, text: string): Promise<Finding> {
    const read = readClaimed(text);
    if (read.outcome !== 'read') return judgeFault(read.reason);
    const { claimed, format } = read;
    const others = await this.signers.others(ctx, claimed);
    const signers = await this.signers.named(ctx, claimed);
    let fault: Finding = { ...judgeFault('key-unknown'), format };
    for (const signer of signers.length > 0 ? signers : [null]) {
      const isTheirs = (issuer?: string) => !signer?.issuer || !issuer || issuer === signer.issuer;
      const keys: CertificateTrust['keys'] = (_, issuer) => (signer && isTheirs(issuer) ? [signer] : []);
      const verdict = await check(text, { ...others, keys }, claimed, ctx.now());
      if (verdict.outcome === 'valid') {
        if (signer?.own) return this.ask(ctx, signer.own, verdict);
        return { ...judgeTrusted(verdict, ctx.now()), format, checked: verdict };
      }
      fault = { ...judgeFault(verdict.reason), format };
    }
    return fault;
  }

  private async ask(ctx: Context, key: ListedKey, checked: Valid): Promise<Finding> {
    const { format } = checked;
    if (key.withdrawnAt) return { outcome: 'NOT_GENUINE', reason: 'key-withdrawn', format };
    const tenant = await this.catalogue.byCode(key.tenantCode);
    if (!tenant) throw new AppError('TENANT_NOT_SERVED');
    const names = namesOf(tenant, addressesOf(this.config.publicUrl, tenant.code));
    const national = nationalIn(checked);
    if (!names.includes(checked.issuer ?? '') || (national && national.co !== tenant.country))
      return { ...judgeFault('key-usage'), format };
    const registered = await this.database.read({ ...ctx, tenant }, work =>
      national
        ? this.registeredAs(work, national.ci, checked, key)
        : this.registeredProof(work, checked, key),
    );
    return { ...judgeRegistered(registered, ctx.now()), format, tenant, checked };
  }

  private async registeredAs(work: UnitOfWork, number: string, { spelling }: Valid, { kid }: ListedKey) {
    const registered = await this.store.issuedAs(work, number, spelling);
    return registered?.kid === kid ? registered : null;
  }

  /** A proof stands as long as the certificate that it was made of. */
  private async registeredProof(work: UnitOfWork, { spelling }: Valid, { kid }: ListedKey) {
    const proof = await this.proofs.spelled(work, spelling);
    if (!proof) return this.registeredResult(work, spelling, kid);
    if (proof.kid !== kid) return null;
    const all = await this.store.ofPerson(work, proof.personId);
    return all.find(({ id }) => id === proof.certificateId) ?? null;
  }

  /** A proof of a test result stands until it is revoked itself. */
  private async registeredResult(work: UnitOfWork, spelling: string, kid: string) {
    const proof = await this.results.spelled(work, spelling);
    return proof?.kid === kid ? proof : null;
  }

  private async inWords(ctx: Context, finding: Finding): Promise<CertificateVerdict> {
    const { outcome, reason, tenant, checked, format } = finding;
    const facts = tellsFacts(finding) ? checked?.facts : undefined;
    return {
      outcome,
      reason,
      message: this.texts.say(ctx, `certificates.verdict.${outcome}`, {
        reason: (reason ?? '').replaceAll('-', '_'),
      }),
      format: format ?? null,
      issuer: issuerInWords(ctx, finding),
      issuedAt: checked?.issuedAt ?? null,
      expiresAt: checked?.expiresAt ?? null,
      holderName: facts?.holderName ?? null,
      birthDate: facts?.birthDate ?? null,
      doses: facts ? await this.vaccines.inWords(tenant ? { ...ctx, tenant } : null, facts.doses) : [],
      results: (facts?.others ?? []).map(one => ({ ...one, result: one.result ?? null })),
    };
  }
}

/** One past its time is checked as of its last second: it is told as expired, and still by whom and of whom. */
async function check(text: string, trust: CertificateTrust, { expiresAt }: Claimed, now: Date) {
  const verdict = await verifyCertificate(text, trust, now);
  const isOver = verdict.outcome !== 'valid' && verdict.reason === 'expired' && expiresAt;
  return isOver ? verifyCertificate(text, trust, expiresAt) : verdict;
}

/** How a country's own certificates name it, in whatever format. */
const namesOf = ({ country }: CatalogueRow, { issuer, did }: Addresses): string[] => [country, issuer, did];

/** A certificate of the country's own kind; no other content has these fields at its top. */
// names-a-country: a member of its content is spelt like one
function nationalIn({ content }: Checked): Pick<NationalCertificate, 'ci' | 'co'> | undefined {
  const { ver, ci, co } = content as Partial<NationalCertificate>;
  return ver && ci && co ? { ci, co } : undefined;
}

/** A country served here by the name of its authority, any other by its name, an address as it is. */
function issuerInWords(ctx: Context, { tenant, checked }: Finding): string | null {
  if (tenant)
    return nameFor({ ...ctx, languages: [...ctx.languages, ...tenant.languages] }, tenant.names, tenant.code);
  const issuer = checked?.issuer;
  if (!issuer || !/^[A-Z]{2}$/.test(issuer)) return issuer ?? null;
  return new Intl.DisplayNames(ctx.languages, { type: 'region' }).of(issuer) ?? issuer;
}
