import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Post } from '../../delivery';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork, violates } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { type PersonRow, Persons } from '../../registry';
import { PrintRunsStore } from '../printing/print-runs.store';
import { type ReadCertificate, ReadCertificates } from '../read-certificates';
import { PostingFault, type PostedPrintRun } from './posting.graphql';
import { PostingStore } from './posting.store';

const POST = 'certificate.print';

export interface PostPrintRunInput {
  facilityId: string;
  runId: string;
  personIds: readonly string[];
}

type Place = Awaited<ReturnType<Places['of']>>;

/**
 * Printed certificates are sent to those whose they are: each is a consignment of its own, from the place that
 * printed it to where she lives. Each of a run once, however often it is asked for.
 */
@Injectable()
export class PostPrintRun {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly runs: PrintRunsStore,
    private readonly store: PostingStore,
    private readonly certificates: ReadCertificates,
    private readonly persons: Persons,
    private readonly post: Post,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws FORBIDDEN where the caller does not print, NOT_FOUND for no such run, INVALID_INPUT for somebody not of it,
   * CONFLICT when the same certificates are being sent at this moment: ask again.
   */
  run(ctx: Context, input: PostPrintRunInput): Promise<PostedPrintRun> {
    mayAnywhere(ctx, POST);
    const sending = this.database.write(ctx, async work => {
      const place = await this.places.of(work, input.facilityId);
      may(ctx, POST, place);
      const run = await this.runs.run(work, { facilityId: input.facilityId, id: input.runId });
      if (!run) throw notFound();
      const personIds = [...new Set(input.personIds)];
      if (!personIds.every(id => run.personIds.includes(id)))
        throw invalid('personIds', 'certificates.notOfRun');
      const faults = await this.send(ctx, work, place, run.id, personIds);
      return this.answer(work, run.id, personIds, faults);
    });
    return sending.catch(error => {
      throw violates(error, 'posted_certificate_pkey') ? new AppError('CONFLICT') : error;
    });
  }

  /** Sends what was not sent yet; why some could not be. */
  private async send(
    ctx: Context,
    work: UnitOfWork,
    place: Place,
    runId: string,
    personIds: readonly string[],
  ): Promise<Map<string, PostingFault>> {
    const sent = new Set((await this.store.ofRun(work, runId, personIds)).map(({ personId }) => personId));
    const standing = await this.certificates.standingOf(ctx, work, personIds);
    const persons = await this.persons.ofIds(work, personIds);
    const faults = new Map<string, PostingFault>();
    for (const id of personIds) {
      if (sent.has(id)) continue;
      const fault = await this.one(ctx, work, { place, runId }, persons.get(id), standing.get(id));
      if (fault) faults.set(id, fault);
    }
    return faults;
  }

  private async one(
    ctx: Context,
    work: UnitOfWork,
    { place, runId }: { place: Place; runId: string },
    person: PersonRow | undefined,
    certificate: ReadCertificate | undefined,
  ): Promise<PostingFault | null> {
    if (!certificate || !person) return PostingFault.NO_CERTIFICATE;
    if (person.areaId === null) return PostingFault.NO_AREA;
    const { areaId, language, id: personId } = person;
    const to = { facility: place, areaId, accountId: person.accountIds[0] ?? null, language };
    const posted = await this.post.certificate(ctx, work, to);
    if ('fault' in posted) return PostingFault[posted.fault];
    const row = { personId, certificateId: certificate.id, unitId: posted.unitId, postedAt: ctx.now() };
    await this.store.add(ctx, work, row, { facilityId: place.facilityId, runId });
    this.audit.record(ctx, work, {
      action: 'certificate.post',
      resource: { type: 'certificate', id: certificate.id },
      personId,
      facilityId: place.facilityId,
      detail: { run: runId, unit: posted.unitId },
    });
    return null;
  }

  private async answer(
    work: UnitOfWork,
    runId: string,
    personIds: readonly string[],
    faults: ReadonlyMap<string, PostingFault>,
  ): Promise<PostedPrintRun> {
    const posted = await this.store.ofRun(work, runId, personIds);
    return {
      posted: posted.map(({ personId, certificateId, unitId, postedAt }) => ({
        personId,
        certificateId,
        unit: unitId,
        postedAt,
      })),
      notPosted: [...faults].map(([personId, fault]) => ({ personId, fault })),
    };
  }
}
