import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { visitMoved } from './queue.events';
import { QueueStore, type StepRow, type VisitRow } from './queue.store';
import { after, type Standing, type Step } from './visit-rules';

/** A step to be taken: now, by the caller, where nothing else is said. `reference`: the dose, or the call. */
export type NewStep = Pick<Step, 'step'> & Partial<Step> & { reference?: string };

/** What is done with one visitor. */
export interface Move {
  ctx: Context;
  visit: VisitRow;
  steps: readonly NewStep[];
}

/** The one place where a visit changes: each step is appended, projected, audited and announced, in one transaction. */
@Injectable()
export class MoveVisits {
  constructor(
    private readonly store: QueueStore,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** The visits are locked, and each is in one move. As they stand afterwards, in order. */
  async run(work: UnitOfWork, moves: readonly Move[]): Promise<VisitRow[]> {
    const taken = moves.map(taking);
    const moved = taken.filter(({ steps }) => steps.length > 0);
    if (moved.length > 0)
      await this.store.write(
        work,
        moved.flatMap(({ steps }) => steps),
        moved.map(({ visit }) => visit),
      );
    for (const { ctx, visit, steps } of moved) for (const step of steps) this.tell(ctx, work, visit, step);
    return taken.map(({ visit }) => visit);
  }

  /** Visits that begin now. */
  async begin(ctx: Context, work: UnitOfWork, visits: readonly VisitRow[]): Promise<void> {
    await this.store.add(work, visits);
    const arrivals = visits.map(visit => rowOf(ctx, visit, 1, { step: 'ARRIVED' }));
    await this.store.write(work, arrivals, visits);
    visits.forEach((visit, index) => this.tell(ctx, work, visit, arrivals[index]!));
  }

  private tell(ctx: Context, work: UnitOfWork, visit: VisitRow, { step, reason }: StepRow): void {
    const { facilityId, sessionId, personId, id: visitId } = visit;
    this.audit.record(ctx, work, {
      action: `visit.${step.toLowerCase().replace('_', '-')}`,
      resource: { type: 'visit', id: visitId },
      personId,
      facilityId,
      ...(reason === null ? {} : { detail: { reason } }),
    });
    this.outbox.announce(ctx, work, visitMoved, visitId, { facilityId, sessionId, visitId, personId, step });
  }
}

function taking({ ctx, visit, steps }: Move): { ctx: Context; visit: VisitRow; steps: StepRow[] } {
  const rows: StepRow[] = [];
  let standing: Standing = visit;
  for (const step of steps) {
    const row = rowOf(ctx, visit, standing.steps + 1, step);
    rows.push(row);
    standing = after(standing, row);
  }
  return { ctx, visit: { ...visit, ...standing }, steps: rows };
}

const rowOf = (ctx: Context, visit: VisitRow, number: number, step: NewStep): StepRow => ({
  facilityId: visit.facilityId,
  visitId: visit.id,
  number,
  step: step.step,
  at: step.at ?? ctx.now(),
  toldAt: ctx.now(),
  by: ctx.actor.id ?? ctx.actor.kind,
  reason: step.reason ?? null,
  station: step.station ?? null,
  earlierReaction: step.earlierReaction ?? null,
  observedUntil: step.observedUntil ?? null,
  reference: step.reference ?? null,
});
