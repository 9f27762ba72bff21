import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { CountryPackDrafted } from '../country-pack.graphql';
import { type NewState, type PackRow, ProgrammesStore } from '../programmes.store';

/** How a draft begins: with a first state. */
@Injectable()
export class DraftStates {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Stores the first state of a new draft. The caller has checked who may, and the pack. */
  begin(ctx: Context, state: Pick<NewState, 'pack' | 'hash' | 'baseId'>): Promise<CountryPackDrafted> {
    const draftId = ctx.newId();
    return this.database.write(ctx, async work => {
      const row = await this.store.addState(ctx, work, { ...state, draftId, revision: 1, edits: null });
      this.audit.record(ctx, work, { action: 'pack.draft', resource: { type: 'country-pack', id: draftId } });
      return drafted(row!);
    });
  }
}

export const drafted = (pack: PackRow): CountryPackDrafted =>
  Object.assign(new CountryPackDrafted(), { pack });
