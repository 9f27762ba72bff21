import { Injectable } from '@nestjs/common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Persons } from '../../registry';
import type { Evidence } from '../grievances/grievance';
import { IssueCertificate } from '../issue-certificate';
import { type Detail } from './detail-rules';
import { type DetailsKept, KeepDetail } from './keep-detail';
import { DetailsNotStated, DetailsStated } from './stated-details.graphql';

const STATE = 'certificate.state-details';

export interface StateDetailsInput {
  idempotencyKey: string;
  facilityId: string;
  personId: string;
  seen: Evidence;
  birthDate: boolean;
  passportNumber?: string | null;
}

/**
 * Somebody at a desk asks that her certificates state her whole birth date or her passport, and shows a document for
 * it.
 */
@Injectable()
export class StateDetails {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly persons: Persons,
    private readonly details: KeepDetail,
    private readonly issue: IssueCertificate,
  ) {}

  /**
   * The certificate is issued anew in the same act, and supersedes the one before. Throws FORBIDDEN where the caller does
   * not serve, NOT_FOUND for no person of this country, INVALID_INPUT when nothing is asked for.
   */
  run(ctx: Context, input: StateDetailsInput): Promise<DetailsStated | DetailsNotStated> {
    mayAnywhere(ctx, STATE);
    return this.database.write(ctx, async work => {
      const { facilityId, seen, passportNumber: passport = null } = input;
      may(ctx, STATE, await this.places.of(work, facilityId));
      const { id: personId } = await this.persons.byId(ctx, work, input.personId);
      const details = detailsIn(input);
      if (details.length === 0) throw invalid('birthDate', 'certificates.invalid.noDetail');
      let kept: DetailsKept | undefined;
      await once(ctx, work, input.idempotencyKey, input, async () => {
        const asked = { personId, details, passport, seen, facilityId, grievanceId: null };
        kept = await this.details.within(ctx, work, asked);
        if (kept.hindered) return null;
        await this.issue.within(ctx, work, { personId, factId: ctx.newId(), cause: 'issued-again' });
        return kept.id;
      });
      return kept?.hindered
        ? Object.assign(new DetailsNotStated(), kept.hindered)
        : Object.assign(new DetailsStated(), { personId, details });
    });
  }
}

const detailsIn = ({ birthDate, passportNumber }: StateDetailsInput): Detail[] => [
  ...(birthDate ? (['birth-date'] as const) : []),
  ...(passportNumber ? (['passport'] as const) : []),
];
