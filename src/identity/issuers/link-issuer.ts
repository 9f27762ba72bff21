import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Notices } from '../notices/notices';
import { StepUps } from '../second-factor/step-ups';
import type { IssuerAnswerGraphqlInput, IssuerVisit } from './issuer.graphql';
import { IssuerVisits } from './issuer-visits';
import { IssuersStore } from './issuers.store';

/**
 * A member of staff says herself which subject of an issuer she is. It opens her account from then on, so a token alone
 * is not enough: she proves her second factor once more, and is told by e-mail.
 */
@Injectable()
export class LinkIssuer {
  constructor(
    private readonly database: Database,
    private readonly visits: IssuerVisits,
    private readonly store: IssuersStore,
    private readonly stepUps: StepUps,
    private readonly notices: Notices,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws STEP_UP_NEEDED without a second factor proved in this sign-in, and as {@link IssuerVisits.begin}. */
  async begin(ctx: Context, input: { issuerId: string }): Promise<IssuerVisit> {
    const me = signedIn(ctx);
    await this.mustHaveSteppedUp(ctx);
    return this.visits.begin(ctx, input.issuerId, { staffId: me.id, invitationHash: null });
  }

  /** Throws UNAUTHENTICATED for whatever is not right, CONFLICT when the subject is somebody's or she has another there. */
  async complete(ctx: Context, answer: IssuerAnswerGraphqlInput): Promise<boolean> {
    const me = signedIn(ctx);
    const { visit, issuer, subject } = await this.visits.takeBack(ctx, answer);
    if (visit.staffId !== me.id) throw new AppError('UNAUTHENTICATED');
    await this.database.write(ctx, async work => {
      const link = { issuerId: issuer.id, subject, staffId: me.id };
      if (!(await this.store.link(ctx, work, link))) throw new AppError('CONFLICT');
      this.notices.tell(ctx, work, { kind: 'staff', id: me.id }, 'issuer-linked');
      this.audit.record(ctx, work, {
        action: 'identity.issuer-link',
        resource: { type: 'staff', id: me.id },
        detail: { issuerId: issuer.id },
      });
    });
    return true;
  }

  /** She is no longer known there. Throws STEP_UP_NEEDED as `begin`, NOT_FOUND when she was not. */
  async remove(ctx: Context, input: { issuerId: string }): Promise<boolean> {
    const me = signedIn(ctx);
    await this.mustHaveSteppedUp(ctx);
    await this.database.write(ctx, async work => {
      if (!(await this.store.unlink(work, input.issuerId, me.id))) throw notFound();
      this.audit.record(ctx, work, {
        action: 'identity.issuer-unlink',
        resource: { type: 'staff', id: me.id },
        detail: { issuerId: input.issuerId },
      });
    });
    return true;
  }

  private async mustHaveSteppedUp(ctx: Context): Promise<void> {
    const has = await this.database.read(ctx, work => this.stepUps.has(work, ctx.actor));
    if (!has) throw new AppError('STEP_UP_NEEDED');
  }
}
