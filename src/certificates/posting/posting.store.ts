import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** A printed certificate that was sent to its holder. */
export interface PostedCertificateRow {
  personId: string;
  certificateId: string;
  /** The code of its label. */
  unitId: string;
  postedAt: Date;
}

const ROW = `p.person_id AS "personId", p.certificate_id AS "certificateId", p.unit_id AS "unitId", p.posted_at AS "postedAt"`;

@Injectable()
export class PostingStore {
  /** What of these people's was posted from a print run. */
  ofRun(work: UnitOfWork, runId: string, personIds: readonly string[]): Promise<PostedCertificateRow[]> {
    return work.query(
      `SELECT ${ROW} FROM posted_certificate p WHERE p.person_id = ANY ($1::uuid[]) AND p.run_id = $2`,
      [personIds, runId],
    );
  }

  /** How often a certificate was posted, in order. */
  ofCertificate(work: UnitOfWork, personId: string, certificateId: string): Promise<PostedCertificateRow[]> {
    return work.query(
      `SELECT ${ROW} FROM posted_certificate p WHERE p.person_id = $1 AND p.certificate_id = $2
       ORDER BY p.posted_at, p.unit_id LIMIT 20`,
      [personId, certificateId],
    );
  }

  async add(
    ctx: Context,
    work: UnitOfWork,
    { personId, certificateId, unitId, postedAt }: PostedCertificateRow,
    { facilityId, runId }: { facilityId: string; runId: string },
  ): Promise<void> {
    await work.query(
      `INSERT INTO posted_certificate (person_id, certificate_id, facility_id, run_id, unit_id, posted_at, actor_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [personId, certificateId, facilityId, runId, unitId, postedAt, ctx.actor.id],
    );
  }
}
