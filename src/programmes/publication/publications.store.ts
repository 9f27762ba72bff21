import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

export type PublicationKind = 'PUBLISH' | 'ROLLBACK';
export type Decision = 'APPROVED' | 'WITHDRAWN';
/** Passed over: a later publication came into force before anybody saw this one. */
export type PublicationState = 'SCHEDULED' | 'IN_FORCE' | 'PAST' | 'CANCELLED' | 'PASSED_OVER';

/** A pack that somebody wants in force from a day on, and what was decided. */
export interface ProposalRow {
  id: string;
  packId: string;
  effectiveOn: CivilDate;
  note: string;
  proposedBy: string | null;
  proposedAt: Date;
  decision: Decision | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
}

/** A pack that was put in force, or will come into force. */
export interface PublicationRow {
  id: string;
  number: number;
  packId: string;
  kind: PublicationKind;
  proposalId: string | null;
  publishedBy: string | null;
  publishedAt: Date;
  effectiveAt: Date;
  /** Why: for a rollback, else what the approver noted. */
  reason: string | null;
  state: PublicationState;
  cancelledBy: string | null;
  cancelReason: string | null;
}

export interface NewPublication {
  packId: string;
  kind: PublicationKind;
  reason: string | null;
  proposalId: string | null;
  /** At once when it lies in the past. */
  effectiveAt: Date;
}

const PROPOSAL = `SELECT p.id, p.pack_id AS "packId", p.effective_on::text AS "effectiveOn", p.note,
    p.proposed_by AS "proposedBy", p.proposed_at AS "proposedAt",
    d.decision, d.decided_by AS "decidedBy", d.decided_at AS "decidedAt", d.note AS "decisionNote"
  FROM country_pack_proposal p LEFT JOIN country_pack_decision d ON d.proposal_id = p.id`;

/** The publication whose pack is in force. */
const IN_FORCE = `SELECT b.* FROM country_pack_outcome o JOIN country_pack_publication b ON b.id = o.publication_id
  WHERE o.in_force IS NOT NULL ORDER BY o.in_force DESC LIMIT 1`;

const PUBLICATION = `WITH in_force AS (${IN_FORCE})
  SELECT b.id, b.number, b.pack_id AS "packId", b.kind, b.proposal_id AS "proposalId",
    b.published_by AS "publishedBy", b.published_at AS "publishedAt", b.effective_at AS "effectiveAt", b.reason,
    o.cancelled_by AS "cancelledBy", CASE WHEN o.in_force IS NULL THEN o.reason END AS "cancelReason",
    CASE WHEN b.id = f.id THEN 'IN_FORCE'
         WHEN o.in_force IS NOT NULL THEN 'PAST'
         WHEN o.publication_id IS NOT NULL THEN 'CANCELLED'
         WHEN (b.effective_at, b.number) < (f.effective_at, f.number) THEN 'PASSED_OVER'
         ELSE 'SCHEDULED' END AS state
  FROM country_pack_publication b LEFT JOIN country_pack_outcome o ON o.publication_id = b.id LEFT JOIN in_force f ON true`;

@Injectable()
export class PublicationsStore {
  async propose(
    ctx: Context,
    work: UnitOfWork,
    { packId, effectiveOn, note }: { packId: string; effectiveOn: CivilDate; note: string },
  ): Promise<ProposalRow> {
    const id = ctx.newId();
    await work.query(
      `INSERT INTO country_pack_proposal (id, pack_id, effective_on, note, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, packId, effectiveOn, note, ctx.actor.id, ctx.now()],
    );
    return (await this.proposal(work, id))!;
  }

  async proposal(work: UnitOfWork, id: string): Promise<ProposalRow | null> {
    const [row] = await work.query<ProposalRow>(`${PROPOSAL} WHERE p.id = $1`, [id]);
    return row ?? null;
  }

  /** Newest first; at most 200. */
  proposals(work: UnitOfWork, openOnly: boolean): Promise<ProposalRow[]> {
    return work.query(
      `${PROPOSAL} ${openOnly ? 'WHERE d.proposal_id IS NULL' : ''} ORDER BY p.id DESC LIMIT 200`,
    );
  }

  /** Ends a proposal; false when somebody else has, at this moment or before. */
  async decide(
    ctx: Context,
    work: UnitOfWork,
    { proposalId, decision, note }: { proposalId: string; decision: Decision; note: string | null },
  ): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO country_pack_decision (proposal_id, decision, decided_by, decided_at, note) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (proposal_id) DO NOTHING RETURNING proposal_id`,
      [proposalId, decision, ctx.actor.id, ctx.now(), note],
    );
    return rows.length > 0;
  }

