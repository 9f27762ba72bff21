import { Injectable } from '@nestjs/common';
import { Places } from '../../facilities';
import { isAllowed, type Permission } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import type { Refusal } from '../../platform/graphql';
import { Persons } from '../../registry';
import { type Changer, type ChangeRight, type FirstEntry, windowEnd } from './change-rules';
import type { DoseRecord } from '../dose-record';
import { DoseRefusals } from '../vaccinations.refusals';
import { type History, VaccinationsStore } from '../vaccinations.store';

/** What two verbs that change a recorded dose ask first. */
@Injectable()
export class ChangeVaccination {
  constructor(
    private readonly store: VaccinationsStore,
    private readonly persons: Persons,
    private readonly places: Places,
    private readonly refusals: DoseRefusals,
  ) {}

  /**
   * The dose and the history it stands in, when the caller may change it by `rule`; else the refusal. Throws
   * NOT_FOUND for no such dose and for one of a facility where she may do nothing of the sort, FORBIDDEN for somebody
   * else's entry.
   */
  async permit(
    ctx: Context,
    work: UnitOfWork,
    asked: { personId: string; vaccinationId: string; own: Permission; any: Permission },
    rule: (entry: FirstEntry, who: Changer, now: Date) => ChangeRight,
  ): Promise<{ dose: DoseRecord; history: History } | { refusal: Refusal }> {
    // The person before the stock, as where doses are recorded, so that nobody waits for one who waits for her.
    await this.persons.hold(work, [asked.personId]);
    // Before the dose: whatever changes it from here on closes the gate of `add`.
    const history = await this.store.historyOf(work, asked.personId);
    const dose = await this.store.dose(work, asked.personId, asked.vaccinationId);
    if (!dose || dose.kind === 'void') throw notFound();
    const place = await this.places.of(work, dose.facilityId);
    const who: Changer = {
      id: ctx.actor.id ?? ctx.actor.kind,
      supervises: isAllowed(ctx, asked.any, place),
      changesOwn: isAllowed(ctx, asked.own, place),
    };
    if (!who.supervises && !who.changesOwn) throw notFound();
    const right = rule(dose, who, ctx.now());
    if (right === 'no') throw new AppError('FORBIDDEN');
    if (dose.replaced) return { refusal: this.refusals.replaced(ctx, dose.id) };
    if (right === 'window-over') return { refusal: this.refusals.windowOver(ctx, windowEnd(dose)) };
    if (right === 'second-person') return { refusal: this.refusals.secondPerson(ctx, windowEnd(dose)) };
    return { dose, history };
  }
}
