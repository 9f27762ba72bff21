import { Injectable } from '@nestjs/common';
import { Places } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import type { OpenVial } from './vial.graphql';
import { asVial } from './vial-view';
import { VialsStore } from './vials.store';

/** The vials that are open at a facility, those past their time too: they are still to be discarded. */
@Injectable()
export class ReadVials {
  constructor(
    private readonly database: Database,
    private readonly store: VialsStore,
    private readonly places: Places,
  ) {}

  run(ctx: Context, facilityId: string): Promise<OpenVial[]> {
    return this.database.read(ctx, async work => {
      may(ctx, 'stock.read', await this.places.of(work, facilityId));
      return (await this.store.openAt(work, facilityId)).map(vial => asVial(ctx, vial));
    });
  }
}
