import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Programmes } from '../../programmes';
import { PersonChanges } from '../../registry';
import { DoseChanges } from '../../vaccinations';
import type { Detail } from '../details/detail-rules';
import { KeepDetail } from '../details/keep-detail';
import { IssueCertificate } from '../issue-certificate';
import type { GrievanceCase, GrievanceKind, GrievanceRow } from './grievance';

interface Act {
  ctx: Context;
  work: UnitOfWork;
  row: GrievanceRow;
  asked: GrievanceCase;
}

/** Done; or why it cannot be, in the caller's language where the record itself said so. */
export type PutRight = { done: true } | { done: false; message: string | null };
const DONE: PutRight = { done: true };

/**
 * Does what a granted case asks for, and issues the certificate that follows, in one unit of work: corrected, issued anew
 * and the old one revoked, or nothing of it. Each act asks for its own permission: a case is no way around one.
 */
@Injectable()
export class PutRightGrievance {
  constructor(
    private readonly persons: PersonChanges,
    private readonly doses: DoseChanges,
    private readonly programmes: Programmes,
    private readonly issue: IssueCertificate,
    private readonly details: KeepDetail,
  ) {}

  run(act: Act): Promise<PutRight> {
    return this.acts[act.row.kind](act);
  }

  private readonly acts: Record<GrievanceKind, (act: Act) => Promise<PutRight>> = {
    'wrong-details': act => this.correctDetails(act),
    'doses-of-two-records': act => this.bringTogether(act),
    'add-passport': act => this.addDetail(act, 'passport'),
    'add-birth-date': act => this.addDetail(act, 'birth-date'),
    'unknown-member': ({ ctx, work, row }) =>
      this.answered(this.persons.unlink(ctx, work, row, { personId: row.personId, accountId: row.raisedBy })),
    'move-member': ({ ctx, work, row, asked }) =>
      this.answered(
        this.persons.move(ctx, work, row, { personId: row.personId, toPersonId: asked.toPersonId! }),
      ),
    'issue-again': act => this.issueAgain(act),
    'wrong-dose': act => this.correctDose(act),
    'dose-not-given': act => this.voidDose(act),
  };

  private async correctDetails({ ctx, work, row, asked }: Act): Promise<PutRight> {
    const { personId, facilityId } = row;
    const { name, birthDate, sex } = asked;
    const change = { personId, facilityId, reason: 'grievance', name, birthDate, sex };
    // The case is the purpose for which the record is opened
    const stated = { ...ctx, purpose: ctx.purpose ?? 'grievance' };
    const factId = await this.persons.correct(stated, work, change);
    await this.issue.within(ctx, work, { personId, factId, cause: 'person-corrected' });
    return DONE;
  }

  private async bringTogether({ ctx, work, row, asked }: Act): Promise<PutRight> {
    const { personId } = row;
    const from = await this.persons.idOfCode(ctx, work, asked.otherCode!);
    if (!from || from === personId) return { done: false, message: null };
    if (!(await this.doses.move(ctx, work, { from, to: personId }))) return { done: false, message: null };
    const causes = [
      [from, 'dose-voided'],
      [personId, 'new-dose'],
    ] as const;
    // In one order, so that two who bring the same records together do not wait for each other
    for (const [id, cause] of causes.toSorted(([one], [other]) => (one < other ? -1 : 1)))
      await this.issue.within(ctx, work, { personId: id, factId: ctx.newId(), cause });
    return DONE;
  }

  private async addDetail(act: Act, detail: Detail): Promise<PutRight> {
    const { ctx, work, row, asked } = act;
    const { personId, facilityId, id: grievanceId } = row;
    const asking = { personId, facilityId, grievanceId, seen: asked.evidence };
    const passport = asked.passportNumber ?? null;
    const { hindered } = await this.details.within(ctx, work, { ...asking, details: [detail], passport });
    return hindered ? { done: false, message: hindered.message } : this.issueAgain(act);
  }

  private async issueAgain({ ctx, work, row: { personId } }: Act): Promise<PutRight> {
    await this.issue.within(ctx, work, { personId, factId: ctx.newId(), cause: 'issued-again' });
    return DONE;
  }

  private async correctDose({ ctx, work, row, asked }: Act): Promise<PutRight> {
    const { personId, id } = row;
    const { vaccinationId, givenOn, lotId } = asked;
    const reason = lotId ? 'WRONG_LOT' : 'WRONG_DAY';
    const outcome = await this.doses.correct(ctx, work, await this.programmes.current(ctx), {
      idempotencyKey: id,
      personId,
      vaccinationId: vaccinationId!,
      reason,
      givenOn,
      lotId,
      lateReason: givenOn ? 'grievance' : null,
    });
    if ('refusal' in outcome) return { done: false, message: outcome.refusal.message };
    const corrected = { from: vaccinationId!, to: outcome.id };
    await this.issue.within(ctx, work, { personId, factId: ctx.newId(), cause: 'dose-corrected', corrected });
    return DONE;
  }

  private async voidDose({ ctx, work, row, asked }: Act): Promise<PutRight> {
    const { personId, id } = row;
    const { vaccinationId } = asked;
    const wrong = { idempotencyKey: id, personId, vaccinationId: vaccinationId!, reason: 'NEVER_GIVEN' };
    const outcome = await this.doses.void(ctx, work, wrong);
    if ('refusal' in outcome) return { done: false, message: outcome.refusal.message };
    await this.issue.within(ctx, work, { personId, factId: ctx.newId(), cause: 'dose-voided' });
    return DONE;
  }

  private async answered(done: Promise<boolean>): Promise<PutRight> {
    return (await done) ? DONE : { done: false, message: null };
  }
}
