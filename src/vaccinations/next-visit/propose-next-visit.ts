import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KeepPlace } from '../../appointments';
import { AuditTrail } from '../../audit';
import { civilNow } from '../../facilities';
import { forecast } from '../../forecasting';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, isReadOnly, type UnitOfWork } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { Programmes } from '../../programmes';
import { mayFor, Persons } from '../../registry';
import type { DoseRecord } from '../dose-record';
import { enginePerson } from '../doses';
import { doseRecorded } from '../vaccinations.events';
import { VaccinationsStore } from '../vaccinations.store';
import { groupName, productName } from '../vaccine-names';
import { daysToKeep, type NextVisit, nextVisitAfter } from './next-visit-rules';
import type { NextVisitView } from './next-visit.graphql';

interface Proposal {
  /** The doses of the last visit, and where it was. */
  doses: readonly DoseRecord[];
  facilityId: string;
  visit: NextVisit;
}

/**
 * After a dose, the next one is proposed: which product, from when and until when, and a place kept where this one was
 * given, if there is a session with one free.
 */
@Injectable()
export class ProposeNextVisit implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: VaccinationsStore,
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly places: KeepPlace,
    private readonly audit: AuditTrail,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(doseRecorded, (ctx, { payload }) => this.keepPlace(ctx, payload));
  }

  /** What comes after the last dose of a person; null when nothing does. Throws NOT_FOUND for somebody else's person. */
  async of(ctx: Context, personId: string): Promise<NextVisitView | null> {
    mayAnywhere(ctx, ctx.actor.kind === 'citizen' ? 'forecast.read-own' : 'forecast.read');
    const programme = await this.programmes.current(ctx);
    const found = await this.database.read(ctx, async work => {
      mayFor(ctx, ['forecast.read-own', 'forecast.read'], await this.persons.byId(ctx, work, personId));
      this.audit.record(ctx, work, {
        action: 'forecast.read',
        resource: { type: 'person', id: personId },
        personId,
      });
      return this.proposal(ctx, work, personId);
    });
    if (!found) return null;
    const { visit, facilityId } = found;
    const open = await this.places.openOf(ctx, personId);
    return {
      ...visit,
      vaccineGroupName: groupName(ctx, programme, visit.vaccineGroup),
      product:
        visit.product === null
          ? null
          : { code: visit.product, name: productName(ctx, programme, visit.product) },
      facilityId,
      appointment:
        open.find(({ products }) => visit.product !== null && products.includes(visit.product)) ?? null,
    };
  }

  /**
   * Not after a dose that was entered late: a paper backlog must not take the places of those who come. Nor for whoever
   * has an appointment: she has made up her mind.
   */
  private async keepPlace(ctx: Context, given: { personId: string; vaccinationId: string }): Promise<void> {
    if (isReadOnly(ctx.tenant!)) return; // it is too late by the time that it is not
    const { personId } = given;
    const found = await this.database.read(ctx, work => this.proposal(ctx, work, personId));
    const isLast = found?.doses.some(
      ({ id, lateReason }) => id === given.vaccinationId && lateReason === null,
    );
    if (!found || !isLast || (await this.places.openOf(ctx, personId)).length > 0) return;
    const { facilityId, visit } = found;
    const { from, until } = daysToKeep(visit, civilNow(ctx).date);
    if (visit.product === null || from > until) return;
    const { product, doseNumber } = visit;
    await this.places.run(ctx, { personId, facilityId, product, doseNumber, from, until });
  }

  private async proposal(ctx: Context, work: UnitOfWork, personId: string): Promise<Proposal | null> {
    const { pack, schedule } = await this.programmes.current(ctx);
    const person = (await this.persons.ofIds(work, [personId])).get(personId);
    const doses = await this.store.dosesOf(work, personId);
    const last = doses.at(-1);
    if (!last || !person || person.status === 'deceased') return null;
    const on = civilNow(ctx).date;
    const { groups } = forecast(schedule, enginePerson(person, doses, on).person, on);
    const given = doses.filter(({ givenOn }) => givenOn === last.givenOn);
    const visit = nextVisitAfter(given, groups, pack.products);
    return visit && { doses: given, facilityId: last.facilityId, visit };
  }
}
