import { Injectable } from '@nestjs/common';
import type { Schedule, SeriesDose } from '../forecasting';
import { pickText, type TextByLanguage } from '../localisation';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import type { Product, ScheduleDose, VaccinationSchedule } from './programme.graphql';
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
    const said = await this.speaker(ctx);
    const rows = await this.database.read(ctx, work => this.programmes.products(ctx, work));
    return rows.filter(row => row.active).map(row => asProduct(row, said));
  }

  async schedule(ctx: Context): Promise<VaccinationSchedule> {
    const { pack } = await this.programmes.current(ctx);
    const said = await this.speaker(ctx);
    const { code, version, title, sources } = pack.schedule;
    return { code, version, title: said(title), sources: [...sources], series: seriesOf(pack.schedule) };
  }

  private async speaker(ctx: Context): Promise<(texts: TextByLanguage) => string> {
    const { pack } = await this.programmes.current(ctx);
    const chain = [...ctx.languages, pack.profile.defaultLanguage];
    return texts => pickText(texts, chain) ?? '';
  }
}

const asProduct = (row: ProductRow, said: (texts: TextByLanguage) => string): Product => ({
  ...row,
  name: said(row.names) || row.code,
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
    minimumInterval: dose.preferableIntervals?.at(-1)?.minimum ?? null,
    vaccines: [...(dose.preferableVaccines ?? []), ...(dose.allowableVaccines ?? [])].map(
      ({ vaccine }) => vaccine,
    ),
  };
}
