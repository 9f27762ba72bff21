import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { hashOfToken } from '../../tenancy';
import { IdentityStore } from '../accounts/identity.store';
import { Admit, type Admitted } from '../second-factor/admit';
import { isSecondFactor } from './issuer-rules';
import type { BeginIssuerSignInGraphqlInput, IssuerAnswerGraphqlInput, IssuerVisit } from './issuer.graphql';
import { type CameBack, IssuerVisits } from './issuer-visits';
import { IssuersStore } from './issuers.store';

/**
 * A member of staff signs in through her ministry's issuer. Whom the issuer means is known by its subject alone, which
 * was linked to her account by her invitation or by herself; an e-mail address that it names opens nothing.
 */
@Injectable()
export class SignInByIssuer {
  constructor(
    private readonly database: Database,
    private readonly visits: IssuerVisits,
    private readonly store: IssuersStore,
    private readonly accounts: IdentityStore,
    private readonly admit: Admit,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws as {@link IssuerVisits.begin}. An invitation is looked at when she comes back. */
  begin(ctx: Context, { issuerId, invitation }: BeginIssuerSignInGraphqlInput): Promise<IssuerVisit> {
    const invitationHash = invitation ? hashOfToken(invitation) : null;
    return this.visits.begin(ctx, issuerId, { staffId: null, invitationHash });
  }

  /** Our own token, or what is still to be done. Throws UNAUTHENTICATED for whatever is not right. */
  async complete(ctx: Context, answer: IssuerAnswerGraphqlInput): Promise<Admitted> {
    const back = await this.visits.takeBack(ctx, answer);
    if (back.visit.staffId !== null) throw new AppError('UNAUTHENTICATED');
    const enter = async (work: UnitOfWork): Promise<Admitted> => {
      const staffId = await this.accountOf(ctx, work, back);
      if (!staffId) throw new AppError('UNAUTHENTICATED');
      const by = { issuerId: back.issuer.id, subject: back.subject, session: back.session };
      const hasSecondFactor = isSecondFactor(back.said, back.issuer);
      return this.admit.in(ctx, work, { kind: 'staff', id: staffId }, { by, hasSecondFactor });
    };
    // An account is opened where something may be written; whoever has one may sign in to a suspended country, to read.
    return back.visit.invitationHash
      ? this.database.write(ctx, enter)
      : this.database.writeEvenIfSuspended(ctx, enter);
  }

  private async accountOf(ctx: Context, work: UnitOfWork, back: CameBack): Promise<string | null> {
    const known = await this.store.staffOf(work, back.issuer.id, back.subject);
    if (!back.visit.invitationHash) return known;
    // A subject that is somebody's already does not take a second account by another's invitation.
    return known ? null : this.acceptInvitation(ctx, work, back, back.visit.invitationHash);
  }

  private async acceptInvitation(
    ctx: Context,
    work: UnitOfWork,
    back: CameBack,
    tokenHash: Buffer,
  ): Promise<string | null> {
    const staffId = await this.accounts.useInvitation(work, tokenHash, ctx.now());
    const account = staffId ? await this.accounts.staff(work, staffId) : null;
    if (account?.state !== 'INVITED') return null;
    const link = { issuerId: back.issuer.id, subject: back.subject, staffId: account.id };
    if (!(await this.store.link(ctx, work, link))) return null;
    await this.accounts.saveStaff(work, Object.assign(account, { state: 'ACTIVE' as const }));
    this.audit.record(ctx, work, {
      action: 'staff.activate',
      resource: { type: 'staff', id: account.id },
      detail: { issuerId: back.issuer.id },
    });
    return account.id;
  }
}
