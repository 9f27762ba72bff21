import { Injectable } from '@nestjs/common';
import type { Context, TenantRef, TenantState } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { LicenceText } from './licence';
import { TenantEntity } from './tenant.entity';

/** A tenant as requests need it, with what decides whether it can be served. */
export interface CatalogueRow extends TenantRef {
  hosts: string[];
  languages: string[];
  names: Record<string, string>;
  schemaVersion: number;
}

export interface TransitionRow {
  from: TenantState | null;
  to: TenantState;
  at: Date;
  actorKind: string;
  actorId: string | null;
  reason: string | null;
}

@Injectable()
export class TenancyStore {
  tenant(work: UnitOfWork, code: string): Promise<TenantEntity | null> {
    return work.manager.findOneBy(TenantEntity, { code });
  }

  /** The tenant's row, locked until the unit of work ends, so that two transitions cannot cross. */
  tenantForChange(work: UnitOfWork, code: string): Promise<TenantEntity | null> {
    return work.manager.findOne(TenantEntity, { where: { code }, lock: { mode: 'pessimistic_write' } });
  }

  /** The server that a country lives on, served or not; null for the platform's own. */
  async placementUrl(work: UnitOfWork, code: string): Promise<string | null> {
    const [row] = await work.query<{ url: string | null }>(
      `SELECT p.url FROM tenant t JOIN placement p ON p.id = t.placement_id WHERE t.code = $1`,
      [code],
    );
    return row?.url ?? null;
  }

  tenants(work: UnitOfWork): Promise<TenantEntity[]> {
    return work.manager.find(TenantEntity, { order: { code: 'ASC' } });
  }

  async add(work: UnitOfWork, tenant: TenantEntity): Promise<void> {
    await work.manager.insert(TenantEntity, tenant);
  }

  async save(work: UnitOfWork, tenant: TenantEntity): Promise<void> {
    await work.manager.save(TenantEntity, tenant);
  }

  catalogue(work: UnitOfWork): Promise<CatalogueRow[]> {
    return work.query(
      `SELECT t.code, t.country, t.state, p.url AS "placementUrl", t.time_zone AS "timeZone", t.hosts, t.languages,
              t.names, t.schema_version AS "schemaVersion"
       FROM tenant t JOIN placement p ON p.id = t.placement_id ORDER BY t.code`,
    );
  }

  async logTransition(
    ctx: Context,
    work: UnitOfWork,
    code: string,
    from: TenantState | null,
    to: TenantState,
    reason: string | null,
  ): Promise<void> {
    await work.query(
      `INSERT INTO tenant_transition (id, tenant_code, from_state, to_state, at, actor_kind, actor_id, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [ctx.newId(), code, from, to, ctx.now(), ctx.actor.kind, ctx.actor.id, reason],
    );
  }

  transitions(work: UnitOfWork, code: string): Promise<TransitionRow[]> {
    return work.query(
      `SELECT from_state AS "from", to_state AS "to", at, actor_kind AS "actorKind", actor_id AS "actorId", reason
       FROM tenant_transition WHERE tenant_code = $1 ORDER BY id`,
      [code],
    );
  }

  async addInvitation(
    ctx: Context,
    work: UnitOfWork,
    code: string,
    tokenHash: Buffer,
    expiresAt: Date,
  ): Promise<void> {
    await work.query(
      `INSERT INTO agreement_invitation (id, tenant_code, token_hash, expires_at) VALUES ($1, $2, $3, $4)`,
      [ctx.newId(), code, tokenHash, expiresAt],
    );
  }

  /** The tenant that an unexpired invitation is for. */
  async tenantInvitedBy(work: UnitOfWork, tokenHash: Buffer, now: Date): Promise<string | null> {
    const [row] = await work.query<{ tenant_code: string }>(
      `SELECT tenant_code FROM agreement_invitation WHERE token_hash = $1 AND expires_at > $2`,
      [tokenHash, now],
    );
    return row?.tenant_code ?? null;
  }

  async addAcceptance(
    ctx: Context,
    work: UnitOfWork,
    tenant: TenantEntity,
    licence: LicenceText,
  ): Promise<void> {
    await work.query(
      `INSERT INTO licence_acceptance (id, tenant_code, licence_version, language, text_sha256, signatory_name,
                                       signatory_title, signatory_email, accepted_at, address)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ctx.newId(),
        tenant.code,
        licence.version,
        licence.language,
        licence.sha256,
        tenant.signatoryName,
        tenant.signatoryTitle,
        tenant.signatoryEmail,
        ctx.now(),
        ctx.address,
      ],
    );
  }

  async acceptance(work: UnitOfWork, code: string): Promise<AcceptanceRow | null> {
    const [row] = await work.query<AcceptanceRow>(
      `SELECT licence_version AS "licenceVersion", language, text_sha256 AS "textSha256",
              signatory_name AS "signatoryName", signatory_title AS "signatoryTitle", accepted_at AS "acceptedAt"
       FROM licence_acceptance WHERE tenant_code = $1 ORDER BY id DESC LIMIT 1`,
      [code],
    );
    return row ?? null;
  }
}

/** The evidence that a ministry accepted the licence. */
export interface AcceptanceRow {
  licenceVersion: string;
  language: string;
  textSha256: string;
  signatoryName: string;
  signatoryTitle: string;
  acceptedAt: Date;
}
