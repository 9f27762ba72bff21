import { Column, Entity, PrimaryColumn } from 'typeorm';
import { PLATFORM_SCHEMA } from '../../platform/database';

/** Someone who runs the platform: countries and their states, no citizen's data. */
@Entity({ name: 'operator_account', schema: PLATFORM_SCHEMA })
export class OperatorAccountEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'text' }) email: string;
  @Column({ type: 'text' }) name: string;
  @Column({ name: 'password_hash', type: 'text' }) passwordHash: string;
}