  /** The next publication; null when somebody else made one at the same moment. */
  async publish(ctx: Context, work: UnitOfWork, publication: NewPublication): Promise<PublicationRow | null> {
    const id = ctx.newId();
    const { packId, kind, reason, proposalId, effectiveAt } = publication;
    // Clocks of processes differ by a little: one that takes effect at once never does before what is in force.
    const rows = await work.query(
      `INSERT INTO country_pack_publication (id, number, pack_id, kind, reason, proposal_id, published_by, published_at, effective_at)
       SELECT $1, (SELECT coalesce(max(number), 0) + 1 FROM country_pack_publication), $2, $3, $4, $5, $6, $7::timestamptz,
              greatest($8::timestamptz, $7, (SELECT effective_at FROM (${IN_FORCE}) f))
       ON CONFLICT ON CONSTRAINT country_pack_publication_number_unique DO NOTHING RETURNING id`,
      [id, packId, kind, reason, proposalId, ctx.actor.id, ctx.now(), effectiveAt],
    );
    return rows.length > 0 ? this.publication(work, id) : null;
  }

  async publication(work: UnitOfWork, id: string): Promise<PublicationRow | null> {
    const [row] = await work.query<PublicationRow>(`${PUBLICATION} WHERE b.id = $1`, [id]);
    return row ?? null;
  }

  /** Newest first; at most 200. */
  publications(work: UnitOfWork): Promise<PublicationRow[]> {
    return work.query(`${PUBLICATION} ORDER BY b.number DESC LIMIT 200`);
  }

  async isPublished(work: UnitOfWork, packId: string): Promise<boolean> {
    const rows = await work.query(`SELECT 1 FROM country_pack_publication WHERE pack_id = $1 LIMIT 1`, [
      packId,
    ]);
    return rows.length > 0;
  }

  /** The publication that should be in force at a time and is not; never one from before what is in force. */
  async due(work: UnitOfWork, now: Date): Promise<PublicationRow | null> {
    const [row] = await work.query<PublicationRow>(
      `${PUBLICATION} WHERE o.publication_id IS NULL AND b.effective_at <= $1
         AND coalesce((b.effective_at, b.number) > (f.effective_at, f.number), true)
       ORDER BY b.effective_at DESC, b.number DESC LIMIT 1`,
      [now],
    );
    return row ?? null;
  }

  /** Makes it the publication in force; false when another process was first, or it has been cancelled. */
  async enter(ctx: Context, work: UnitOfWork, publicationId: string): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO country_pack_outcome (publication_id, in_force, at)
       SELECT $1, (SELECT coalesce(max(in_force), 0) + 1 FROM country_pack_outcome), $2
       ON CONFLICT DO NOTHING RETURNING publication_id`,
      [publicationId, ctx.now()],
    );
    return rows.length > 0;
  }

  /** Cancels one that has not come into force; false when it has, or was cancelled before. */
  async cancel(ctx: Context, work: UnitOfWork, publicationId: string, reason: string): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO country_pack_outcome (publication_id, at, cancelled_by, reason)
       SELECT id, $2, $3, $4 FROM country_pack_publication WHERE id = $1 AND effective_at > $2
       ON CONFLICT DO NOTHING RETURNING publication_id`,
      [publicationId, ctx.now(), ctx.actor.id, reason],
    );
    return rows.length > 0;
  }

  /** The last other pack that was in force; null when there was none. */
  async previousPackId(work: UnitOfWork): Promise<string | null> {
    const [row] = await work.query<{ pack_id: string }>(
      `SELECT b.pack_id FROM country_pack_outcome o JOIN country_pack_publication b ON b.id = o.publication_id
       WHERE o.in_force IS NOT NULL AND b.pack_id <> (SELECT pack_id FROM (${IN_FORCE}) f)
       ORDER BY o.in_force DESC LIMIT 1`,
    );
    return row?.pack_id ?? null;
  }

  /** The pack that was published under a version; null when none was. */
  async published(work: UnitOfWork, of: string, version: string): Promise<string | null> {
    const [row] = await work.query<{ pack_id: string }>(
      `SELECT pack_id FROM published_version WHERE of = $1 AND version = $2`,
      [of, version],
    );
    return row?.pack_id ?? null;
  }

  /** Takes a version for a pack, unless one has it. */
  async claim(work: UnitOfWork, of: string, version: string, packId: string): Promise<void> {
    await work.query(
      `INSERT INTO published_version (of, version, pack_id) VALUES ($1, $2, $3) ON CONFLICT (of, version) DO NOTHING`,
      [of, version, packId],
    );
  }
}
