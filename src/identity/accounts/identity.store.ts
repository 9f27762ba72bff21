import { Injectable } from '@nestjs/common';
import type { Context, Grant } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { OperatorAccountEntity } from './operator-account.entity';
import { StaffAccountEntity } from './staff-account.entity';

@Injectable()
export class IdentityStore {
  staff(work: UnitOfWork, id: string): Promise<StaffAccountEntity | null> {
    return work.manager.findOneBy(StaffAccountEntity, { id });
  }

  /** An account of either kind. */
  account(
    work: UnitOfWork,
    { kind, id }: { kind: 'staff' | 'operator'; id: string },
  ): Promise<StaffAccountEntity | OperatorAccountEntity | null> {
    return kind === 'staff' ? this.staff(work, id) : this.operator(work, id);
  }

  /** Which of these ids are accounts of this country's staff. */
  async staffAmong(work: UnitOfWork, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await work.query<{ id: string }>(
      `SELECT id FROM staff_account WHERE id = ANY ($1::uuid[])`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  operator(work: UnitOfWork, id: string): Promise<OperatorAccountEntity | null> {
    return work.manager.findOneBy(OperatorAccountEntity, { id });
  }

  operatorByEmail(work: UnitOfWork, email: string): Promise<OperatorAccountEntity | null> {
    return work.manager.findOneBy(OperatorAccountEntity, { email });
  }

  async saveOperator(work: UnitOfWork, account: OperatorAccountEntity): Promise<void> {
    await work.manager.save(account);
  }

  async setPassword(
    work: UnitOfWork,
    { kind, id }: { kind: 'staff' | 'operator'; id: string },
    passwordHash: string,
  ): Promise<void> {
    await work.query(`UPDATE ${kind}_account SET password_hash = $2 WHERE id = $1`, [id, passwordHash]);
  }

  async addStaff(work: UnitOfWork, account: StaffAccountEntity): Promise<void> {
    await work.manager.insert(StaffAccountEntity, account);
  }

  staffByEmail(work: UnitOfWork, email: string): Promise<StaffAccountEntity | null> {
    return work.manager.findOneBy(StaffAccountEntity, { email });
  }

  async saveStaff(work: UnitOfWork, account: StaffAccountEntity): Promise<void> {
    await work.manager.save(account);
  }

  async addGrant(ctx: Context, work: UnitOfWork, staffId: string, grant: Grant): Promise<void> {
    await work.query(
      `INSERT INTO role_grant (id, staff_id, role, reach_kind, reach_id, granted_by, granted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        ctx.newId(),
        staffId,
        grant.role,
        grant.reach.kind,
        grant.reach.kind === 'country' ? null : grant.reach.id,
        ctx.actor.id,
        ctx.now(),
      ],
    );
  }

  async grantsOf(work: UnitOfWork, staffId: string): Promise<Grant[]> {
    const rows = await work.query<{
      role: string;
      reach_kind: 'country' | 'area' | 'facility';
      reach_id: string;
    }>(
      `SELECT role, reach_kind, reach_id FROM role_grant WHERE staff_id = $1 AND ended_at IS NULL ORDER BY id`,
      [staffId],
    );
    return rows.map(row => ({
      role: row.role,
      reach: row.reach_kind === 'country' ? { kind: 'country' } : { kind: row.reach_kind, id: row.reach_id },
    }));
  }

  async addInvitation(
    ctx: Context,
    work: UnitOfWork,
    staffId: string,
    tokenHash: Buffer,
    expiresAt: Date,
  ): Promise<void> {
    await work.query(
      `INSERT INTO staff_invitation (id, staff_id, token_hash, expires_at) VALUES ($1, $2, $3, $4)`,
      [ctx.newId(), staffId, tokenHash, expiresAt],
    );
  }

  /** Whether a token is one of an invitation that can still be used. */
  async isInvitation(work: UnitOfWork, tokenHash: Buffer, now: Date): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM staff_invitation WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2`,
      [tokenHash, now],
    );
    return rows.length > 0;
  }

  /** Takes an invitation so that it cannot be used again; the id of the account it is for, or null. */
  async useInvitation(work: UnitOfWork, tokenHash: Buffer, now: Date): Promise<string | null> {
    const [row] = await work.query<{ staff_id: string }>(
      `UPDATE staff_invitation SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
       RETURNING staff_id`,
      [tokenHash, now],
    );
    return row?.staff_id ?? null;
  }
}
