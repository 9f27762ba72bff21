import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type CodeBudget, DEFAULT_BUDGET, type Spent, windowStart } from './code-budget-rules';

@Injectable()
export class CodeBudgetStore {
  /** What the country lets its codes cost: the product's where it has not set its own. */
  async budget(work: UnitOfWork): Promise<CodeBudget> {
    const [row] = await work.query<{ budget: Partial<CodeBudget> | null }>(
      `SELECT rules -> 'codeBudget' AS budget FROM sign_in_rules WHERE id = 'current'`,
    );
    return { ...DEFAULT_BUDGET, ...row?.budget };
  }

  async setBudget(ctx: Context, work: UnitOfWork, codeBudget: CodeBudget): Promise<void> {
    await work.query(
      `INSERT INTO sign_in_rules AS r (id, rules, changed_at) VALUES ('current', $1, $2)
       ON CONFLICT (id) DO UPDATE SET rules = r.rules || excluded.rules, changed_at = excluded.changed_at`,
      [JSON.stringify({ codeBudget }), ctx.now()],
    );
  }

  /** Counts one code before it is sent; codes of one moment are counted one by one, by the row of the day. */
  async spend(work: UnitOfWork, day: string, price: number, now: Date): Promise<Spent> {
    const [row] = await work.query<Spent>(
      `INSERT INTO sign_in_code_spend AS s (day, spent, window_at, in_window) VALUES ($1, $2, $3, 1)
       ON CONFLICT (day) DO UPDATE SET spent = s.spent + excluded.spent,
         window_at = CASE WHEN s.window_at <= $4 THEN excluded.window_at ELSE s.window_at END,
         in_window = CASE WHEN s.window_at <= $4 THEN 1 ELSE s.in_window + 1 END
       RETURNING spent::float8 AS spent, in_window AS "inWindow"`,
      [day, price, now, windowStart(now)],
    );
    return row!;
  }

  async spentOn(work: UnitOfWork, day: string): Promise<number> {
    const [row] = await work.query<{ spent: number }>(
      `SELECT spent::float8 AS spent FROM sign_in_code_spend WHERE day = $1`,
      [day],
    );
    return row?.spent ?? 0;
  }

  /** Whether this is the first time today that somebody is to be told. */
  async tellOnce(work: UnitOfWork, day: string, of: 'warned_at' | 'stopped_at', now: Date): Promise<boolean> {
    const told = await work.query(
      `UPDATE sign_in_code_spend SET ${of} = $2 WHERE day = $1 AND ${of} IS NULL RETURNING day`,
      [day, now],
    );
    return told.length === 1;
  }
}
