import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere, reachesOf } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { mayFor, PersonKeys, Persons } from '../../registry';
import { casePlace } from '../sealed-place';
import type { Evidence, GrievanceFacts, GrievanceKind } from './grievance';
import { isWellRaised } from './grievance-rules';
import type { Grievance } from './grievance.graphql';
import { GrievancesStore } from './grievances.store';
import { ReadGrievances } from './read-grievances';

const [OWN, ASSISTED] = ['certificate.raise-grievance-own', 'certificate.raise-grievance'] as const;

export interface RaiseGrievanceInput extends GrievanceFacts {
  idempotencyKey: string;
  personId: string;
  facilityId: string;
  kind: GrievanceKind;
  evidence: Evidence;
  note?: string | null;
}

/** A person, or staff for her, asks that something about her certificates be put right. */
@Injectable()
export class RaiseGrievance {
  constructor(
    private readonly database: Database,
    private readonly store: GrievancesStore,
    private readonly persons: Persons,
    private readonly places: Places,
    private readonly keys: PersonKeys,
    private readonly read: ReadGrievances,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws NOT_FOUND for a person who is not the caller's or no such facility, INVALID_INPUT for other facts than its
   * kind's.
   */
  run(ctx: Context, input: RaiseGrievanceInput): Promise<Grievance> {
    const own = reachesOf(ctx, ASSISTED).length === 0;
    mayAnywhere(ctx, own ? OWN : ASSISTED);
    return this.database.write(ctx, async work => {
      const person = await this.persons.byId(ctx, work, input.personId);
      mayFor(ctx, own ? OWN : ASSISTED, person);
      const place = await this.places.of(work, input.facilityId);
      if (!own) may(ctx, ASSISTED, place);
      const made = await once(ctx, work, input.idempotencyKey, input, () =>
        this.raise(ctx, work, input, own),
      );
      return this.read.view(ctx, work, (await this.store.one(work, person.id, made!.id))!);
    });
  }

  private async raise(
    ctx: Context,
    work: UnitOfWork,
    input: RaiseGrievanceInput,
    own: boolean,
  ): Promise<string> {
    const { idempotencyKey: _, personId, facilityId, kind, note, evidence, ...facts } = input;
    if (!isWellRaised(kind, { ...facts, evidence }, own))
      throw invalid('kind', 'certificates.invalid.grievanceFacts');
    const id = ctx.newId();
    const text = JSON.stringify({ ...facts, evidence, note: note ?? null });
    const sealedCase = await this.keys.seal(ctx, work, personId, casePlace(id), text);
    await this.store.add(ctx, work, { personId, id, kind, facilityId, sealedCase });
    this.audit.record(ctx, work, {
      action: 'certificate.raise-grievance',
      resource: { type: 'grievance', id },
      personId,
      facilityId,
      detail: { kind, evidence },
    });
    return id;
  }
}
