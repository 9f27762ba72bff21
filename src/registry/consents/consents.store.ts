import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** One act of giving or withdrawing consent. */
export interface ConsentRow {
  personId: string;
  purpose: string;
  version: string;
  given: boolean;
  language: string;
  at: Date;
}

@Injectable()
export class ConsentsStore {
  async add(ctx: Context, work: UnitOfWork, consent: Omit<ConsentRow, 'at'>): Promise<void> {
    await work.query(
      `INSERT INTO consent (person_id, consent_id, purpose, version, given, language, by_kind, by_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        consent.personId,
        ctx.newId(),
        consent.purpose,
        consent.version,
        consent.given,
        consent.language,
        ctx.actor.kind,
        ctx.actor.id,
        ctx.now(),
      ],
    );
  }

  /** Where each person stands on each purpose: her last act. */
  standing(work: UnitOfWork, personIds: readonly string[]): Promise<ConsentRow[]> {
    return work.query(
      `SELECT DISTINCT ON (person_id, purpose) person_id AS "personId", purpose, version, given, language, at
       FROM consent WHERE person_id = ANY($1::uuid[]) ORDER BY person_id, purpose, consent_id DESC`,
      [personIds],
    );
  }
}
