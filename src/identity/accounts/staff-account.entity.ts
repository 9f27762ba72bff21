import { Column, Entity, PrimaryColumn } from 'typeorm';

export type StaffState = 'INVITED' | 'ACTIVE' | 'SUSPENDED';

/** One person's account: never shared, so that every entry has an author. */
@Entity({ name: 'staff_account' })
export class StaffAccountEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'text' }) email: string;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text' }) state: StaffState;
  @Column({ name: 'password_hash', type: 'text', nullable: true }) passwordHash: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
