import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { CertificateEnd, EndKind, EndReason } from './certificate-rules';

/** A certificate as it was issued, and what became of it. */
export interface CertificateRow {
  id: string;
  personId: string;
  number: string;
  /** In the order of the code's doses, oldest first. */
  vaccinationIds: string[];
  kid: string;
  issuedAt: Date;
  expiresAt: Date;
  ends: EndRow[];
}

export interface EndRow {
  kind: EndKind;
  reason: EndReason;
  /** Number of the certificate that took its place. */
  successor: string | null;
  at: Date;
}

/** A certificate about to be issued. */
export interface NewCertificate extends Omit<CertificateRow, 'ends'> {
  /** The text of its code. */
  text: string;
  sealedText: Buffer;
}

const COLUMNS = `c.certificate_id AS id, c.person_id AS "personId", c.number, c.vaccination_ids AS "vaccinationIds", c.kid,
  c.issued_at AS "issuedAt", c.expires_at AS "expiresAt",
  COALESCE((SELECT json_agg(json_build_object('kind', e.kind, 'reason', e.reason, 'successor', s.number, 'at', e.at)
                            ORDER BY e.at)
            FROM certificate_end e
            LEFT JOIN certificate s ON s.person_id = e.person_id AND s.certificate_id = e.successor_id
            WHERE e.person_id = c.person_id AND e.certificate_id = c.certificate_id), '[]') AS ends`;

@Injectable()
export class CertificatesStore {
  /**
   * Notes that a fact about a person is being acted on, and keeps every other worker from her certificates until the
   * unit of work ends; false when it was acted on before.
   */
  async begin(work: UnitOfWork, personId: string, factId: string): Promise<boolean> {
    await work.query(
      `INSERT INTO certificate_holder (person_id) VALUES ($1)
       ON CONFLICT (person_id) DO UPDATE SET person_id = excluded.person_id`, // not DO NOTHING: this waits and locks
      [personId],
    );
    const rows = await work.query(
      `INSERT INTO certificate_cause (person_id, fact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING fact_id`,
      [personId, factId],
    );
    return rows.length === 1;
  }

  /** Every certificate a person was ever issued, newest first. */
  ofPerson(work: UnitOfWork, personId: string): Promise<CertificateRow[]> {
    return this.rows(work, `c.person_id = $1 ORDER BY c.certificate_id DESC`, [personId]);
  }

  /** The newest certificate of a person. */
  async newestOf(work: UnitOfWork, personId: string): Promise<CertificateRow | null> {
    const [row] = await this.rows(work, `c.person_id = $1 ORDER BY c.certificate_id DESC LIMIT 1`, [
      personId,
    ]);
    return row ?? null;
  }

  /** The newest certificate of each of these people who has one. */
  newestOfAll(work: UnitOfWork, personIds: readonly string[]): Promise<CertificateRow[]> {
    return this.rows(
      work,
      `c.person_id = ANY ($1::uuid[]) AND c.certificate_id =
         (SELECT max(n.certificate_id::text)::uuid FROM certificate n WHERE n.person_id = c.person_id)`,
      [personIds],
    );
  }

  /** Newest first; one row more than the page holds. */
  pageOf(work: UnitOfWork, personId: string, { first, after }: PageRequest): Promise<CertificateRow[]> {
    const key = after ? decodeCursor(after) : '';
    return this.rows(
      work,
      `c.person_id = $1 AND ($2::uuid IS NULL OR c.certificate_id < $2) ORDER BY c.certificate_id DESC LIMIT $3`,
      [personId, isId(key) ? key : null, first + 1],
    );
  }

  /** The certificate that was issued with this number and this very text; null for any other, however well signed. */
  async issuedAs(work: UnitOfWork, number: string, text: string): Promise<CertificateRow | null> {
    const [row] = await this.rows(
      work,
      `(c.person_id, c.certificate_id) = (SELECT person_id, certificate_id FROM certificate_number_claim WHERE number = $1)
       AND c.text_sha256 = $2`,
      [number, hashOf(text)],
    );
    return row ?? null;
  }

