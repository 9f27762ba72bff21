import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { PersonKeys } from '../../registry';
import { passportPlace } from '../sealed-place';

/** Passports that people proved, for formats that can name one. Nobody is found by them. */
@Injectable()
export class TravelDocumentsStore {
  constructor(private readonly keys: PersonKeys) {}

  async add(
    ctx: Context,
    work: UnitOfWork,
    { personId, grievanceId, number }: { personId: string; grievanceId: string; number: string },
  ): Promise<void> {
    const id = ctx.newId();
    const sealed = await this.keys.seal(ctx, work, personId, passportPlace(id), number);
    await work.query(
      `INSERT INTO travel_document (person_id, id, grievance_id, sealed_number, at) VALUES ($1, $2, $3, $4, $5)`,
      [personId, id, grievanceId, sealed, ctx.now()],
    );
  }

  /** The number that was proved last; null when none was. */
  async numberOf(ctx: Context, work: UnitOfWork, personId: string): Promise<string | null> {
    const [row] = await work.query<{ id: string; sealed: Buffer }>(
      `SELECT id, sealed_number AS sealed FROM travel_document WHERE person_id = $1 ORDER BY id DESC LIMIT 1`,
      [personId],
    );
    return row ? this.keys.openOne(ctx, work, personId, passportPlace(row.id), row.sealed) : null;
  }
}
