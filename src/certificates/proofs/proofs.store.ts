import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { MadeProof, ProofFormatName } from './proof-format';

/** A certificate in another format, as it was made; its text is sealed. */
export interface ProofRow {
  id: string;
  personId: string;
  certificateId: string;
  format: ProofFormatName;
  /** The one dose it states; null where it states many. */
  vaccinationId: string | null;
  kid: string;
  expiresAt: Date;
  sealedText: Buffer;
}

/** What revocation lists are made of. */
export interface RevokedProof {
  format: ProofFormatName;
  kid: string;
  reference: string | null;
  signature: Buffer | null;
}

const COLUMNS = `proof_id AS id, person_id AS "personId", certificate_id AS "certificateId", format,
  vaccination_id AS "vaccinationId", kid, expires_at AS "expiresAt", sealed_text AS "sealedText"`;

/** Every revoked proof: of a certificate of doses, and of a test result. */
const REVOKED = `(
  SELECT p.format, p.kid, p.reference, p.signature, p.expires_at, p.proof_id, e.at
  FROM certificate_proof p JOIN certificate_end e USING (person_id, certificate_id) WHERE e.kind = 'revoked'
  UNION ALL
  SELECT 'eu-dcc', p.kid, p.reference, p.signature, p.expires_at, p.proof_id, e.at
  FROM result_proof p JOIN result_proof_end e USING (person_id, proof_id)) AS revoked`;

@Injectable()
export class ProofsStore {
  /** Every proof that was made of certificates of one person, newest first. */
  ofCertificates(work: UnitOfWork, personId: string, certificateIds: readonly string[]): Promise<ProofRow[]> {
    return work.query(
      `SELECT ${COLUMNS} FROM certificate_proof
       WHERE person_id = $1 AND certificate_id = ANY ($2::uuid[]) ORDER BY proof_id DESC`,
      [personId, certificateIds],
    );
  }

  /** Adds a proof and whose it is. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    proof: ProofRow,
    { spelling, reference, signature }: MadeProof,
  ): Promise<void> {
    const { id, personId, certificateId, format, vaccinationId, kid, expiresAt, sealedText } = proof;
    await work.query(
      `WITH claimed AS (
         INSERT INTO certificate_proof_claim (spelling_sha256, person_id, certificate_id, proof_id)
         VALUES ($1, $2, $3, $4))
       INSERT INTO certificate_proof (person_id, certificate_id, proof_id, format, vaccination_id, kid, reference, signature,
                                      expires_at, sealed_text, made_at)
       VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        hashOf(spelling),
        personId,
        certificateId,
        id,
        format,
        vaccinationId,
        kid,
        reference,
        signature && Buffer.from(signature),
        expiresAt,
        sealedText,
        ctx.now(),
      ],
    );
  }

  /** Keeps others from a person's certificates until the unit of work ends. */
  async lockHolder(work: UnitOfWork, personId: string): Promise<void> {
    await work.query(`SELECT 1 FROM certificate_holder WHERE person_id = $1 FOR UPDATE`, [personId]);
  }

  /** The proof with this very spelling; null for any other, however well signed. */
  async spelled(work: UnitOfWork, spelling: string): Promise<ProofRow | null> {
    const [row] = await work.query<ProofRow>(
      `SELECT ${COLUMNS} FROM certificate_proof
       WHERE (person_id, certificate_id, proof_id) =
             (SELECT person_id, certificate_id, proof_id FROM certificate_proof_claim WHERE spelling_sha256 = $1)`,
      [hashOf(spelling)],
    );
    return row ?? null;
  }

  /** Revoked proofs that would still be in their time at `at`, in the order of their revocation; of test results too. */
  revoked(work: UnitOfWork, at: Date): Promise<RevokedProof[]> {
    return work.query(
      `SELECT format, kid, reference, signature FROM ${REVOKED} WHERE expires_at >= $1 ORDER BY at, proof_id`,
      [at],
    );
  }

  /** How often a proof was ever revoked, by format: grows with each, and never goes back. */
  async revocations(work: UnitOfWork): Promise<{ format: ProofFormatName; kid: string; count: number }[]> {
    return work.query(`SELECT format, kid, count(*)::int AS count FROM ${REVOKED} GROUP BY format, kid`);
  }
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
