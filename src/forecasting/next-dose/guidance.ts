import type { History } from '../history/organise-history';
import type { ForecastSeries } from '../history/patient-series';
import type { Guidance } from '../person-forecast';
import type { ObservedGuidance } from '../schedule/compiled-schedule';

const NONE: readonly Guidance[] = [];

/**
 * FORECASTGUIDANCE-1: what the schedule has to say to the one who vaccinates. Of each series that a dose is still
 * needed of; of each indication and contraindication that is observed, whatever its ages, since it is told, not applied.
 */
export function guidanceOf(history: History, parts: readonly ForecastSeries[]): readonly Guidance[] {
  const found = new Set<Guidance>();
  const tell = ({ observation, guidance }: ObservedGuidance) => {
    if (history.observations.has(observation)) found.add(guidance);
  };
  for (const { patient, forecast } of parts) {
    const { series } = patient;
    if (forecast.status === 'not-complete') series.guidance.forEach(guidance => found.add(guidance));
    if (history.observations.size === 0) continue;
    series.indicationGuidance.forEach(tell);
    history.schedule.antigens[series.antigen]!.contraindicationGuidance.forEach(tell);
  }
  return found.size === 0 ? NONE : [...found];
}
