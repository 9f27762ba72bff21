import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { isAllowed, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { PersonKeys } from '../../registry';
import { whileHistoryMoves } from '../../vaccinations';
import { answerPlace } from '../sealed-place';
import type { GrievanceRow } from './grievance';
import { mayDecide } from './grievance-rules';
import { type Grievance, GrievanceImpossible, GrievanceNeedsSecondPerson } from './grievance.graphql';
import { GrievancesStore } from './grievances.store';
import { PutRightGrievance } from './put-right';
import { ReadGrievances } from './read-grievances';

const DECIDE = 'certificate.decide-grievance';

export interface DecideGrievanceInput {
  personId: string;
  grievanceId: string;
  granted: boolean;
  reason?: string | null;
}

type Decided = Grievance | GrievanceNeedsSecondPerson | GrievanceImpossible;

/** A second person decides a case; what it asks for is done in the same act, and the certificate follows. */
@Injectable()
export class DecideGrievance {
  constructor(
    private readonly database: Database,
    private readonly store: GrievancesStore,
    private readonly places: Places,
    private readonly act: PutRightGrievance,
    private readonly read: ReadGrievances,
    private readonly keys: PersonKeys,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws NOT_FOUND for no case within the caller's reach, FORBIDDEN where she may decide but not do what it asks for,
   * CONFLICT for a case that was decided otherwise. The same decision once more changes nothing.
   */
  async run(ctx: Context, input: DecideGrievanceInput): Promise<Decided> {
    mayAnywhere(ctx, DECIDE);
    try {
      return await whileHistoryMoves(() => this.database.write(ctx, work => this.decide(ctx, work, input)));
    } catch (error) {
      if (error instanceof Impossible) return this.impossible(ctx, error.because);
      throw error;
    }
  }

  private async decide(ctx: Context, work: UnitOfWork, input: DecideGrievanceInput): Promise<Decided> {
    const { personId, grievanceId, granted } = input;
    const row = await this.store.one(work, personId, grievanceId);
    if (!row || !isAllowed(ctx, DECIDE, await this.places.of(work, row.facilityId))) throw notFound();
    if (!mayDecide(row, ctx.actor.id ?? ctx.actor.kind)) return this.secondPerson(ctx);
    if (row.granted === null) await this.carryOut(ctx, work, row, input);
    else if (row.granted !== granted) throw new AppError('CONFLICT');
    return this.read.view(ctx, work, (await this.store.one(work, personId, grievanceId))!);
  }

  private async carryOut(
    ctx: Context,
    work: UnitOfWork,
    row: GrievanceRow,
    { granted, reason }: DecideGrievanceInput,
  ): Promise<void> {
    const sealedReason = reason
      ? await this.keys.seal(ctx, work, row.personId, answerPlace(row.id), reason)
      : null;
    // First: it holds back whoever decides at the same moment
    if (!(await this.store.decide(ctx, work, row, { granted, sealedReason }))) throw new AppError('CONFLICT');
    const asked = granted ? await this.read.opened(ctx, work, row) : null;
    const outcome = asked && (await this.act.run({ ctx, work, row, asked }));
    if (outcome && !outcome.done) throw new Impossible(outcome.message);
    this.audit.record(ctx, work, {
      action: DECIDE,
      resource: { type: 'grievance', id: row.id },
      personId: row.personId,
      facilityId: row.facilityId,
      detail: { kind: row.kind, granted },
    });
  }

  private secondPerson(ctx: Context): GrievanceNeedsSecondPerson {
    const message = this.texts.say(ctx, 'certificates.refusal.grievanceNeedsSecondPerson');
    return Object.assign(new GrievanceNeedsSecondPerson(), { message });
  }

  private impossible(ctx: Context, because: string | null): GrievanceImpossible {
    const message = this.texts.say(ctx, 'certificates.refusal.grievanceImpossible');
    return Object.assign(new GrievanceImpossible(), { message, because });
  }
}

/** What was asked for cannot be done: the whole act is rolled back, the decision with it. */
class Impossible extends Error {
  constructor(readonly because: string | null) {
    super('The case cannot be granted as things stand');
  }
}
