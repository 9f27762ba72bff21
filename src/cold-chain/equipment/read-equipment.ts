import { Injectable } from '@nestjs/common';
import { type PageRequest, pageOf } from '../../common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import type { ColdEquipmentPage } from './equipment.graphql';
import { EquipmentStore } from './equipment.store';
import { asEquipment } from './equipment-view';

/** What a facility keeps things cold with. */
@Injectable()
export class ReadEquipment {
  constructor(
    private readonly database: Database,
    private readonly store: EquipmentStore,
    private readonly places: Places,
  ) {}

  /** Throws NOT_FOUND for a facility that is not there. */
  run(ctx: Context, facilityId: string, page: PageRequest): Promise<ColdEquipmentPage> {
    mayAnywhere(ctx, 'cold-equipment.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'cold-equipment.read', await this.places.of(work, facilityId));
      const { items, endCursor } = pageOf(
        await this.store.at(work, facilityId, page),
        page.first,
        row => row.id,
      );
      return { items: items.map(asEquipment), endCursor };
    });
  }
}
