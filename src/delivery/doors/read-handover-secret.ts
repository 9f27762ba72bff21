import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { qrMatrix, qrSvg } from '../../codecs';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { ConsignmentsStore } from '../consignments/consignments.store';
import { placeOf } from '../network/hub-rules';
import { NetworkStore } from '../network/network.store';
import { unitCode } from '../../codecs/unit-codes';
import type { HandoverSecretView } from './door.graphql';
import { HandoverSecrets } from './handover-secrets';

/** The sender gives the receiver the secret of a consignment, where no message can. Each look is in the audit. */
@Injectable()
export class ReadHandoverSecret {
  constructor(
    private readonly database: Database,
    private readonly consignments: ConsignmentsStore,
    private readonly network: NetworkStore,
    private readonly secrets: HandoverSecrets,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND, also for a text that is no code; FORBIDDEN for who does not send from where it was sent. */
  run(ctx: Context, text: string): Promise<HandoverSecretView> {
    mayAnywhere(ctx, 'consignment.send');
    const read = unitCode(text);
    if ('fault' in read) throw notFound();
    const unit = read.code;
    return this.database.read(ctx, async work => {
      const consignment = await this.consignments.consignment(work, unit);
      if (!consignment) throw notFound();
      const [hub] = await this.network.hubsOf(work, [consignment.fromHubId]);
      may(ctx, 'consignment.send', placeOf(hub!));
      this.audit.record(ctx, work, {
        action: 'consignment.read-secret',
        resource: { type: 'consignment', id: unit },
      });
      return this.shown(ctx, unit);
    });
  }

  /** For whoever has checked that the receiver asks. */
  async shown(ctx: Context, unit: string): Promise<HandoverSecretView> {
    const secret = await this.secrets.of(ctx, unit);
    return { unit, ...secret, qrSvg: qrSvg(qrMatrix(secret.qrText)) };
  }
}
