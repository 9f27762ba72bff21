import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import { forecast, type Person, type TraceRule, type TraceStep } from '../../forecasting';
import type { Context } from '../../platform/context';
import { Texts } from '../../platform/i18n';
import type { Programme } from '../../programmes';
import type { ForecastStep } from './forecast.graphql';

/** What a rule is about, as a key of the texts: `forecasts.about.<topic>`. It does not compile when a rule is missing. */
export const TOPIC: Record<TraceRule, string> = {
  'FIGURE 4-6': 'doseCounts',
  'TABLE 5-4': 'seriesRelevant',
  'TABLE 5-5': 'seriesRelevant',
  'TABLE 6-3': 'doseCounts',
  'TABLE 6-6': 'skip',
  'TABLE 6-7': 'skip',
  'TABLE 6-8': 'skip',
  'TABLE 6-9': 'skip',
  'TABLE 6-10': 'skip',
  'TABLE 6-11': 'skip',
  'TABLE 6-13': 'inadvertent',
  'TABLE 6-15': 'age',
  'TABLE 6-18': 'interval',
  'TABLE 6-21': 'interval',
  'CONFLICT-3': 'conflict',
  'TABLE 6-26': 'vaccine',
  'TABLE 6-29': 'vaccine',
  'TABLE 6-31': 'doseCounts',
  'TABLE 7-3': 'immunity',
  'TABLE 7-5': 'contraindication',
  'TABLE 7-6': 'contraindication',
  'TABLE 7-7': 'contraindication',
  'TABLE 7-10': 'need',
  'FORECASTDTCAN-1': 'earliest',
  'FORECASTDT-2': 'recommended',
  'FORECASTDT-3': 'pastDue',
  'FORECASTDT-4': 'latest',
  'FORECASTDT-5': 'recommended',
  'FORECASTDT-6': 'pastDue',
  'FORECASTDN-1': 'doseNumber',
  'FORECASTRECVAC-1': 'vaccine',
  'SELECTSCORE-2': 'bestSeries',
  'TABLE 8-3': 'bestSeries',
  'TABLE 8-5': 'bestSeries',
  'TABLE 8-7': 'bestSeries',
  'TABLE 8-9': 'bestSeries',
  'TABLE 8-11': 'bestSeries',
  'SELECTBEST-1': 'bestSeries',
  'SELECTBEST-2': 'bestSeries',
  'TABLE 8-14': 'bestSeries',
  'SINGLEANTVG-1': 'group',
  'SINGLEANTVG-2': 'group',
  'TABLE 9-4': 'group',
  'MULTIANTVG-1': 'group',
  'FORECASTVG-2': 'group',
  'FORECASTVG-3': 'group',
  'FORECASTVG-4': 'group',
  'FORECASTDN-2': 'doseNumber',
};

/** Says every step by which a forecast came about, for the one who asks why. */
@Injectable()
export class ExplainForecast {
  constructor(private readonly texts: Texts) {}

  run(ctx: Context, { schedule }: Programme, person: Person, on: CivilDate): ForecastStep[] {
    const { trace } = forecast(schedule, person, on, { trace: true });
    return (trace ?? []).map(step => this.step(ctx, step));
  }

  private step(ctx: Context, step: TraceStep): ForecastStep {
    const value = shown(step.value);
    return {
      rule: step.rule,
      about: this.texts.say(ctx, `forecasts.about.${TOPIC[step.rule]}`),
      vaccineGroup: step.vaccineGroup ?? null,
      series: step.series ?? null,
      doseNumber: step.targetDose ?? null,
      vaccinationId: step.doseId ?? null,
      inputs: Object.entries(step.inputs).map(([name, input]) => ({ name, value: shown(input) })),
      outcome: step.outcome,
      outcomeText: value ?? this.texts.say(ctx, `forecasts.outcome.${step.outcome}`),
    };
  }
}

/** An input of a rule as one text: lists with commas, numbers and whatever has parts as JSON. */
function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
