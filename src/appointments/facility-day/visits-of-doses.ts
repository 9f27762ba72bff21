import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type Move, MoveVisits } from './move-visits';
import { QueueStore, type VisitRow } from './queue.store';
import { isOpen, observedUntil, type ObservationMinutes, USUAL_OBSERVATION } from './visit-rules';

/** A dose that was recorded, or is no dose any more. */
interface DoseOfVisit {
  ctx: Context;
  facilityId: string;
  personId: string;
  vaccinationId: string;
  /** The country's own day on which it was given, and when on it, by our clock. */
  on: CivilDate;
  at: Date;
}

/** What becomes of visits when doses are recorded: for the module that records them. Checks no permission: it has. */
@Injectable()
export class VisitsOfDoses {
  constructor(
    private readonly store: QueueStore,
    private readonly move: MoveVisits,
  ) {}

  /**
   * Whoever is on a visit there on that day has been vaccinated. Nothing happens for one who is not: a dose needs no
   * queue. No two doses of one person at a time.
   */
  async given(
    work: UnitOfWork,
    doses: readonly DoseOfVisit[],
    rule: ObservationMinutes = USUAL_OBSERVATION,
  ): Promise<void> {
    await this.moveAll(work, doses, newestOrOpen, ({ ctx, vaccinationId, at }, visit) => ({
      ctx,
      visit,
      steps: [
        {
          step: 'VACCINATED',
          at,
          reference: vaccinationId,
          observedUntil: observedUntil(at, rule, visit.earlierReaction),
        },
      ],
    }));
  }

  /** A dose is not true: whoever had no other on her visit waits for one again. */
  async voided(work: UnitOfWork, dose: DoseOfVisit): Promise<void> {
    await this.moveAll(
      work,
      [dose],
      visits => newestOrOpen(visits.filter(({ doses }) => doses > 0)),
      ({ ctx, vaccinationId }, visit) => ({
        ctx,
        visit,
        steps: [{ step: 'DOSE_VOIDED', reference: vaccinationId }],
      }),
    );
  }

  private async moveAll(
    work: UnitOfWork,
    doses: readonly DoseOfVisit[],
    choose: (visits: readonly VisitRow[]) => VisitRow | undefined,
    moving: (dose: DoseOfVisit, visit: VisitRow) => Move,
  ): Promise<void> {
    const found = await this.visitsOf(work, doses);
    if (found.length === 0) return;
    await this.move.run(
      work,
      doses.flatMap(dose => {
        const visit = choose(found.filter(one => isOf(one, dose)));
        return visit ? [moving(dose, visit)] : [];
      }),
    );
  }

  /**
   * Locked. Whoever had gone may have come back while her visit was being locked: joining locks it too, so that the second
   * look sees the new one, and no other can be added after it.
   */
  private async visitsOf(work: UnitOfWork, doses: readonly DoseOfVisit[]): Promise<VisitRow[]> {
    const people = doses.map(({ facilityId, personId, on }) => ({ facilityId, personId, day: on }));
    const found = await this.store.ofPeopleToChange(work, people);
    const over = found.some(({ state }) => !isOpen(state));
    return over ? this.store.ofPeopleToChange(work, people) : found;
  }
}

/** The visit that somebody is on, or else her last one. */
const newestOrOpen = (visits: readonly VisitRow[]): VisitRow | undefined =>
  visits.find(({ state }) => isOpen(state)) ?? visits.at(-1);

const isOf = (visit: VisitRow, { facilityId, personId, on }: DoseOfVisit): boolean =>
  visit.personId === personId && visit.facilityId === facilityId && visit.day === on;
