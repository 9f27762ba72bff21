import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { type BlindIndex, IndexedColumns, SealedColumns, TenantKeys } from '../../tenancy';
import { CODE_LENGTH, codeFrom, normaliseCode } from '../appointment-rules';
import { sealedAt } from '../booking/booking-view';

interface OfSession {
  facilityId: string;
  sessionId: string;
}

/**
 * The secret by which somebody shows that she came: six characters, found by a keyed index so that whoever reads the
 * table learns nothing, and sealed so that only its holder is shown it again.
 */
@Injectable()
export class CheckInCodes implements OnModuleInit {
  constructor(
    private readonly keys: TenantKeys,
    private readonly columns: SealedColumns,
    private readonly indexedColumns: IndexedColumns,
  ) {}

  onModuleInit(): void {
    this.columns.add(
      { table: 'appointment', column: 'code_sealed', key: ['facility_id', 'id'] },
      { table: 'draw', column: 'seed_sealed', key: ['facility_id', 'id'] },
    );
    this.indexedColumns.add({ table: 'appointment', column: 'code_index', key: ['facility_id', 'id'] });
  }

  /** A code for each appointment. Two of one session are the same once in a billion; then neither opens. */
  forEach<Row extends OfSession & { id: string }>(
    ctx: Context,
    rows: readonly Row[],
  ): Promise<(Row & { index: Buffer; sealed: Buffer; at: Date })[]> {
    return Promise.all(
      rows.map(async row => {
        const code = codeFrom(randomBytes(CODE_LENGTH));
        const sealed = await this.keys.seal(ctx, sealedAt(row.id), code);
        const { stored } = await this.indexOf(ctx, row, code);
        return { ...row, index: stored, sealed, at: ctx.now() };
      }),
    );
  }

  /** What a code is found by. */
  indexOf(ctx: Context, { facilityId, sessionId }: OfSession, code: string): Promise<BlindIndex> {
    return this.keys.blindIndex(ctx, 'check-in-code', `${facilityId} ${sessionId} ${normaliseCode(code)}`);
  }
}
