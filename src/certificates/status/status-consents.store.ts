import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { VaccinationStatus } from './vaccination-status-rules';

/** Somebody may ask how far a person is with a vaccine group, for a time. */
export interface StatusConsentRow {
  personId: string;
  id: string;
  vaccineGroup: string;
  givenAt: Date;
  expiresAt: Date;
  /** When the person ended it before its time. */
  endedAt: Date | null;
  checks: { checker: string; status: VaccinationStatus; at: Date }[];
}

const COLUMNS = `c.person_id AS "personId", c.id, c.vaccine_group AS "vaccineGroup", c.given_at AS "givenAt",
  c.expires_at AS "expiresAt", e.at AS "endedAt",
  COALESCE((SELECT json_agg(json_build_object('checker', k.checker, 'status', k.status, 'at', k.at) ORDER BY k.id)
            FROM status_check k WHERE k.person_id = c.person_id AND k.consent_id = c.id), '[]') AS checks`;
const FROM = `FROM status_consent c
  LEFT JOIN status_consent_end e ON e.person_id = c.person_id AND e.consent_id = c.id`;

@Injectable()
export class StatusConsentsStore {
  async add(
    ctx: Context,
    work: UnitOfWork,
    consent: Pick<StatusConsentRow, 'personId' | 'id' | 'vaccineGroup' | 'expiresAt'>,
    code: string,
  ): Promise<void> {
    const { personId, id, vaccineGroup, expiresAt } = consent;
    await work.query(
      `WITH claimed AS (INSERT INTO status_consent_claim (code_sha256, person_id, consent_id) VALUES ($1, $2, $3))
       INSERT INTO status_consent (person_id, id, vaccine_group, given_by, given_at, expires_at)
       VALUES ($2, $3, $4, $5, $6, $7)`,
      [hashOf(code), personId, id, vaccineGroup, ctx.actor.id ?? ctx.actor.kind, ctx.now(), expiresAt],
    );
  }

  /** Those of a person, newest first, with every use that was made of them. */
  ofPerson(work: UnitOfWork, personId: string): Promise<StatusConsentRow[]> {
    return this.rows(work, `c.person_id = $1 ORDER BY c.id DESC LIMIT 100`, [personId]);
  }

  async one(work: UnitOfWork, personId: string, id: string): Promise<StatusConsentRow | null> {
    if (!isId(personId) || !isId(id)) return null;
    const [row] = await this.rows(work, `c.person_id = $1 AND c.id = $2`, [personId, id]);
    return row ?? null;
  }

  /** The consent that a code opens, in force or not. */
  async ofCode(work: UnitOfWork, code: string): Promise<StatusConsentRow | null> {
    const [row] = await this.rows(
      work,
      `(c.person_id, c.id) = (SELECT person_id, consent_id FROM status_consent_claim WHERE code_sha256 = $1)`,
      [hashOf(code)],
    );
    return row ?? null;
  }

  async end(ctx: Context, work: UnitOfWork, { personId, id }: StatusConsentRow): Promise<void> {
    await work.query(
      `INSERT INTO status_consent_end (person_id, consent_id, at) VALUES ($1, $2, $3)
       ON CONFLICT (person_id, consent_id) DO NOTHING`,
      [personId, id, ctx.now()],
    );
  }

  async addCheck(
    ctx: Context,
    work: UnitOfWork,
    { personId, id }: StatusConsentRow,
    { checker, status }: { checker: string; status: VaccinationStatus },
  ): Promise<void> {
    await work.query(
      `INSERT INTO status_check (person_id, consent_id, id, checker, status, at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [personId, id, ctx.newId(), checker, status, ctx.now()],
    );
  }

  private async rows(
    work: UnitOfWork,
    where: string,
    params: readonly unknown[],
  ): Promise<StatusConsentRow[]> {
    const rows = await work.query<StatusConsentRow>(`SELECT ${COLUMNS} ${FROM} WHERE ${where}`, params);
    return rows.map(row => ({ ...row, checks: row.checks.map(one => ({ ...one, at: new Date(one.at) })) }));
  }
}

const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest();
