import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import type { PrivacyRules } from './privacy-rules';
import { PrivacyRulesStore } from './privacy-rules.store';

/** The data protection officer says what the country's law asks for. */
@Injectable()
export class ConfigurePrivacy {
  constructor(
    private readonly database: Database,
    private readonly store: PrivacyRulesStore,
    private readonly audit: AuditTrail,
  ) {}

  read(ctx: Context): Promise<PrivacyRules> {
    may(ctx, 'privacy.read');
    return this.database.read(ctx, work => this.store.rules(work));
  }

  /** In force from the next call on. */
  run(ctx: Context, rules: PrivacyRules): Promise<PrivacyRules> {
    may(ctx, 'privacy.configure');
    return this.database.write(ctx, async work => {
      const before = await this.store.rules(work);
      await this.store.save(ctx, work, rules);
      const changed = (Object.keys(rules) as (keyof PrivacyRules)[]).filter(
        rule => JSON.stringify(rules[rule]) !== JSON.stringify(before[rule]),
      );
      this.audit.record(ctx, work, {
        action: 'privacy.configure',
        resource: { type: 'privacy-rules', id: 'current' },
        detail: { changed },
      });
      return rules;
    });
  }
}
