import type {
  CompiledAntigen,
  CompiledSeries,
  Contraindicating,
  VaccineIndex,
} from '../schedule/compiled-schedule';
import { type History, isWithinAges } from '../history/organise-history';

/** Table 7-5: does a contraindication against the antigen apply on the assessment date? */
export function isAntigenContraindicated(history: History, antigen: CompiledAntigen): boolean {
  if (history.observations.size === 0) return false;
  return antigen.contraindications.some(
    rule => isObserved(history, rule) && isWithinAges(history, rule, history.on),
  );
}

/** Table 7-6: does a contraindication against this one vaccine apply on the assessment date? */
export function isVaccineContraindicated(
  history: History,
  antigen: CompiledAntigen,
  vaccine: VaccineIndex,
): boolean {
  if (history.observations.size === 0) return false;
  return antigen.vaccineContraindications.some(rule => {
    if (!isObserved(history, rule)) return false;
    const ages = rule.vaccines.get(vaccine);
    return ages !== undefined && isWithinAges(history, ages, history.on);
  });
}

function isObserved({ observations }: History, { observation, unless }: Contraindicating): boolean {
  return observations.has(observation) && !unless.some(other => observations.has(other));
}

/** Table 7-7: no vaccine of the series is left to give. */
export function isSeriesContraindicated(
  history: History,
  antigen: CompiledAntigen,
  series: CompiledSeries,
): boolean {
  if (isAntigenContraindicated(history, antigen)) return true;
  const { preferableVaccines } = series;
  if (antigen.vaccineContraindications.length === 0 || preferableVaccines.length === 0) return false;
  return preferableVaccines.every(vaccine => isVaccineContraindicated(history, antigen, vaccine));
}
