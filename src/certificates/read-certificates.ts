import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { type NationalCertificate, readHcert } from '../codecs';
import { type Page, pageOf, type PageRequest } from '../common';
import { mayAnywhere, reachesOf } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, isReadOnly, type UnitOfWork } from '../platform/database';
import { AppError } from '../platform/errors';
import { Texts } from '../platform/i18n';
import { Programmes } from '../programmes';
import { Looks, mayFor, type PersonKeyring, PersonKeys, Persons } from '../registry';
import { Doses } from '../vaccinations';
import { Certificate, LatestCertificate, PreparationStatus } from './certificate.graphql';
import { MAX_DOSES } from './certificate-content';
import { covers, stands } from './certificate-rules';
import { type CertificateRow, CertificatesStore } from './certificates.store';
import { CertifiedVaccines } from './certified-vaccines';
import { preparationOf } from './preparation-rules';
import { ExclusionsStore } from './revoking/exclusions.store';
import { sealedPlace } from './sealed-place';
import { statusOf } from './verifying/verdict-rules';

/** Whoever may see a person's certificates: those who act for her, and staff who print for people. */
export const READERS = ['certificate.read-own', 'certificate.read'] as const;

/** A certificate as its readers get it, with what only its pictures need. */
export interface ReadCertificate extends Certificate {
  /** The text of its code. */
  text: string;
  content: NationalCertificate;
  vaccinationIds: readonly string[];
}

/** A person's certificates, for herself, those who act for her, and the staff who print them. */
@Injectable()
export class ReadCertificates {
  constructor(
    private readonly database: Database,
    private readonly store: CertificatesStore,
    private readonly persons: Persons,
    private readonly doses: Doses,
    private readonly exclusions: ExclusionsStore,
    private readonly programmes: Programmes,
    private readonly vaccines: CertifiedVaccines,
    private readonly personKeys: PersonKeys,
    private readonly texts: Texts,
    private readonly looks: Looks,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * The newest one, and whether it has every dose, or why not. Throws NOT_FOUND for a person who is not the caller's
   * to see.
   */
  async latest(ctx: Context, personId: string): Promise<LatestCertificate> {
    const { row, given, excluded, sealed, keyring } = await this.open(ctx, personId, async work => {
      const newest = await this.store.newestOf(work, personId);
      return {
        row: newest,
        given: await this.doses.ofPerson(ctx, work, personId),
        excluded: await this.exclusions.ofPerson(work, personId),
        sealed: await this.store.sealedTexts(work, personId, newest ? [newest.id] : []),
        keyring: await this.personKeys.of(ctx, work, [personId]),
      };
    });
    const [certificate] = await this.readable(ctx, row ? [row] : [], sealed, keyring);
    const doses = given.filter(({ id }) => !excluded.has(id)).slice(-MAX_DOSES);
    const missing = doses.filter(({ id }) => !row?.vaccinationIds.includes(id));
    const ids = doses.map(({ id }) => id);
    const complete = row !== null && stands(row) && covers(row, ids);
    const since = complete ? null : oldestOf(missing.map(({ recordedAt }) => recordedAt));
    const { status, reason } = preparationOf(
      {
        certifiable: doses.length,
        excluded: given.filter(({ id }) => excluded.has(id)).length,
        complete,
        expired: row !== null && row.expiresAt < ctx.now(),
        since,
        countryIsReadOnly: isReadOnly(ctx.tenant!),
        hasProgramme: complete || (await this.hasProgramme(ctx)),
      },
      ctx.now(),
    );
    return {
      status: PreparationStatus[status],
      reason,
      since,
      message: this.texts.say(
        ctx,
        reason ? `certificates.reason.${reason}` : 'certificates.preparation.READY',
      ),
      certificate: certificate ?? null,
    };
  }

  private async hasProgramme(ctx: Context): Promise<boolean> {
    try {
      await this.programmes.current(ctx);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'STATE_FORBIDS') return false;
      throw error;
    }
  }

  /** Every one that was ever issued, newest first. Throws as {@link latest}. */
  async page(ctx: Context, personId: string, page: PageRequest): Promise<Page<ReadCertificate>> {
    const { items, endCursor, sealed, keyring } = await this.open(ctx, personId, async work => {
      const rows = pageOf(await this.store.pageOf(work, personId, page), page.first, row => row.id);
      const ids = rows.items.map(({ id }) => id);
      const keyring = await this.personKeys.of(ctx, work, [personId]);
      return { ...rows, sealed: await this.store.sealedTexts(work, personId, ids), keyring };
    });
    return { items: await this.readable(ctx, items, sealed, keyring), endCursor };
  }

  /** The standing certificates of these people. For whoever has checked the permission and writes the audit. */
  async standingOf(
    ctx: Context,
    work: UnitOfWork,
    personIds: readonly string[],
  ): Promise<ReadonlyMap<string, ReadCertificate>> {
    const newest = await this.store.newestOfAll(work, personIds);
    const rows = newest.filter(row => statusOf(row, ctx.now()) === 'VALID');
    const keyring = await this.personKeys.of(ctx, work, personIds);
    const read = await this.readable(ctx, rows, await this.store.sealedTextsOf(work, rows), keyring);
    return new Map(read.map(certificate => [certificate.personId, certificate]));
  }

  private async open<T>(ctx: Context, personId: string, read: (work: UnitOfWork) => Promise<T>): Promise<T> {
    mayAnywhere(ctx, READERS.find(permission => reachesOf(ctx, permission).length > 0) ?? READERS[0]);
    const detail = await this.looks.known(ctx, ['certificate.read'], [personId]);
    return this.database.read(ctx, async work => {
      mayFor(ctx, READERS, await this.persons.byId(ctx, work, personId));
      this.audit.record(ctx, work, {
        action: 'certificate.read',
        resource: { type: 'certificate', id: null },
        personId,
        detail: { ...detail },
      });
      return read(work);
    });
  }

  /** Without those of people who were erased meanwhile. */
  private async readable(
    ctx: Context,
    rows: readonly CertificateRow[],
    sealed: ReadonlyMap<string, Buffer>,
    keyring: PersonKeyring,
  ): Promise<ReadCertificate[]> {
    const read = await Promise.all(
      rows.map(async row => {
        const place = sealedPlace(row.id);
        const text = await this.personKeys.open(ctx, keyring, row.personId, place, sealed.get(row.id)!);
        if (text === null) return [];
        const content = contentOf(text);
        const end = row.ends.find(({ kind }) => kind === 'revoked') ?? row.ends[0];
        const certificate = {
          ...row,
          text,
          content,
          status: statusOf(row, ctx.now()),
          reason: end?.reason ?? null,
          successor: end?.successor ?? null,
          doses: await this.vaccines.ofNational(ctx, content),
        };
        return [certificate];
      }),
    );
    return read.flat();
  }
}

/** What our own register sealed needs no check: its seal has been one. */
export function contentOf(text: string): NationalCertificate {
  const read = readHcert(text);
  if (read.outcome !== 'read') throw new Error(`A certificate of our own does not read: ${read.reason}`);
  return read.hcert.content as NationalCertificate;
}

const oldestOf = (instants: readonly Date[]): Date | null =>
  instants.reduce<Date | null>((oldest, instant) => (oldest && oldest < instant ? oldest : instant), null);
