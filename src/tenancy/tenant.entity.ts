import { Column, Entity, PrimaryColumn } from 'typeorm';
import { PLATFORM_SCHEMA } from '../platform/database';
import type { TenantState } from '../platform/context';

/** A country served here: the catalogue row that says who it is, in which state, and where its data lives. */
@Entity({ name: 'tenant', schema: PLATFORM_SCHEMA })
export class TenantEntity {
  @PrimaryColumn({ type: 'text' }) code: string;
  @Column({ type: 'text' }) country: string;
  @Column({ type: 'jsonb' }) names: Record<string, string>;
  @Column({ type: 'text', array: true }) languages: string[];
  @Column({ name: 'time_zone', type: 'text' }) timeZone: string;
  @Column({ type: 'text', array: true }) hosts: string[];
  @Column({ type: 'text' }) state: TenantState;
  @Column({ name: 'resume_state', type: 'text', nullable: true }) resumeState: TenantState | null;
  @Column({ name: 'placement_id', type: 'text' }) placementId: string;
  @Column({ name: 'schema_version', type: 'integer' }) schemaVersion: number;
  @Column({ name: 'agreement_ref', type: 'text' }) agreementRef: string;
  @Column({ name: 'signatory_name', type: 'text' }) signatoryName: string;
  @Column({ name: 'signatory_title', type: 'text' }) signatoryTitle: string;
  @Column({ name: 'signatory_email', type: 'text' }) signatoryEmail: string;
  @Column({ name: 'licence_version', type: 'text', nullable: true }) licenceVersion: string | null;
  @Column({ name: 'first_admin_name', type: 'text', nullable: true }) firstAdminName: string | null;
  @Column({ name: 'first_admin_email', type: 'text', nullable: true }) firstAdminEmail: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'changed_at', type: 'timestamptz' }) changedAt: Date;
}
