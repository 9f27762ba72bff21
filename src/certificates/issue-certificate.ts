import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { nationalCertificate, signHcert } from '../codecs';
import { nameFor } from '../facilities';
import type { Context } from '../platform/context';
import { Database, type UnitOfWork } from '../platform/database';
import { type FactListener, FactListeners, Outbox } from '../platform/events';
import { Programmes } from '../programmes';
import { personChanged, Persons, writeBirthDate } from '../registry';
import { Catalogue, TenantKeys } from '../tenancy';
import { doseCorrected, doseRecorded, Doses, doseVoided } from '../vaccinations';
import { certificateContent, type DoseToCertify, MAX_DOSES } from './certificate-content';
import { newCertificateNumber } from './certificate-number-rules';
import { type Cause, type CertificatePlan, planCertificates } from './certificate-rules';
import { certificateIssued, certificateRevoked } from './certificates.events';
import { CertificatesStore } from './certificates.store';
import { sealedPlace } from './sealed-place';
import { type Signer, SigningKeys } from './signing/signing-keys';

/** See docs/decisions/0013-certificates.md for why this long. */
const VALID_YEARS = 10;
/** What of a person stands on a certificate. */
const PRINTED_FIELDS = ['name', 'birthDate', 'birthDatePrecision'];

/** What a certificate follows from: whose, and the fact that made it necessary. */
export interface IssueInput {
  personId: string;
  factId: string;
  cause: Cause;
  /** For the cause `key-withdrawn`: which. */
  withdrawnKid?: string;
}

/** Who signs, and in which words. */
interface Issuer {
  signer: Signer;
  country: string;
  name: string;
}

/**
 * Keeps each person's certificate true to the register: one that lists the doses that stand, issued within a second or
 * so of a fact; what it replaces is superseded or revoked in the same act. A fact told twice, or to two workers at once,
 * is acted on once.
 */
@Injectable()
export class IssueCertificate implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: CertificatesStore,
    private readonly signingKeys: SigningKeys,
    private readonly persons: Persons,
    private readonly doses: Doses,
    private readonly programmes: Programmes,
    private readonly catalogue: Catalogue,
    private readonly tenantKeys: TenantKeys,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(doseRecorded, this.following('new-dose'));
    this.listeners.on(doseCorrected, this.following('dose-corrected'));
    this.listeners.on(doseVoided, this.following('dose-voided'));
    this.listeners.on(personChanged, async (ctx, fact) => {
      if (fact.payload.fields.some(field => PRINTED_FIELDS.includes(field)))
        await this.following('person-corrected')(ctx, fact);
    });
  }

  /** Throws STATE_FORBIDS while the country has no programme, TENANT_READ_ONLY while it is suspended: the fact waits. */
  async run(ctx: Context, input: IssueInput): Promise<void> {
    const issuer = await this.issuerOf(ctx);
    const { defaultLanguage } = (await this.programmes.current(ctx)).pack.profile;
    const ownWords = { ...ctx, languages: [defaultLanguage] };
    await this.database.write(ctx, async work => {
      await this.store.holdPerson(work, input.personId);
      if (!(await this.store.noteCause(work, input.personId, input.factId))) return;
      const doses = (await this.doses.ofPerson(ctx, work, input.personId)).slice(-MAX_DOSES);
      const issued = await this.store.ofPerson(work, input.personId);
      const plan = planCertificates(
        issued,
        doses.map(({ id }) => id),
        input.cause,
        input.withdrawnKid,
      );
      const id = plan.issue ? await this.issue(ownWords, work, issuer, input.personId, doses) : null;
      await this.end(ctx, work, input, plan, id);
    });
  }

  private following(cause: Cause): FactListener<{ personId: string }> {
    return (ctx, fact) => this.run(ctx, { personId: fact.payload.personId, factId: fact.id, cause });
  }

  private async issuerOf(ctx: Context): Promise<Issuer> {
    const signer = await this.signingKeys.signer(ctx);
    const tenant = (await this.catalogue.byCode(ctx.tenant!.code))!;
    const { profile } = (await this.programmes.current(ctx)).pack;
    const name = nameFor(
      { ...ctx, languages: [profile.defaultLanguage, ...tenant.languages] },
      tenant.names,
      tenant.code,
    );
    return { signer, country: tenant.country, name };
  }

  private async issue(
    ctx: Context,
    work: UnitOfWork,
    { signer, country, name: issuer }: Issuer,
    personId: string,
    doses: Awaited<ReturnType<Doses['ofPerson']>>,
  ): Promise<string> {
    const person = await this.persons.byId(ctx, work, personId);
    const id = ctx.newId();
    const number = await this.freeNumber(work, country, personId, id);
    const birthDate = writeBirthDate({ date: person.birthDate, precision: person.birthDatePrecision });
    const head = { number, country, issuer, name: person.name, birthDate };
    const issuedAt = wholeSecond(ctx.now());
    const expiresAt = yearsAfter(issuedAt, VALID_YEARS);
    const text = signHcert({
      payload: certificateContent(head, await this.wordsOf(ctx, work, doses)),
      claimKey: nationalCertificate.claimKey,
      issuer: country,
      issuedAt,
      expiresAt,
      signer: { ...signer, alg: 'ES256' },
    });
    const sealedText = await this.tenantKeys.seal(ctx, sealedPlace(id), text);
    const vaccinationIds = doses.map(dose => dose.id);
    await this.store.add(work, {
      id,
      personId,
      number,
      vaccinationIds,
      kid: signer.kid,
      issuedAt,
      expiresAt,
      text,
      sealedText,
    });
    return id;
  }

  private async wordsOf(
    ctx: Context,
    work: UnitOfWork,
    doses: Awaited<ReturnType<Doses['ofPerson']>>,
  ): Promise<DoseToCertify[]> {
    const products = new Map(
      (await this.programmes.products(ctx, work)).map(product => [product.code, product]),
    );
    return Promise.all(
      doses.map(async dose => ({
        ...dose,
        vaccineName: await this.programmes.vaccineName(ctx, dose.vaccineCode),
        codes: products.get(dose.productCode)?.codes ?? {},
      })),
    );
  }

  private async freeNumber(work: UnitOfWork, country: string, personId: string, id: string): Promise<string> {
    for (;;) {
      const number = newCertificateNumber(country);
      if (await this.store.claimNumber(work, number, personId, id)) return number;
    }
  }

  private async end(
    ctx: Context,
    work: UnitOfWork,
    { personId, cause }: IssueInput,
    { keep, ends }: CertificatePlan,
    issuedId: string | null,
  ): Promise<void> {
    await this.store.end(ctx, work, personId, ends, issuedId ?? keep);
    const revoked = ends.filter(({ kind }) => kind === 'revoked');
    for (const { id } of revoked)
      await this.outbox.announce(ctx, work, certificateRevoked, personId, { personId, certificateId: id });
    if (issuedId)
      await this.outbox.announce(ctx, work, certificateIssued, personId, {
        personId,
        certificateId: issuedId,
      });
    if (!issuedId && ends.length === 0) return;
    this.audit.record(ctx, work, {
      action: issuedId ? 'certificate.issue' : 'certificate.revoke',
      resource: { type: 'certificate', id: issuedId ?? ends[0]!.id },
      personId,
      detail: { cause, revoked: revoked.length, superseded: ends.length - revoked.length },
    });
  }
}

/** CWT dates count whole seconds (RFC 8392 section 2); the register says the same instant. */
const wholeSecond = (instant: Date): Date => new Date(Math.floor(instant.getTime() / 1000) * 1000);

function yearsAfter(instant: Date, years: number): Date {
  const later = new Date(instant);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}
