import type { EntityManager } from 'typeorm';

/** Something to be written when a unit of work closes, e.g. an audit entry. */
export type ClosingEffect = (work: UnitOfWork) => Promise<void>;

/**
 * One transaction on one tenant's connection. Opened and closed by {@link Database} alone; verbs hand it down
 * to stores and never keep it. Its statements run one after another.
 */
export class UnitOfWork {
  private readonly closing: ClosingEffect[] = [];

  constructor(
    /** For `*.store.ts` files only. */
    readonly manager: EntityManager,
  ) {}

  /** Runs one parameterised statement; the rows it gives, of `RETURNING` too. */
  async query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.manager.queryRunner!.query(sql, params as unknown[], true);
    return (result.records ?? []) as Row[];
  }

  /**
   * Adds something to be written at the end: in the same transaction when this unit writes; in one of its own,
   * before the caller has the answer, when it only reads.
   */
  atClose(effect: ClosingEffect): void {
    this.closing.push(effect);
  }

  get hasClosingEffects(): boolean {
    return this.closing.length > 0;
  }

  /** Runs the effects added with {@link atClose}, in order. For {@link Database} alone. */
  async close(): Promise<void> {
    for (const effect of this.closing.splice(0)) await effect(this);
  }
}
