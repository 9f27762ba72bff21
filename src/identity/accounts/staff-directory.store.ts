import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context, Grant } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { StaffState } from './staff-account.entity';

/** A member of staff as those who answer for staff see her. */
export interface StaffMember {
  id: string;
  name: string;
  email: string;
  state: StaffState;
  grants: Grant[];
}

const MEMBER = `s.id, s.name, s.email, s.state,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'reach',
            jsonb_strip_nulls(jsonb_build_object('kind', g.reach_kind, 'id', g.reach_id))) ORDER BY g.id), '[]')
   FROM role_grant g WHERE g.staff_id = s.id AND g.ended_at IS NULL) AS grants`;

/** Who works where. Whether the caller may know or change it is for the caller's verb to check. */
@Injectable()
export class StaffDirectory {
  /**
   * Those who hold a role at one of these areas or facilities themselves, by e-mail address; with null, everybody.
   * One row more than the page holds.
   */
  membersAt(work: UnitOfWork, reachIds: readonly string[] | null, page: PageRequest): Promise<StaffMember[]> {
    return work.query(
      `SELECT ${MEMBER} FROM staff_account s
       WHERE s.email > $2 AND ($1::uuid[] IS NULL OR EXISTS (
         SELECT 1 FROM role_grant r WHERE r.staff_id = s.id AND r.ended_at IS NULL AND r.reach_id = ANY ($1::uuid[])))
       ORDER BY s.email LIMIT $3`,
      [reachIds, page.after ? decodeCursor(page.after) : '', page.first + 1],
    );
  }

