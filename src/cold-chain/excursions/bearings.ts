import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Programmes } from '../../programmes';
import { type Bearing, bearingsOf } from './alarm-rules';

/** What the products of a country bear, by the programme in force. */
@Injectable()
export class Bearings {
  constructor(private readonly programmes: Programmes) {}

  async of(ctx: Context): Promise<Bearing[]> {
    const { pack, products } = await this.programmes.current(ctx);
    return bearingsOf(pack.storage ?? [], [...products.values()]);
  }
}
