import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { Programmes } from '../../programmes';
import { Persons, writeBirthDate } from '../../registry';
import type { Evidence } from '../grievances/grievance';
import { type Detail, type DetailObstacle, obstacleTo } from './detail-rules';
import { StatedDetailsStore } from './stated-details.store';

/** What is to be stated, and what whoever asks was seen to show for it. */
export interface DetailsAskedFor {
  personId: string;
  details: readonly Detail[];
  /** The number, for the detail `passport`. */
  passport: string | null;
  seen: Evidence;
  facilityId: string;
  /** The case that asks; null at a desk. */
  grievanceId: string | null;
}

/** The row that was written first; or why none was, for the caller to read. */
export type DetailsKept =
  { id: string; hindered?: never } | { hindered: { obstacle: DetailObstacle; message: string } };

/**
 * The one way in which certificates come to state more than the least: asked for, and proved by a document that somebody of
 * the staff saw, who answers for it in the audit. For whoever has checked the permission and issues the certificate anew.
 */
@Injectable()
export class KeepDetail {
  constructor(
    private readonly store: StatedDetailsStore,
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  async within(ctx: Context, work: UnitOfWork, asked: DetailsAskedFor): Promise<DetailsKept> {
    const { personId, details, passport, seen, facilityId, grievanceId } = asked;
    const { birthDate: date, birthDatePrecision: precision } = await this.persons.byId(ctx, work, personId);
    const known = writeBirthDate({ date, precision });
    const allowed = (await this.programmes.current(ctx)).pack.certificateDetails ?? {};
    const obstacle = details.map(detail => obstacleTo(detail, seen, known, allowed)).find(Boolean);
    if (obstacle)
      return {
        hindered: { obstacle, message: this.texts.say(ctx, `certificates.refusal.detail.${obstacle}`) },
      };
    const proof = { personId, seen, facilityId, grievanceId };
    const ids: string[] = [];
    for (const detail of details) {
      const value = detail === 'passport' ? passport! : known;
      ids.push(await this.store.add(ctx, work, { ...proof, detail, value }));
    }
    this.audit.record(ctx, work, {
      action: 'certificate.state-details',
      resource: { type: 'stated-detail', id: ids[0]! },
      personId,
      facilityId,
      detail: { details: details.join(' '), seen },
    });
    return { id: ids[0]! };
  }
}
