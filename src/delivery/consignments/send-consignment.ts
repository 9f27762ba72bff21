import { Injectable } from '@nestjs/common';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { Receiver } from '../messages/receivers';
import { placeOf, type TemperatureClass } from '../network/hub-rules';
import type { NoRoute } from '../network/network.graphql';
import { Networks } from '../network/networks';
import type { Consignment, UnitSentBefore } from './consignment.graphql';
import { ConsignmentsStore, type ConsignmentKind } from './consignments.store';
import { Destinations } from './destinations';
import { Dispatch } from './dispatch';
import { ReadConsignment } from './read-consignment';

export interface SendConsignmentInput {
  idempotencyKey: string;
  unit?: string | null;
  kind: ConsignmentKind;
  fromHubId: string;
  toHubId?: string | null;
  toAreaId?: string | null;
  temperature: TemperatureClass;
  readyAt?: Date | null;
  weightGrams?: number | null;
  receiver?: Receiver | null;
}

/** A labelled unit is sent: planned the earliest way, promised for when it can be handed out there. */
@Injectable()
export class SendConsignment {
  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly destinations: Destinations,
    private readonly dispatch: Dispatch,
    private readonly store: ConsignmentsStore,
    private readonly reading: ReadConsignment,
  ) {}

  /** Throws NOT_FOUND for no such hub, INVALID_INPUT for a unit code or a phone that is none. */
  run(ctx: Context, input: SendConsignmentInput): Promise<Consignment | NoRoute | UnitSentBefore> {
    mayAnywhere(ctx, 'consignment.send');
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        const network = await this.networks.of(ctx, work);
        const from = network.hubs.get(input.fromHubId);
        if (!from) throw notFound();
        may(ctx, 'consignment.send', placeOf(from));
        const to = await this.destinations.of(work, network, input);
        const sent = await once(ctx, work, input.idempotencyKey, input, () =>
          this.dispatch.send(ctx, work, { ...input, network, from, to }),
        );
        return this.reading.shown(ctx, work, (await this.store.consignment(work, sent!.id))!);
      }),
    );
  }
}
