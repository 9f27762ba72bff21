import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { PersonKeys } from '../privacy/person-keys.store';
import type { Finding } from './break-glass.store';

/** An objection as it is read: its texts opened, null where the person's key is shredded. */
export interface ObjectionRow {
  personId: string;
  id: string;
  entryId: string;
  at: Date;
  finding: Finding | null;
  answeredAt: Date | null;
  text: string | null;
  answer: string | null;
}

interface StoredObjection extends Omit<ObjectionRow, 'text' | 'answer'> {
  textSealed: Buffer;
  answerSealed: Buffer | null;
}

const COLUMNS = `person_id AS "personId", objection_id AS id, entry_id AS "entryId", at, finding,
  answered_at AS "answeredAt", text_sealed AS "textSealed", answer_sealed AS "answerSealed"`;

const textOf = (id: string) => ({ table: 'look_objection', column: 'text_sealed', row: id });
const answerOf = (id: string) => ({ table: 'look_objection', column: 'answer_sealed', row: id });

@Injectable()
export class ObjectionsStore {
  constructor(private readonly keys: PersonKeys) {}

  /** Who did what an entry of a person's trail says; null when it is none of hers. */
  async entry(
    work: UnitOfWork,
    personId: string,
    entryId: string,
  ): Promise<{ actorId: string | null } | null> {
    if (!isId(entryId)) return null;
    const [row] = await work.query<{ actorId: string | null }>(
      `SELECT actor_id AS "actorId" FROM audit_entry WHERE person_id = $1 AND id = $2`,
      [personId, entryId],
    );
    return row ?? null;
  }

  /** One for each entry: another is the first one. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    objection: { personId: string; entryId: string; text: string },
  ): Promise<string> {
    const id = ctx.newId();
    const sealed = await this.keys.seal(ctx, work, objection.personId, textOf(id), objection.text);
    await work.query(
      `INSERT INTO look_objection (person_id, objection_id, entry_id, account_id, text_sealed, at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person_id, entry_id) DO NOTHING`,
      [objection.personId, id, objection.entryId, ctx.actor.id, sealed, ctx.now()],
    );
    const [row] = await work.query<{ id: string }>(
      `SELECT objection_id AS id FROM look_objection WHERE person_id = $1 AND entry_id = $2`,
      [objection.personId, objection.entryId],
    );
    return row!.id;
  }

  async one(ctx: Context, work: UnitOfWork, personId: string, id: string): Promise<ObjectionRow | null> {
    if (!isId(personId) || !isId(id)) return null;
    const rows = await work.query<StoredObjection>(
      `SELECT ${COLUMNS} FROM look_objection WHERE person_id = $1 AND objection_id = $2`,
      [personId, id],
    );
    return (await this.opened(ctx, work, rows))[0] ?? null;
  }

  /** All of one person, newest first. */
  async ofPerson(ctx: Context, work: UnitOfWork, personId: string): Promise<ObjectionRow[]> {
    const rows = await work.query<StoredObjection>(
      `SELECT ${COLUMNS} FROM look_objection WHERE person_id = $1 ORDER BY objection_id DESC LIMIT 100`,
      [personId],
    );
    return this.opened(ctx, work, rows);
  }

  /** Newest first; one row more than the page holds. */
  async page(
    ctx: Context,
    work: UnitOfWork,
    answered: boolean,
    { first, after }: PageRequest,
  ): Promise<ObjectionRow[]> {
    const key = after ? decodeCursor(after) : '';
    const rows = await work.query<StoredObjection>(
      `SELECT ${COLUMNS} FROM look_objection
       WHERE (answered_at IS NOT NULL) = $1 AND ($2::uuid IS NULL OR objection_id < $2) ORDER BY objection_id DESC LIMIT $3`,
      [answered, isId(key) ? key : null, first + 1],
    );
    return this.opened(ctx, work, rows);
  }

  /** False when it was answered before. */
  async answer(
    ctx: Context,
    work: UnitOfWork,
    { personId, id }: ObjectionRow,
    { finding, answer }: { finding: Finding; answer: string },
  ): Promise<boolean> {
    const sealed = await this.keys.seal(ctx, work, personId, answerOf(id), answer);
    const rows = await work.query(
      `UPDATE look_objection SET finding = $3, answer_sealed = $4, answered_by = $5, answered_at = $6
       WHERE person_id = $1 AND objection_id = $2 AND answered_at IS NULL RETURNING objection_id`,
      [personId, id, finding, sealed, ctx.actor.id, ctx.now()],
    );
    return rows.length === 1;
  }

  private async opened(
    ctx: Context,
    work: UnitOfWork,
    rows: readonly StoredObjection[],
  ): Promise<ObjectionRow[]> {
    const keyring = await this.keys.of(ctx, work, [...new Set(rows.map(({ personId }) => personId))]);
    return Promise.all(
      rows.map(async ({ textSealed, answerSealed, ...row }) => ({
        ...row,
        text: await this.keys.open(ctx, keyring, row.personId, textOf(row.id), textSealed),
        answer:
          answerSealed && (await this.keys.open(ctx, keyring, row.personId, answerOf(row.id), answerSealed)),
      })),
    );
  }
}