  async member(work: UnitOfWork, id: string): Promise<StaffMember | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<StaffMember>(`SELECT ${MEMBER} FROM staff_account s WHERE s.id = $1`, [
      id,
    ]);
    return row ?? null;
  }

  async memberByEmail(work: UnitOfWork, email: string): Promise<StaffMember | null> {
    const [row] = await work.query<StaffMember>(`SELECT ${MEMBER} FROM staff_account s WHERE s.email = $1`, [
      email.trim().toLowerCase(),
    ]);
    return row ?? null;
  }

  /** E-mail addresses of those who hold one of these roles for the whole country and can sign in. */
  async addressesOf(work: UnitOfWork, roles: readonly string[]): Promise<string[]> {
    const rows = await work.query<{ email: string }>(
      `SELECT s.email FROM staff_account s WHERE s.state = 'ACTIVE' AND EXISTS (
         SELECT 1 FROM role_grant r
         WHERE r.staff_id = s.id AND r.ended_at IS NULL AND r.reach_kind = 'country' AND r.role = ANY ($1))
       ORDER BY s.email`,
      [roles],
    );
    return rows.map(({ email }) => email);
  }

  /**
   * E-mail addresses of those who hold one of these roles where it reaches a place, and can sign in: at the facility, in
   * an area above it, or in the whole country. Two hundred at the most, those nearest first.
   */
  async addressesAt(
    work: UnitOfWork,
    roles: readonly string[],
    { facilityId, areaIds }: { facilityId: string; areaIds: readonly string[] },
  ): Promise<string[]> {
    const rows = await work.query<{ email: string }>(
      `SELECT s.email FROM staff_account s JOIN role_grant r ON r.staff_id = s.id
       WHERE s.state = 'ACTIVE' AND r.ended_at IS NULL AND r.role = ANY ($1)
         AND (r.reach_kind = 'country' OR (r.reach_kind = 'facility' AND r.reach_id = $2)
              OR (r.reach_kind = 'area' AND r.reach_id = ANY ($3::uuid[])))
       GROUP BY s.email
       ORDER BY min(CASE r.reach_kind WHEN 'facility' THEN 0 WHEN 'area' THEN 1 ELSE 2 END), s.email LIMIT 200`,
      [roles, facilityId, areaIds],
    );
    return rows.map(({ email }) => email);
  }

  /**
   * E-mail addresses of those who hold one of these roles for the whole country or in one of these areas, and can sign in;
   * without these accounts.
   */
  async addressesOver(
    work: UnitOfWork,
    roles: readonly string[],
    { areaIds, without }: { areaIds: readonly string[]; without: readonly string[] },
  ): Promise<string[]> {
    const rows = await work.query<{ email: string }>(
      `SELECT s.email FROM staff_account s WHERE s.state = 'ACTIVE' AND s.id <> ALL ($3::uuid[]) AND EXISTS (
         SELECT 1 FROM role_grant r
         WHERE r.staff_id = s.id AND r.ended_at IS NULL AND r.role = ANY ($1)
           AND (r.reach_kind = 'country' OR (r.reach_kind = 'area' AND r.reach_id = ANY ($2::uuid[]))))
       ORDER BY s.email`,
      [roles, areaIds, without],
    );
    return rows.map(({ email }) => email);
  }

  /**
   * How many accounts were ever given a role for the whole country, whatever became of them. Their grants stay locked: of
   * two who ask at one moment the second sees what the first has done.
   */
  async everGiven(work: UnitOfWork, role: string): Promise<number> {
    const where = `role = $1 AND reach_kind = 'country'`;
    await work.query(`SELECT 1 FROM role_grant WHERE ${where} ORDER BY id FOR UPDATE`, [role]);
    const [row] = await work.query<{ accounts: number }>(
      `SELECT count(DISTINCT staff_id)::int AS accounts FROM role_grant WHERE ${where}`,
      [role],
    );
    return row!.accounts;
  }

  /** Every role that somebody has or had. */
  async grantsEver(work: UnitOfWork, staffId: string): Promise<Grant[]> {
    const rows = await work.query<{ grant: Grant }>(
      `SELECT DISTINCT jsonb_build_object('role', role, 'reach',
                jsonb_strip_nulls(jsonb_build_object('kind', reach_kind, 'id', reach_id))) AS grant
       FROM role_grant WHERE staff_id = $1`,
      [staffId],
    );
    return rows.map(({ grant }) => grant);
  }

  /**
   * Ends roles that somebody has. The country's grants are locked first, and in one order: of two who end each other's at
   * one moment the second sees what the first has done.
   */
  async endGrants(ctx: Context, work: UnitOfWork, staffId: string, grants: readonly Grant[]): Promise<void> {
    await work.query(
      `SELECT 1 FROM role_grant WHERE reach_kind = 'country' AND ended_at IS NULL AND role = ANY ($1) ORDER BY id FOR UPDATE`,
      [grants.filter(({ reach }) => reach.kind === 'country').map(({ role }) => role)],
    );
    for (const { role, reach } of grants)
      await work.query(
        `UPDATE role_grant SET ended_at = $5
         WHERE staff_id = $1 AND role = $2 AND reach_kind = $3 AND reach_id IS NOT DISTINCT FROM $4 AND ended_at IS NULL`,
        [staffId, role, reach.kind, reach.kind === 'country' ? null : reach.id, ctx.now()],
      );
  }

  /** Whether anybody who can sign in has a role for the whole country. */
  async hasCountryRole(work: UnitOfWork, role: string): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM role_grant r JOIN staff_account s ON s.id = r.staff_id
       WHERE r.role = $1 AND r.reach_kind = 'country' AND r.ended_at IS NULL AND s.state = 'ACTIVE' LIMIT 1`,
      [role],
    );
    return rows.length > 0;
  }

  /** She cannot sign in any more, and invitations not yet answered are void. What she did stays hers. */
  async suspend(ctx: Context, work: UnitOfWork, id: string): Promise<void> {
    await work.query(`UPDATE staff_account SET state = 'SUSPENDED' WHERE id = $1`, [id]);
    await work.query(`UPDATE staff_invitation SET used_at = $2 WHERE staff_id = $1 AND used_at IS NULL`, [
      id,
      ctx.now(),
    ]);
  }
}
