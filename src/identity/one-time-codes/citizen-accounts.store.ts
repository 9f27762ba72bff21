import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { SealedColumns, TenantKeys } from '../../tenancy';

const PHONE = { table: 'citizen_account', column: 'phone_sealed' };

/** Citizens' accounts: each is a phone that was proved, never a person. */
@Injectable()
export class CitizenAccounts implements OnModuleInit {
  constructor(
    private readonly keys: TenantKeys,
    private readonly columns: SealedColumns,
  ) {}

  onModuleInit(): void {
    this.columns.add(
      { ...PHONE, key: ['id'] },
      { table: 'sign_in_code', column: 'phone_sealed', key: ['id'] },
    );
  }

  /** The phone (E.164) that an account proved, the only one it may be reached by; null when there is no such account. */
  async phoneOf(ctx: Context, work: UnitOfWork, accountId: string): Promise<string | null> {
    const [row] = await work.query<{ phone_sealed: Buffer }>(
      `SELECT phone_sealed FROM citizen_account WHERE id = $1`,
      [accountId],
    );
    return row ? this.keys.open(ctx, { ...PHONE, row: accountId }, row.phone_sealed) : null;
  }

  /** Forgets accounts and their phones, e.g. because the only people they acted for were erased. */
  async forget(work: UnitOfWork, accountIds: readonly string[]): Promise<void> {
    await work.query(`DELETE FROM citizen_account WHERE id = ANY ($1::uuid[])`, [accountIds]);
  }

  /** The account that proved this number before, or a new one. */
  async ofPhone(ctx: Context, work: UnitOfWork, phone: { e164: string; index: Buffer }): Promise<string> {
    const id = ctx.newId();
    await work.query(
      `INSERT INTO citizen_account (id, phone_index, phone_sealed, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (phone_index) DO NOTHING`,
      [id, phone.index, await this.keys.seal(ctx, { ...PHONE, row: id }, phone.e164), ctx.now()],
    );
    const [row] = await work.query<{ id: string }>(`SELECT id FROM citizen_account WHERE phone_index = $1`, [
      phone.index,
    ]);
    return row!.id;
  }
}
