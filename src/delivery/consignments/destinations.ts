import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import type { Network } from '../network/network';
import { type HubRow, NetworkStore } from '../network/network.store';

/** Where something is to go: a hub, or the area whose hub it is. */
@Injectable()
export class Destinations {
  constructor(private readonly store: NetworkStore) {}

  /** Throws INVALID_INPUT unless one of the two is said, NOT_FOUND for a hub or a served area that is not there. */
  async of(
    work: UnitOfWork,
    network: Network,
    { toHubId, toAreaId }: { toHubId?: string | null; toAreaId?: string | null },
  ): Promise<HubRow> {
    if (!toHubId === !toAreaId) throw invalid('toHubId', 'delivery.invalid.oneDestination');
    const to = toHubId ? network.hubs.get(toHubId) : await this.store.hubServing(work, toAreaId!);
    if (!to) throw notFound();
    return to;
  }
}
