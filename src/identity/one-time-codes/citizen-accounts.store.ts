import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type BlindIndex, IndexedColumns, SealedColumns, TenantKeys } from '../../tenancy';

const PHONE = { table: 'citizen_account', column: 'phone_sealed' };

/** Citizens' accounts: each is a phone that was proved, never a person. */
@Injectable()
export class CitizenAccounts implements OnModuleInit {
  constructor(
    private readonly keys: TenantKeys,
    private readonly columns: SealedColumns,
    private readonly indexedColumns: IndexedColumns,
  ) {}

  onModuleInit(): void {
    this.columns.add(
      { ...PHONE, key: ['id'] },
      { table: 'sign_in_code', column: 'phone_sealed', key: ['id'] },
    );
    this.indexedColumns.add(
      { table: 'citizen_account', column: 'phone_index', key: ['id'] },
      { table: 'sign_in_code', column: 'phone_index', key: ['id'] },
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

  /** What a number (E.164) is found by. */
  indexOf(ctx: Context, e164: string): Promise<BlindIndex> {
    return this.keys.blindIndex(ctx, 'phone', e164);
  }

  /** The account that proved this number before, or a new one: by the same statements, so that neither takes longer. */
  async ofPhone(ctx: Context, work: UnitOfWork, phone: { e164: string; index: BlindIndex }): Promise<string> {
    await this.openUnlessKnown(ctx, work, phone);
    const [row] = await work.query<{ id: string }>(
      `SELECT id FROM citizen_account WHERE phone_index = ANY ($1::bytea[])`,
      [phone.index.all],
    );
    return row!.id;
  }

  /**
   * As long as an index may be stored in several forms, all of them are taken, oldest first, and one is kept: of two who
   * prove a number at one moment, whatever keys the process of each has heard of, one opens the account.
   */
  private async openUnlessKnown(
    ctx: Context,
    work: UnitOfWork,
    { e164, index }: { e164: string; index: BlindIndex },
  ): Promise<void> {
    const taken = new Map<Buffer, string>();
    for (const form of index.all) {
      const id = ctx.newId();
      const sealed = await this.keys.seal(ctx, { ...PHONE, row: id }, e164);
      const made = await work.query(
        `INSERT INTO citizen_account (id, phone_index, phone_sealed, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (phone_index) DO NOTHING RETURNING 1`,
        [id, form, sealed, ctx.now()],
      );
      if (made.length > 0) taken.set(form, id);
    }
    if (index.all.length === 1) return;
    if (taken.size === index.all.length) taken.delete(index.stored);
    await this.forget(work, [...taken.values()]);
  }
}
