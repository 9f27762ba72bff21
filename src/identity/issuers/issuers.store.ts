import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type IssuerAuthentication, VISIT_RULES } from './issuer-rules';

/** An issuer as the country has set it up. */
export interface IssuerRow {
  id: string;
  issuer: string;
  clientId: string;
  redirectUri: string;
  names: Record<string, string>;
  authentication: IssuerAuthentication;
  credentialSealed: Buffer;
  /** The public half of our key (JWK); null where a secret is used. */
  publicKey: object | null;
  secondFactorAcr: string[];
  secondFactorAmr: string[];
  active: boolean;
  changedAt: Date;
}

/** Somebody who is at an issuer. */
export interface VisitRow {
  issuerId: string;
  staffId: string | null;
  invitationHash: Buffer | null;
  key: string | null;
}

const COLUMNS = `id, issuer, client_id AS "clientId", redirect_uri AS "redirectUri", names, authentication,
  credential_sealed AS "credentialSealed", public_key AS "publicKey", second_factor_acr AS "secondFactorAcr",
  second_factor_amr AS "secondFactorAmr", active, changed_at AS "changedAt"`;

@Injectable()
export class IssuersStore {
  all(work: UnitOfWork): Promise<IssuerRow[]> {
    return work.query(`SELECT ${COLUMNS} FROM sign_in_issuer ORDER BY id`);
  }

  /** One that people may sign in through now. */
  async active(work: UnitOfWork, id: string): Promise<IssuerRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<IssuerRow>(
      `SELECT ${COLUMNS} FROM sign_in_issuer WHERE id = $1 AND active`,
      [id],
    );
    return row ?? null;
  }

  async byIssuer(work: UnitOfWork, issuer: string): Promise<IssuerRow | null> {
    const [row] = await work.query<IssuerRow>(`SELECT ${COLUMNS} FROM sign_in_issuer WHERE issuer = $1`, [
      issuer,
    ]);
    return row ?? null;
  }

  /** Adds one, or changes the one of this identifier; false when another issuer has its place to send people back to. */
  async keep(work: UnitOfWork, row: IssuerRow): Promise<boolean> {
    const kept = await work.query(
      `INSERT INTO sign_in_issuer (id, issuer, client_id, redirect_uri, names, authentication, credential_sealed,
                                   public_key, second_factor_acr, second_factor_amr, active, changed_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
       WHERE NOT EXISTS (SELECT 1 FROM sign_in_issuer WHERE redirect_uri = $4 AND issuer <> $2)
       ON CONFLICT (issuer) DO UPDATE SET client_id = $3, redirect_uri = $4, names = $5, authentication = $6,
         credential_sealed = $7, public_key = $8, second_factor_acr = $9, second_factor_amr = $10, active = $11,
         changed_at = $12
       RETURNING id`,
      [
        row.id,
        row.issuer,
        row.clientId,
        row.redirectUri,
        JSON.stringify(row.names),
        row.authentication,
        row.credentialSealed,
        row.publicKey && JSON.stringify(row.publicKey),
        row.secondFactorAcr,
        row.secondFactorAmr,
        row.active,
        row.changedAt,
      ],
    );
    return kept.length === 1;
  }

  /** How many who began at this address lately are not back. */
  async underWay(work: UnitOfWork, address: string | null, now: Date): Promise<number> {
    const since = new Date(now.getTime() - VISIT_RULES.windowSeconds * 1000);
    const [row] = await work.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM issuer_visit WHERE address = $1 AND begun_at > $2`,
      [address, since],
    );
    return row!.count;
  }

  async addVisit(ctx: Context, work: UnitOfWork, handleHash: Buffer, visit: VisitRow): Promise<Date> {
    const expiresAt = new Date(ctx.now().getTime() + VISIT_RULES.lastsSeconds * 1000);
    await work.query(
      `INSERT INTO issuer_visit (handle_hash, issuer_id, staff_id, invitation_hash, key, address, begun_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        handleHash,
        visit.issuerId,
        visit.staffId,
        visit.invitationHash,
        visit.key,
        ctx.address,
        ctx.now(),
        expiresAt,
      ],
    );
    return expiresAt;
  }

  /** Takes a visit so that it is answered once; null when there is none, or its time is over. */
  async takeVisit(work: UnitOfWork, handleHash: Buffer, now: Date): Promise<VisitRow | null> {
    const [row] = await work.query<VisitRow>(
      `DELETE FROM issuer_visit WHERE handle_hash = $1 AND expires_at > $2
       RETURNING issuer_id AS "issuerId", staff_id AS "staffId", invitation_hash AS "invitationHash", key`,
      [handleHash, now],
    );
    return row ?? null;
  }

  /** Forgets those who never came back, `most` of them at the most; how many. */
  async forgetVisits(work: UnitOfWork, before: Date, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM issuer_visit WHERE handle_hash = ANY (ARRAY(
         SELECT handle_hash FROM issuer_visit WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)) RETURNING 1`,
      [before, most],
    );
    return gone.length;
  }

  /** Takes a logout token so that it is taken once; false when it was before. */
  async takeLogout(
    work: UnitOfWork,
    issuerId: string,
    { jti, expiresAt }: { jti: string; expiresAt: Date },
  ): Promise<boolean> {
    const taken = await work.query(
      `INSERT INTO issuer_logout (issuer_id, jti_hash, expires_at) VALUES ($1, $2, $3)
       ON CONFLICT (issuer_id, jti_hash) DO NOTHING RETURNING issuer_id`,
      [issuerId, createHash('sha256').update(jti).digest(), expiresAt],
    );
    return taken.length === 1;
  }

  /** Forgets logout tokens that ended before, `most` of them at the most; how many. */
  async forgetLogouts(work: UnitOfWork, before: Date, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM issuer_logout WHERE (issuer_id, jti_hash) IN (
         SELECT issuer_id, jti_hash FROM issuer_logout WHERE expires_at < $1 ORDER BY expires_at LIMIT $2) RETURNING 1`,
      [before, most],
    );
    return gone.length;
  }

  /** Whose account an issuer's subject is; null when it is nobody's. */
  async staffOf(work: UnitOfWork, issuerId: string, subject: string): Promise<string | null> {
    const [row] = await work.query<{ staff_id: string }>(
      `SELECT staff_id FROM staff_identity WHERE issuer_id = $1 AND subject = $2`,
      [issuerId, subject],
    );
    return row?.staff_id ?? null;
  }

  /** One person, one account: false when the subject is somebody's, or the account has another subject there. */
  async link(
    ctx: Context,
    work: UnitOfWork,
    link: { issuerId: string; subject: string; staffId: string },
  ): Promise<boolean> {
    const linked = await work.query(
      `INSERT INTO staff_identity (issuer_id, subject, staff_id, linked_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING staff_id`,
      [link.issuerId, link.subject, link.staffId, ctx.now()],
    );
    return linked.length === 1;
  }

  /** False when the account was not linked there. */
  async unlink(work: UnitOfWork, issuerId: string, staffId: string): Promise<boolean> {
    if (!isId(issuerId)) return false;
    const gone = await work.query(
      `DELETE FROM staff_identity WHERE issuer_id = $1 AND staff_id = $2 RETURNING issuer_id`,
      [issuerId, staffId],
    );
    return gone.length === 1;
  }
}