  /** Whose certificates a key signed that are not revoked yet, from the person after `after`, in order of their ids. */
  async holdersSignedBy(
    work: UnitOfWork,
    kid: string,
    after: string | null,
    limit: number,
  ): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT DISTINCT c.person_id AS id FROM certificate c
       WHERE c.kid = $1 AND ($2::uuid IS NULL OR c.person_id > $2) AND NOT EXISTS (
         SELECT FROM certificate_end e
         WHERE e.person_id = c.person_id AND e.certificate_id = c.certificate_id AND e.kind = 'revoked')
       ORDER BY c.person_id LIMIT $3`,
      [kid, after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Numbers of the certificates that are revoked and would otherwise still be in force at an instant. */
  async revokedNumbers(work: UnitOfWork, at: Date): Promise<string[]> {
    const rows = await work.query<{ number: string }>(
      `SELECT c.number FROM certificate_end e
       JOIN certificate c ON c.person_id = e.person_id AND c.certificate_id = e.certificate_id
       WHERE e.kind = 'revoked' AND c.expires_at >= $1`,
      [at],
    );
    return rows.map(({ number }) => number);
  }

  /** How many of these numbers certificates of the country have. */
  async countNumbered(work: UnitOfWork, numbers: readonly string[]): Promise<number> {
    const [row] = await work.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM certificate_number_claim WHERE number = ANY ($1::text[])`,
      [numbers],
    );
    return row!.count;
  }

  /** The doses on certificates of these numbers, each once, in the order of their people's ids. */
  dosesOn(
    work: UnitOfWork,
    numbers: readonly string[],
  ): Promise<{ personId: string; vaccinationId: string }[]> {
    return work.query(
      `SELECT DISTINCT c.person_id AS "personId", v.id AS "vaccinationId"
       FROM certificate_number_claim n
       JOIN certificate c ON c.person_id = n.person_id AND c.certificate_id = n.certificate_id
       CROSS JOIN LATERAL unnest(c.vaccination_ids) AS v (id)
       WHERE n.number = ANY ($1::text[]) ORDER BY 1, 2`,
      [numbers],
    );
  }

  /** The sealed texts of certificates of one person, by the certificate's id. */
  async sealedTexts(
    work: UnitOfWork,
    personId: string,
    certificateIds: readonly string[],
  ): Promise<Map<string, Buffer>> {
    const rows = await work.query<{ id: string; sealed: Buffer }>(
      `SELECT certificate_id AS id, sealed_text AS sealed FROM certificate_code
       WHERE person_id = $1 AND certificate_id = ANY ($2::uuid[])`,
      [personId, certificateIds],
    );
    return new Map(rows.map(row => [row.id, row.sealed]));
  }

  /** The sealed texts of certificates of many people, by the certificate's id. */
  async sealedTextsOf(
    work: UnitOfWork,
    certificates: readonly Pick<CertificateRow, 'personId' | 'id'>[],
  ): Promise<Map<string, Buffer>> {
    const rows = await work.query<{ id: string; sealed: Buffer }>(
      `SELECT c.certificate_id AS id, c.sealed_text AS sealed
       FROM unnest($1::uuid[], $2::uuid[]) AS asked (person_id, certificate_id)
       JOIN certificate_code c USING (person_id, certificate_id)`,
      [certificates.map(({ personId }) => personId), certificates.map(({ id }) => id)],
    );
    return new Map(rows.map(row => [row.id, row.sealed]));
  }

  /** Adds a certificate with its number and code; false, and nothing is added, when another has the number. */
  async add(work: UnitOfWork, certificate: NewCertificate): Promise<boolean> {
    const { personId, id, number, vaccinationIds, kid, text, issuedAt, expiresAt, sealedText } = certificate;
    const rows = await work.query(
      `WITH claimed AS (
         INSERT INTO certificate_number_claim (number, person_id, certificate_id) VALUES ($3, $1, $2)
         ON CONFLICT (number) DO NOTHING RETURNING number),
       added AS (
         INSERT INTO certificate (person_id, certificate_id, number, vaccination_ids, kid, text_sha256, issued_at, expires_at)
         SELECT $1, $2, number, $4, $5, $6, $7, $8 FROM claimed RETURNING certificate_id)
       INSERT INTO certificate_code (person_id, certificate_id, sealed_text)
       SELECT $1, certificate_id, $9 FROM added RETURNING certificate_id`,
      [personId, id, number, vaccinationIds, kid, hashOf(text), issuedAt, expiresAt, sealedText],
    );
    return rows.length === 1;
  }

  /** Forgets what the codes and proofs of a person say. */
  async forgetTexts(work: UnitOfWork, personId: string): Promise<void> {
    for (const table of ['certificate_code', 'certificate_proof'])
      await work.query(`UPDATE ${table} SET sealed_text = '' WHERE person_id = $1`, [personId]);
  }

  async end(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    ends: readonly CertificateEnd[],
    successorId: string | null,
  ): Promise<void> {
    if (ends.length === 0) return;
    await work.query(
      `INSERT INTO certificate_end (person_id, certificate_id, kind, reason, successor_id, at)
       SELECT $1, e.id, e.kind, e.reason, $3, $4
       FROM jsonb_to_recordset($2::jsonb) AS e (id uuid, kind text, reason text)`,
      [personId, JSON.stringify(ends), successorId, ctx.now()],
    );
  }

  private async rows(work: UnitOfWork, where: string, params: readonly unknown[]): Promise<CertificateRow[]> {
    const rows = await work.query<CertificateRow>(
      `SELECT ${COLUMNS} FROM certificate c WHERE ${where}`,
      params,
    );
    return rows.map(row => ({ ...row, ends: row.ends.map(end => ({ ...end, at: new Date(end.at) })) }));
  }
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
