import type { CompiledAntigen, CompiledSeries, VaccineIndex } from './compiled-schedule';
import { type History, isWithinAges } from './organise-history';

/** Table 7-5: does a contraindication against the antigen apply on the assessment date? */
export function isAntigenContraindicated(history: History, antigen: CompiledAntigen): boolean {
  if (history.observations.size === 0) return false;
  return antigen.contraindications.some(
    rule => history.observations.has(rule.observation) && isWithinAges(history, rule, history.on),
  );
}

/** Table 7-6: does a contraindication against this one vaccine apply on the assessment date? */
export function isVaccineContraindicated(
  history: History,
  antigen: CompiledAntigen,
  vaccine: VaccineIndex,
): boolean {
  if (history.observations.size === 0) return false;
  return antigen.vaccineContraindications.some(({ observation, vaccines }) => {
    if (!history.observations.has(observation)) return false;
    const ages = vaccines.get(vaccine);
    return ages !== undefined && isWithinAges(history, ages, history.on);
  });
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
