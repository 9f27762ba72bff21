import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { placeOf } from '../network/hub-rules';
import { Networks } from '../network/networks';
import { IssuedSsccs, NoCompanyPrefix } from './numbers.graphql';
import { NumbersStore } from './numbers.store';
import { OwnSsccs } from './own-ssccs';

export interface IssueSsccsInput {
  idempotencyKey: string;
  hubId: string;
  count: number;
}

/** SSCCs for labels that are printed before anybody knows what they will be stuck on. */
@Injectable()
export class IssueSsccs {
  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly numbers: OwnSsccs,
    private readonly store: NumbersStore,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /**
   * The same key gives the same ones. Throws NOT_FOUND for no such hub, CONFLICT when too few are left under the
   * prefix.
   */
  run(ctx: Context, input: IssueSsccsInput): Promise<IssuedSsccs | NoCompanyPrefix> {
    mayAnywhere(ctx, 'consignment.send');
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        const hub = (await this.networks.of(ctx, work)).hubs.get(input.hubId);
        if (!hub) throw notFound();
        may(ctx, 'consignment.send', placeOf(hub));
        const made = await once(ctx, work, input.idempotencyKey, input, async () => {
          const issueId = await this.numbers.issue(ctx, work, input.count);
          if (issueId === null) throw new Refused(this.noPrefix(ctx));
          this.audit.record(ctx, work, {
            action: 'consignment.number',
            resource: { type: 'sscc-issue', id: issueId },
            detail: { hub: hub.code, count: input.count },
          });
          return issueId;
        });
        const ssccs = await this.store.issued(work, made!.id);
        return Object.assign(new IssuedSsccs(), { ssccs });
      }),
    );
  }

  private noPrefix(ctx: Context): NoCompanyPrefix {
    const message = this.texts.say(ctx, 'delivery.noCompanyPrefix');
    return Object.assign(new NoCompanyPrefix(), { message });
  }
}
