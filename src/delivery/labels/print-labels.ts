import { Injectable } from '@nestjs/common';
import { nameFor } from '../../facilities';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { type ConsignmentRow, ConsignmentsStore } from '../consignments/consignments.store';
import { NetworkStore } from '../network/network.store';
import { unitCode } from '../../codecs/unit-codes';
import { labelPdf } from './label-pdf';
import type { LabelPlace, LabelView } from './label-view';
import { type ConsignmentLabels, LabelFormat } from './label.graphql';
import { labelZpl } from './label-zpl';

/** A roll of labels; a page is set in a millisecond or two. */
const MOST = 100;

/** Prints the labels of consignments, for whoever packs them. */
@Injectable()
export class PrintLabels {
  constructor(
    private readonly database: Database,
    private readonly consignments: ConsignmentsStore,
    private readonly network: NetworkStore,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND when one of them is no consignment, INVALID_INPUT for none or more than a hundred. */
  async run(ctx: Context, units: readonly string[], format: LabelFormat): Promise<ConsignmentLabels> {
    mayAnywhere(ctx, 'consignment.read');
    if (units.length === 0 || units.length > MOST) throw invalid('units', 'delivery.invalid.labels');
    const views = await this.database.read(ctx, work => this.views(ctx, work, units));
    const document =
      format === LabelFormat.ZPL ? labelZpl(views) : Buffer.from(labelPdf(views)).toString('base64');
    return { format, document };
  }

  private async views(ctx: Context, work: UnitOfWork, units: readonly string[]): Promise<LabelView[]> {
    const rows = await Promise.all(
      units.map(async unit => {
        const read = unitCode(unit);
        return 'fault' in read ? null : this.consignments.consignment(work, read.code);
      }),
    );
    const found = rows.map(row => {
      if (!row) throw notFound();
      return row;
    });
    const hubIds = found.flatMap(row => [row.fromHubId, row.toHubId, row.runs[0]?.toHubId ?? row.toHubId]);
    const hubs = await this.network.hubsOf(work, [...new Set(hubIds)]);
    const places = new Map(
      hubs.map(hub => [hub.id, { name: nameFor(ctx, hub.names, hub.code), code: hub.code }]),
    );
    return found.map(row => this.view(ctx, row, places));
  }

  private view(ctx: Context, row: ConsignmentRow, places: ReadonlyMap<string, LabelPlace>): LabelView {
    const [language] = ctx.languages;
    const say = (key: string): string => this.texts.say(ctx, `delivery.label.${key}`);
    const first = row.runs[0]?.toHubId;
    return {
      unit: row.unitId,
      from: places.get(row.fromHubId)!,
      to: places.get(row.toHubId)!,
      next: first && first !== row.toHubId ? places.get(first)! : null,
      language: language!,
      direction: directionOf(language!),
      words: {
        from: say('from'),
        to: say('to'),
        next: say('next'),
        temperature: say(`temperature.${row.temperature}`),
      },
    };
  }
}

/** Which way a language is written; what is no language is written as most are. */
function directionOf(language: string): 'ltr' | 'rtl' {
  return new Intl.Locale(language).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr';
}
