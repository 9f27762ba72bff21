import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { EndReason } from '../certificate-rules';
import type { EndRow } from '../certificates.store';
import type { MadeProof } from '../proofs/proof-format';
import type { ResultStatement } from './result-proof-rules';

/** A proof of a result, as it was made; its text is sealed. */
export interface ResultProofRow {
  id: string;
  personId: string;
  resultId: string;
  states: ResultStatement;
  kid: string;
  issuedAt: Date;
  expiresAt: Date;
  sealedText: Buffer;
  ends: EndRow[];
}

const COLUMNS = `p.proof_id AS id, p.person_id AS "personId", p.result_id AS "resultId", p.states, p.kid,
  p.issued_at AS "issuedAt", p.expires_at AS "expiresAt", p.sealed_text AS "sealedText",
  e.reason AS "endReason", e.at AS "endedAt"`;
const FROM = `FROM result_proof p LEFT JOIN result_proof_end e USING (person_id, proof_id)`;

type Stored = Omit<ResultProofRow, 'ends'> & { endReason: EndReason | null; endedAt: Date | null };

@Injectable()
export class ResultProofsStore {
  /** What was made of results of one person, newest first. */
  async ofPerson(work: UnitOfWork, personId: string): Promise<ResultProofRow[]> {
    const rows = await work.query<Stored>(
      `SELECT ${COLUMNS} ${FROM} WHERE p.person_id = $1 ORDER BY p.proof_id DESC`,
      [personId],
    );
    return rows.map(asRow);
  }

  /** The proof with this very spelling; null for any other, however well signed. */
  async spelled(work: UnitOfWork, spelling: string): Promise<ResultProofRow | null> {
    const [row] = await work.query<Stored>(
      `SELECT ${COLUMNS} ${FROM}
       WHERE (p.person_id, p.proof_id) = (SELECT person_id, proof_id FROM result_proof_claim WHERE spelling_sha256 = $1)`,
      [hashOf(spelling)],
    );
    return row ? asRow(row) : null;
  }

  async add(
    work: UnitOfWork,
    proof: Omit<ResultProofRow, 'ends'>,
    { spelling, reference, signature }: MadeProof,
  ): Promise<void> {
    const { id, personId, resultId, states, kid, issuedAt, expiresAt, sealedText } = proof;
    await work.query(
      `WITH claimed AS (
         INSERT INTO result_proof_claim (spelling_sha256, person_id, proof_id) VALUES ($1, $2, $3))
       INSERT INTO result_proof (person_id, proof_id, result_id, states, kid, reference, signature, issued_at, expires_at,
                                 sealed_text)
       VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        hashOf(spelling),
        personId,
        id,
        resultId,
        states,
        kid,
        reference,
        signature && Buffer.from(signature),
        issuedAt,
        expiresAt,
        sealedText,
      ],
    );
  }

  /** Revokes what stands of a person's proofs, all of them, those of one result or those made since; how many that were. */
  async end(
    ctx: Context,
    work: UnitOfWork,
    { personId, resultId, since }: { personId: string; resultId: string | null; since?: Date },
    reason: EndReason,
  ): Promise<number> {
    const rows = await work.query(
      `INSERT INTO result_proof_end (person_id, proof_id, reason, at)
       SELECT person_id, proof_id, $3, $4 FROM result_proof
       WHERE person_id = $1 AND ($2::uuid IS NULL OR result_id = $2) AND ($5::timestamptz IS NULL OR issued_at >= $5)
       ON CONFLICT (person_id, proof_id) DO NOTHING RETURNING proof_id`,
      [personId, resultId, reason, ctx.now(), since ?? null],
    );
    return rows.length;
  }
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

const asRow = ({ endReason, endedAt, ...row }: Stored): ResultProofRow => ({
  ...row,
  ends: endReason ? [{ kind: 'revoked', reason: endReason, successor: null, at: endedAt! }] : [],
});
