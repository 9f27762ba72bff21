import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { DEFAULT_PRIVACY_RULES, type PrivacyRules } from './privacy-rules';

@Injectable()
export class PrivacyRulesStore {
  /** The country's own, the product's where it has set none. */
  async rules(work: UnitOfWork): Promise<PrivacyRules> {
    const [row] = await work.query<{ rules: Partial<PrivacyRules> }>(`SELECT rules FROM privacy_rules`);
    return { ...DEFAULT_PRIVACY_RULES, ...row?.rules };
  }

  async save(ctx: Context, work: UnitOfWork, rules: PrivacyRules): Promise<void> {
    await work.query(
      `INSERT INTO privacy_rules (id, rules, changed_at) VALUES ('current', $1, $2)
       ON CONFLICT (id) DO UPDATE SET rules = excluded.rules, changed_at = excluded.changed_at`,
      [JSON.stringify(rules), ctx.now()],
    );
  }
}
