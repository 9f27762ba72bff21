import type { CompiledDose, CompiledDoseVaccine } from '../schedule/compiled-schedule';
import { type History, type HistoryDose, isWithinAges } from '../history/organise-history';
import type { EvaluationReason } from '../person-forecast';
import { plainName } from '../schedule/plain-name';

export interface VaccineVerdict {
  readonly accepted: boolean;
  readonly rule: 'TABLE 6-26' | 'TABLE 6-29';
  readonly reasons: readonly EvaluationReason[];
}

const NONE: readonly EvaluationReason[] = [];
const PREFERABLE: VaccineVerdict = { accepted: true, rule: 'TABLE 6-26', reasons: NONE };
const LOW_VOLUME: VaccineVerdict = { ...PREFERABLE, reasons: ['volume-below-recommended'] };
const ALLOWABLE: VaccineVerdict = { accepted: true, rule: 'TABLE 6-29', reasons: NONE };

/** Tables 6-26 and 6-29: was the vaccine a preferable one for the target dose, or else an allowable one? */
export function evaluateVaccine(history: History, target: CompiledDose, dose: HistoryDose): VaccineVerdict {
  let reasons = NONE;
  for (const rule of target.preferable) {
    if (rule.vaccine !== dose.vaccine) continue;
    const against = whyNotPreferable(history, rule, dose);
    if (!against) return isLowVolume(rule, dose) ? LOW_VOLUME : PREFERABLE;
    reasons = withOne(reasons, against);
  }
  for (const rule of target.allowable) {
    if (rule.vaccine !== dose.vaccine) continue;
    if (isWithinAges(history, rule, dose.day)) return ALLOWABLE;
    reasons = withOne(reasons, 'vaccine-age-out-of-range');
  }
  return {
    accepted: false,
    rule: 'TABLE 6-29',
    reasons: ['not-a-preferable-or-allowable-vaccine', ...reasons],
  };
}

const withOne = (reasons: readonly EvaluationReason[], one: EvaluationReason): readonly EvaluationReason[] =>
  reasons.includes(one) ? reasons : [...reasons, one];

function whyNotPreferable(
  history: History,
  rule: CompiledDoseVaccine,
  dose: HistoryDose,
): EvaluationReason | null {
  if (!isWithinAges(history, rule, dose.day)) return 'vaccine-age-out-of-range';
  if (rule.tradeName === undefined) return null;
  return rule.tradeName === plainName(dose.given.tradeName ?? '') ? null : 'trade-name-differs';
}

/** Less volume is a reason to note, never an invalid dose (section 6.8). */
function isLowVolume(rule: CompiledDoseVaccine, dose: HistoryDose): boolean {
  const { volumeMl } = dose.given;
  return rule.volumeMl !== undefined && volumeMl !== undefined && volumeMl < rule.volumeMl;
}
