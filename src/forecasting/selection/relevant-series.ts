import type { CompiledSeries } from '../schedule/compiled-schedule';
import { type History, isWithinAges } from '../history/organise-history';

/** Table 5-5: is the series relevant for the person, by sex and, for a risk series, by indication (table 5-4)? */
export function isRelevant(history: History, series: CompiledSeries): boolean {
  if (series.sexes && !series.sexes.has(history.sex)) return false;
  if (series.type !== 'risk') return true;
  return series.indications.some(
    indication =>
      history.observations.has(indication.observation) && isWithinAges(history, indication, history.on),
  );
}
