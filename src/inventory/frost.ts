import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { isFreezeSensitive, Programmes } from '../programmes';

/** Reasons that only tell of vaccines that freezing harms (WHO/IVB/06.10; the shake test, WHO/V&B/00.27). */
const FROST_REASONS: readonly string[] = ['FROZEN', 'SHAKE_TEST_FAILED'];

/** Knows what frost does to the products of a country, by the pack in force. To be asked before a unit of work. */
@Injectable()
export class Frost {
  constructor(private readonly programmes: Programmes) {}

  /** Whether doses of a product cannot be unfit for such a reason, since it bears freezing. */
  async bearing(ctx: Context): Promise<(productCode: string, reasons: readonly string[]) => boolean> {
    const { pack, products } = await this.programmes.current(ctx);
    return (code, reasons) =>
      reasons.some(reason => FROST_REASONS.includes(reason)) &&
      !isFreezeSensitive(pack.storage ?? [], products.get(code)?.vaccine ?? '');
  }
}
