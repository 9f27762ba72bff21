import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Programmes } from '../../programmes';
import { mayFor, Persons } from '../../registry';
import { IssueCertificate } from '../issue-certificate';
import { ResultProofsStore } from '../results/result-proofs.store';
import type { Detail } from './detail-rules';
import { DetailsTakenBack } from './stated-details.graphql';
import { StatedDetailsStore } from './stated-details.store';

/** Herself or who acts for her, and staff who have details stated: what one may ask for one may ask to end. */
const WHO = ['certificate.take-back-details-own', 'certificate.state-details'] as const;

export interface TakeBackDetailsInput {
  personId: string;
  details: readonly Detail[];
}

/**
 * A person takes back what she had her certificates state: it is forgotten, and she has a certificate that says the
 * least.
 */
@Injectable()
export class TakeBackDetails {
  constructor(
    private readonly database: Database,
    private readonly store: StatedDetailsStore,
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly issue: IssueCertificate,
    private readonly results: ResultProofsStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Done twice, it is done once. Throws NOT_FOUND for a person who is not the caller's. */
  run(ctx: Context, { personId, details }: TakeBackDetailsInput): Promise<DetailsTakenBack> {
    return this.database.write(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, WHO, person);
      const taken = await this.store.takeBack(ctx, work, person.id, details);
      if (taken.length > 0) await this.renew(ctx, work, person.id, taken);
      return Object.assign(new DetailsTakenBack(), { personId: person.id, details });
    });
  }

  /** What bears the details is superseded, or revoked where the country says so; proofs of results are only made anew. */
  private async renew(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    taken: readonly { detail: Detail; since: Date }[],
  ): Promise<void> {
    const factId = ctx.newId();
    const { pack } = await this.programmes.current(ctx);
    const revokes = pack.certificateDetails?.takenBack === 'revoke';
    const since = wholeSecond(taken.map(one => one.since).reduce((first, at) => (at < first ? at : first)));
    this.audit.record(ctx, work, {
      action: 'certificate.take-back-details',
      resource: { type: 'stated-detail', id: null },
      personId,
      detail: { details: taken.map(({ detail }) => detail).join(' '), revokes },
    });
    if (revokes) await this.results.end(ctx, work, { personId, resultId: null, since }, 'detail-taken-back');
    await this.issue.within(ctx, work, {
      personId,
      factId,
      cause: 'detail-taken-back',
      ...(revokes && { statedSince: since }),
    });
  }
}

/** Certificates say whole seconds of when they were issued. */
const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);
