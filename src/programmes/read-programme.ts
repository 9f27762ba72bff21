import { Injectable } from '@nestjs/common';
import type { IntervalRule, Schedule, SeriesDose } from '../forecasting';
import { pickText, type TextByLanguage } from '../localisation';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import type { CountryPack } from './country-pack';
import { isFreezeSensitive } from './freeze-rules';
import type {
  Product,
  ScheduleDose,
  Supply,
  ScheduleInterval,
  VaccinationSchedule,
} from './programme.graphql';
import { Programmes } from './programmes';
import type { ProductRow } from './programmes.store';

/** The public face of a country's programme, in the caller's language. No permission: it is published. */
@Injectable()
export class ReadProgramme {
  constructor(
    private readonly database: Database,
    private readonly programmes: Programmes,
  ) {}

  async products(ctx: Context): Promise<Product[]> {
    const { pack } = await this.programmes.current(ctx);
    const rows = await this.database.read(ctx, work => this.programmes.products(ctx, work));
    return rows.filter(row => row.active).map(row => asProduct(row, pack, speaker(ctx, pack)));
  }

  /** What the pack in force says; of those that it no longer has nothing more is needed. */
  async supplies(ctx: Context): Promise<Supply[]> {
    const { pack } = await this.programmes.current(ctx);
    const said = speaker(ctx, pack);
    return (pack.supplies ?? []).map(({ code, name, gtins = [], expires, needs }) => ({
      code,
      name: said(name) || code,
      gtins: [...gtins],
      expires,
      needs: needs.map(({ products, of, ...need }) => ({ ...need, productCodes: [...products], of })),
    }));
  }

  async schedule(ctx: Context): Promise<VaccinationSchedule> {
    return this.scheduleOf(ctx, (await this.programmes.current(ctx)).pack);
  }

  /** The schedule of any pack, in force or not. */
  scheduleOf(ctx: Context, pack: CountryPack): VaccinationSchedule {
    const { code, version, title, sources } = pack.schedule;
    const series = seriesOf(pack.schedule);
    return { code, version, title: speaker(ctx, pack)(title), sources: [...sources], series };
  }
}

const speaker =
  (ctx: Context, { profile }: CountryPack) =>
  (texts: TextByLanguage): string =>
    pickText(texts, [...ctx.languages, profile.defaultLanguage]) ?? '';

const asProduct = (
  row: ProductRow,
  { storage = [] }: CountryPack,
  said: (texts: TextByLanguage) => string,
): Product => ({
  ...row,
  name: said(row.names) || row.code,
  freezeSensitive: isFreezeSensitive(storage, row.vaccine),
  codes: Object.entries(row.codes).map(([system, code]) => ({ system, code })),
});

const seriesOf = (schedule: Schedule): VaccinationSchedule['series'] =>
  schedule.antigens.flatMap(antigen =>
    antigen.series.map(series => ({
      name: series.name,
      antigen: antigen.code,
      vaccineGroup: series.vaccineGroup,
      doses: series.doses.map(asDose),
    })),
  );

/** Several rules for one dose differ in when they held; the last is the one in force. */
function asDose(dose: SeriesDose, index: number): ScheduleDose {
  const age = dose.ages?.at(-1);
  return {
    number: index + 1,
    recommendedAge: age?.earliestRecommended ?? null,
    minimumAge: age?.minimum ?? null,
    absoluteMinimumAge: age?.absoluteMinimum ?? null,
    latestRecommendedAge: age?.latestRecommended ?? null,
    maximumAge: age?.maximum ?? null,
    intervals: [
      ...(dose.preferableIntervals ?? []).map(rule => asInterval(rule, false)),
      ...(dose.allowableIntervals ?? []).map(rule => asInterval(rule, true)),
    ],
    minimumInterval: dose.preferableIntervals?.at(-1)?.minimum ?? null,
    vaccines: [...(dose.preferableVaccines ?? []), ...(dose.allowableVaccines ?? [])].map(
      ({ vaccine }) => vaccine,
    ),
  };
}

function asInterval({ from, ...rule }: IntervalRule, allowable: boolean): ScheduleInterval {
  return {
    allowable,
    previousDose: 'previousDose' in from,
    targetDose: 'targetDose' in from ? from.targetDose : null,
    mostRecentOf: 'mostRecentOf' in from ? [...from.mostRecentOf] : [],
    observation: 'observation' in from ? from.observation : null,
    absoluteMinimum: rule.absoluteMinimum ?? null,
    minimum: rule.minimum ?? null,
    earliestRecommended: rule.earliestRecommended ?? null,
    latestRecommended: rule.latestRecommended ?? null,
  };
}
