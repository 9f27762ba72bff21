import type { DayNumber } from '../../common';
import {
  type CompiledAge,
  type CompiledDose,
  type Effective,
  FIRST_DAY,
  LAST_DAY,
} from '../schedule/compiled-schedule';
import { ageDay, type History } from '../history/organise-history';
import type { EvaluationReason } from '../person-forecast';

export interface AgeVerdict {
  readonly outcome: 'valid' | 'not-valid' | 'extraneous';
  readonly reason: EvaluationReason | null;
}

const VALID: AgeVerdict = { outcome: 'valid', reason: null };
const GRACE: AgeVerdict = { outcome: 'valid', reason: 'age-grace-period' };
const TOO_YOUNG: AgeVerdict = { outcome: 'not-valid', reason: 'too-young' };
const TOO_OLD: AgeVerdict = { outcome: 'extraneous', reason: 'too-old' };

/** RELEVANT-1 and RELEVANT-2: a rule holds from its effective date to its cessation date, both inclusive. */
export function isInEffect(rule: Effective, anchor: DayNumber): boolean {
  return anchor >= rule.from && anchor <= rule.to;
}

/** The age rule that holds on a day: the date administered, or the assessment date of a forecast. */
export function ageRuleOn(target: CompiledDose, anchor: DayNumber): CompiledAge | null {
  for (const age of target.ages) if (isInEffect(age, anchor)) return age;
  return null;
}

/** Table 6-15: was the dose given at a valid age for the target dose? */
export function evaluateAge(history: History, target: CompiledDose, day: DayNumber): AgeVerdict {
  const age = ageRuleOn(target, day);
  if (!age) return VALID;
  if (day < ageDay(history, age.absoluteMinimum, FIRST_DAY)) return TOO_YOUNG;
  if (day < ageDay(history, age.minimum, FIRST_DAY)) return GRACE;
  return day < ageDay(history, age.maximum, LAST_DAY) ? VALID : TOO_OLD;
}
