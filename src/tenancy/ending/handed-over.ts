import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** A secret that a country needs to read its records or to go on without us; `key` is base64url. */
export interface HandedOverKey {
  purpose: string;
  number: number;
  key: string;
}

type Supply = (ctx: Context, work: UnitOfWork) => Promise<HandedOverKey[]>;

/** Modules say which keys of theirs a country gets when it leaves (licence 10.2). */
@Injectable()
export class HandedOver {
  private readonly supplies: Supply[] = [];

  /** To be called while the application begins. */
  add(supply: Supply): void {
    this.supplies.push(supply);
  }

  async of(ctx: Context, work: UnitOfWork): Promise<HandedOverKey[]> {
    const keys: HandedOverKey[] = [];
    for (const supply of this.supplies) keys.push(...(await supply(ctx, work)));
    return keys;
  }
}
