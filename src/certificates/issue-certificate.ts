import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { type NationalCertificate, nationalCertificate, signHcert } from '../codecs';
import { nameFor } from '../facilities';
import type { Context } from '../platform/context';
import { Database, type UnitOfWork } from '../platform/database';
import { type FactListener, FactListeners, Outbox } from '../platform/events';
import { Programmes } from '../programmes';
import { personChanged, PersonKeys, type PersonRow, Persons, writeBirthDate } from '../registry';
import { Catalogue, SealedColumns } from '../tenancy';
import { doseCorrected, type DoseRecord, doseRecorded, Doses, doseVoided } from '../vaccinations';
import { certificateContent, type DoseToCertify, MAX_DOSES } from './certificate-content';
import { newCertificateNumber } from './certificate-number-rules';
import { type Cause, type CertificatePlan, planCertificates } from './certificate-rules';
import { certificateIssued, certificateRevoked } from './certificates.events';
import { CertificatesStore } from './certificates.store';
import { statedDetails } from './details/detail-rules';
import { StatedDetailsStore } from './details/stated-details.store';
import { ExclusionsStore } from './revoking/exclusions.store';
import { SEALED_COLUMNS, sealedPlace } from './sealed-place';
import { type Signer, SigningKeys } from './signing/signing-keys';

/** See docs/decisions/0013-certificates.md for why this long. */
const VALID_YEARS = 10;
/** What of a person stands on a certificate. */
export const PRINTED_FIELDS: readonly string[] = ['name', 'birthDate', 'birthDatePrecision'];

/** What a certificate follows from: whose, and the fact that made it necessary. */
export interface IssueInput {
  personId: string;
  factId: string;
  cause: Cause;
  /** For the cause `key-withdrawn`: which. */
  withdrawnKid?: string;
  /** For the cause `detail-taken-back`: certificates issued from then on are revoked; left out, they are superseded. */
  statedSince?: Date;
  /** For the cause `dose-corrected`: what took whose place. */
  corrected?: { from: string; to: string };
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
    private readonly exclusions: ExclusionsStore,
    private readonly details: StatedDetailsStore,
    private readonly signingKeys: SigningKeys,
    private readonly persons: Persons,
    private readonly doses: Doses,
    private readonly programmes: Programmes,
    private readonly catalogue: Catalogue,
    private readonly personKeys: PersonKeys,
    private readonly sealedColumns: SealedColumns,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.sealedColumns.add(...SEALED_COLUMNS);
    this.listeners.on(doseRecorded, this.following('new-dose'));
    this.listeners.on(doseCorrected, (ctx, { id, payload: { personId, replaces, vaccinationId } }) =>
      this.run(ctx, {
        personId,
        factId: id,
        cause: 'dose-corrected',
        corrected: { from: replaces, to: vaccinationId },
      }),
    );
    this.listeners.on(doseVoided, this.following('dose-voided'));
    this.listeners.on(personChanged, async (ctx, fact) => {
      if (fact.payload.fields.some(field => PRINTED_FIELDS.includes(field)))
        await this.following('person-corrected')(ctx, fact);
    });
  }

  /** Throws STATE_FORBIDS while the country has no programme, TENANT_READ_ONLY while it is suspended: the fact waits. */
  async run(ctx: Context, input: IssueInput): Promise<void> {
    await this.database.write(ctx, work => this.within(ctx, work, input));
  }

  /** {@link run} in a unit of work that has made the fact: what it makes necessary is done in the same act. */
  async within(ctx: Context, work: UnitOfWork, input: IssueInput): Promise<void> {
    const { personId, factId, cause, corrected } = input;
    const { profile } = (await this.programmes.current(ctx)).pack;
    const ownWords = { ...ctx, languages: [profile.defaultLanguage] };
    if (!(await this.store.begin(work, personId, factId))) return;
    const person = (await this.persons.ofIds(work, [personId])).get(personId);
    if (!person) return; // erased since: what she holds stays as it is
    if (corrected) await this.exclusions.carryFraud(work, personId, corrected);
    const excluded = await this.exclusions.ofPerson(work, personId);
    const given = await this.doses.ofPerson(ctx, work, personId);
    const doses = given.filter(({ id }) => !excluded.has(id));
    const issued = await this.store.ofPerson(work, personId);
    const ids = doses.slice(-MAX_DOSES).map(({ id }) => id);
    const plan = planCertificates(issued, ids, cause, input);
    const id = plan.issue ? await this.issue(ownWords, work, person, doses) : null;
    await this.end(ctx, work, input, plan, id);
  }

  private following(cause: Cause): FactListener<{ personId: string }> {
    return (ctx, fact) => this.run(ctx, { personId: fact.payload.personId, factId: fact.id, cause });
  }

  private async issue(
    ctx: Context,
    work: UnitOfWork,
    person: PersonRow,
    all: readonly DoseRecord[],
  ): Promise<string> {
    const tenant = (await this.catalogue.byCode(ctx.tenant!.code))!;
    const ownLanguages = { ...ctx, languages: [...ctx.languages, ...tenant.languages] };
    const programme = await this.programmes.current(ctx);
    const known = writeBirthDate({ date: person.birthDate, precision: person.birthDatePrecision });
    const proved = await this.details.of(ctx, work, person.id);
    const { birthDate } = statedDetails(known, proved, programme.pack.certificateDetails);
    const head = {
      country: tenant.country,
      issuer: nameFor(ownLanguages, tenant.names, tenant.code),
      name: person.name,
      ...(birthDate && { birthDate }),
    };
    const counted = this.doses.counted(ctx, programme, person, all);
    const doses = all.slice(-MAX_DOSES).map(dose => ({ ...dose, counted: counted.get(dose.id) ?? [] }));
    const certified = await this.wordsOf(ctx, work, doses);
    const signer = await this.signingKeys.signer(ctx, work);
    const dates = datesFrom(ctx.now());
    const id = ctx.newId();
    for (;;) {
      const number = newCertificateNumber(tenant.country);
      const text = sign(signer, certificateContent({ ...head, number }, certified), dates);
      const sealedText = await this.personKeys.seal(ctx, work, person.id, sealedPlace(id), text);
      const vaccinationIds = doses.map(dose => dose.id);
      const certificate = {
        id,
        personId: person.id,
        number,
        vaccinationIds,
        kid: signer.kid,
        ...dates,
        text,
        sealedText,
      };
      if (await this.store.add(work, certificate)) return id;
    }
  }

  private async wordsOf(
    ctx: Context,
    work: UnitOfWork,
    doses: readonly DoseRecord[],
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
      this.outbox.announce(ctx, work, certificateRevoked, personId, { personId, certificateId: id });
    if (issuedId)
      this.outbox.announce(ctx, work, certificateIssued, personId, {
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

/** CWT dates count whole seconds (RFC 8392 section 2); the register says the same instants. */
function datesFrom(now: Date): { issuedAt: Date; expiresAt: Date } {
  const issuedAt = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const expiresAt = new Date(issuedAt);
  expiresAt.setUTCFullYear(expiresAt.getUTCFullYear() + VALID_YEARS);
  return { issuedAt, expiresAt };
}

const sign = (signer: Signer, payload: NationalCertificate, dates: ReturnType<typeof datesFrom>): string =>
  signHcert({
    payload,
    claimKey: nationalCertificate.claimKey,
    issuer: payload.co,
    ...dates,
    signer: { ...signer, alg: 'ES256' },
  });
