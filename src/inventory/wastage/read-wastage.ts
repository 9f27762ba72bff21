import { Injectable } from '@nestjs/common';
import { addTo, decodeCursor, isId, pageOf } from '../../common';
import { nameFor, Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { UsedProducts } from '../levels/used-products';
import { FacilityWastage, ProductWastage, type StockWastageArgs, StockWastagePage } from './wastage.graphql';
import { type FateDoses, wastageOf } from './wastage-rules';
import { type WastageAsked, WastageStore } from './wastage.store';

const FIGURES = ['given', 'opened', 'unopened', 'rate', 'openedRate', 'unopenedRate'] as const;

/** Which share of the doses was wasted, where, why and of what, from the months that are kept for that. */
@Injectable()
export class ReadWastage {
  constructor(
    private readonly database: Database,
    private readonly store: WastageStore,
    private readonly places: Places,
    private readonly products: UsedProducts,
    private readonly texts: Texts,
  ) {}

  /**
   * Throws FORBIDDEN outside the caller's places, NOT_FOUND for none such, INVALID_INPUT for months the wrong way
   * round.
   */
  run(ctx: Context, input: StockWastageArgs): Promise<StockWastagePage> {
    mayAnywhere(ctx, 'stock.watch');
    return this.database.read(ctx, async work => {
      const { facilityId = null, areaId = null, productCode = null, first } = input;
      if (facilityId !== null) may(ctx, 'stock.watch', await this.places.of(work, facilityId));
      else
        may(ctx, 'stock.watch', areaId === null ? {} : { areaIds: await this.places.areaPath(work, areaId) });
      const [from, to] = [monthOf(input.from), monthOf(input.to)];
      if (to < from || to > addTo(from, '3 years')) throw invalid('to', 'inventory.invalid.months');
      const asked: WastageAsked = { facilityId, areaId, productCode, from, to };
      const cursor = input.after ? decodeCursor(input.after) : null;
      const page = { after: cursor && isId(cursor) ? cursor : null, limit: first + 1 };
      const found = grouped(await this.store.byFacility(work, asked, page), row => row.facilityId);
      const { items, endCursor } = pageOf(found, first, ([id]) => id);
      const names = await this.places.namesOf(
        work,
        items.map(([id]) => id),
      );
      const products = await this.products.all(ctx, work);
      return Object.assign(new StockWastagePage(), {
        asOf: await this.store.asOf(work, asked),
        definitions: FIGURES.map(figure => ({
          figure,
          text: this.texts.say(ctx, `inventory.figure.${figure}`),
        })),
        products: grouped(await this.store.byProduct(work, asked), row => row.productCode).map(
          ([code, rows]) =>
            Object.assign(new ProductWastage(), wastageOf(rows), {
              productCode: code,
              productName: products.get(code)?.name ?? code,
              unit: products.get(code)?.unit ?? 'DOSE',
            }),
        ),
        items: items.map(([id, rows]) =>
          Object.assign(new FacilityWastage(), wastageOf(rows), {
            facilityId: id,
            unit: products.get(productCode ?? '')?.unit ?? 'DOSE',
            facilityName: nameFor(ctx, names.get(id) ?? {}, id),
          }),
        ),
        endCursor,
      });
    });
  }
}

const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

function grouped<Row extends FateDoses>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups];
}
