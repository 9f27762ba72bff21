import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Programmes } from '../../programmes';
import type { LineRecords } from './close-out-rules';
import type { LineRow } from './close-out.store';

/** A line with what its product says of its vials. */
export type Line = LineRow & LineRecords;

/** Puts to lines what the programme says of their products. */
@Injectable()
export class LineProducts {
  constructor(private readonly programmes: Programmes) {}

  async of(ctx: Context, work: UnitOfWork, rows: readonly LineRow[]): Promise<Line[]> {
    const products = new Map((await this.programmes.products(ctx, work)).map(row => [row.code, row]));
    return rows.map(row => {
      const { dosesPerVial, openVialHours } = products.get(row.productCode)!;
      return { ...row, dosesPerVial, openVialHours };
    });
  }
}
