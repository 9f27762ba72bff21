import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { PrivacyRules } from './privacy-rules';

/** What stands in the way of erasing a person. */
export type Hindrance = 'LEGAL_HOLD' | 'OPEN_APPOINTMENT' | 'DOSES_IN_REGISTER';

/** Whether something stands in the way, asked with the person's row locked. */
export type HindranceCheck = (work: UnitOfWork, personId: string, rules: PrivacyRules) => Promise<boolean>;

/** What other modules have to say before a person is erased; they add themselves at start. */
@Injectable()
export class Hindrances {
  private readonly checks = new Map<Hindrance, HindranceCheck>();

  on(hindrance: Hindrance, check: HindranceCheck): void {
    this.checks.set(hindrance, check);
  }

  /** Everything that stands in the way. */
  async of(work: UnitOfWork, personId: string, rules: PrivacyRules): Promise<Hindrance[]> {
    const found: Hindrance[] = [];
    for (const [hindrance, check] of this.checks)
      if (await check(work, personId, rules)) found.push(hindrance);
    return found;
  }
}
