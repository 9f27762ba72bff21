import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CitizenAccounts } from '../../identity';
import { CountryWords, normalisePhone } from '../../localisation';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { SealedColumns, TenantKeys } from '../../tenancy';
import { type ReceiverRow, ReceiversStore } from './receivers.store';

/** Who waits for a consignment, as the sender says. One of the two: a phone, or an account that proved one. */
export interface Receiver {
  phone?: string | null;
  accountId?: string | null;
  /** BCP 47; the country's own when left out. */
  language?: string | null;
  quiet?: boolean | null;
}

const sealedPlace = (unitId: string) => ({
  table: 'consignment_receiver',
  column: 'phone_sealed',
  row: unitId,
});

/** Keeps who waits for a consignment, sealed, for messages and for nothing else: no query of the API tells it. */
@Injectable()
export class Receivers implements OnModuleInit {
  constructor(
    private readonly store: ReceiversStore,
    private readonly words: CountryWords,
    private readonly accounts: CitizenAccounts,
    private readonly keys: TenantKeys,
    private readonly columns: SealedColumns,
  ) {}

  onModuleInit(): void {
    this.columns.add({ table: 'consignment_receiver', column: 'phone_sealed', key: ['unit_id'] });
  }

  /** Throws INVALID_INPUT for a number that the country does not take. */
  async row(ctx: Context, unitId: string, receiver: Receiver): Promise<ReceiverRow> {
    const profile = await this.words.profile(ctx);
    const common = {
      language: receiver.language ?? profile.defaultLanguage,
      quiet: receiver.quiet ?? false,
    };
    if (receiver.accountId) return { ...common, accountId: receiver.accountId, phoneSealed: null };
    const phone = normalisePhone(profile.phone, receiver.phone ?? '');
    if (!phone.ok) throw invalid('receiver.phone', `validation.phone.${phone.code}`);
    return {
      ...common,
      accountId: null,
      phoneSealed: await this.keys.seal(ctx, sealedPlace(unitId), phone.e164),
    };
  }

  /** Where she is written to: an E.164 number; null when her account is no more. */
  phoneOf(ctx: Context, work: UnitOfWork, unitId: string, receiver: ReceiverRow): Promise<string | null> {
    if (receiver.accountId !== null) return this.accounts.phoneOf(ctx, work, receiver.accountId);
    return this.keys.open(ctx, sealedPlace(unitId), receiver.phoneSealed!);
  }

  add(ctx: Context, work: UnitOfWork, unitId: string, row: ReceiverRow): Promise<void> {
    return this.store.add(ctx, work, unitId, row);
  }
}
