import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { civilNow } from '../../facilities';
import { forecast, type GroupForecast } from '../../forecasting';

import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { type Programme, Programmes } from '../../programmes';
import { mayFor, type PersonRecord, Persons } from '../../registry';
import type { DoseRecord } from '../dose-record';
import { enginePerson } from '../doses';
import type { Forecast, VaccineGroupForecast } from './forecast.graphql';
import { VaccinationsStore } from '../vaccinations.store';
import { groupName, productName } from '../vaccine-names';

/** What is next for a person, by the country's schedule in force, today. */
@Injectable()
export class ReadForecast {
  constructor(
    private readonly database: Database,
    private readonly store: VaccinationsStore,
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for somebody else's person, STATE_FORBIDS while the country has no schedule. */
  async one(ctx: Context, personId: string): Promise<Forecast> {
    const programme = await this.programmes.current(ctx);
    return this.database.read(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, ['forecast.read-own', 'forecast.read'], person);
      return this.of(ctx, work, programme, person, await this.store.dosesOf(work, personId));
    });
  }

  /** For every person that the caller's own account acts for. */
  async mine(ctx: Context): Promise<Forecast[]> {
    const accountId = ctx.actor.id ?? '';
    may(ctx, 'forecast.read-own', { accountId });
    const programme = await this.programmes.current(ctx);
    return this.database.read(ctx, async work => {
      const people = await this.persons.peopleOf(ctx, work, accountId);
      const doses = await this.store.dosesOfAll(
        work,
        people.map(({ id }) => id),
      );
      return people.map(person =>
        this.of(
          ctx,
          work,
          programme,
          person,
          doses.filter(({ personId }) => personId === person.id),
        ),
      );
    });
  }

  private of(
    ctx: Context,
    work: UnitOfWork,
    programme: Programme,
    record: PersonRecord,
    doses: readonly DoseRecord[],
  ): Forecast {
    this.audit.record(ctx, work, {
      action: 'forecast.read',
      resource: { type: 'person', id: record.id },
      personId: record.id,
    });
    const on = civilNow(ctx).date;
    const { person, birthDateAssumed } = enginePerson(record, doses, on);
    const found = forecast(programme.schedule, person, on);
    return {
      personId: record.id,
      on,
      schedule: `${found.schedule.code} ${found.schedule.version}`,
      birthDateAssumed,
      note:
        birthDateAssumed && this.texts.say(ctx, 'vaccinations.birthDateAssumed', { date: birthDateAssumed }),
      groups: found.groups.map(group => this.groupOf(ctx, programme, group)),
    };
  }

  private groupOf(ctx: Context, programme: Programme, group: GroupForecast): VaccineGroupForecast {
    const products = programme.pack.products.filter(({ vaccine }) => group.vaccines.includes(vaccine));
    return {
      vaccineGroup: group.vaccineGroup,
      vaccineGroupName: groupName(ctx, programme, group.vaccineGroup),
      status: group.dueStatus,
      doseNumber: group.targetDoseNumber ?? null,
      earliest: group.earliest ?? null,
      recommended: group.recommended ?? null,
      pastDue: group.pastDue ?? null,
      latest: group.latest ?? null,
      rule: group.rule,
      reasonCode: group.reason,
      reason: this.texts.say(ctx, `vaccinations.reason.${group.reason}`),
      products: products.map(({ code }) => ({ code, name: productName(ctx, programme, code) })),
    };
  }
}
