import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { civilNow } from '../../facilities';
import { forecast, type GroupForecast } from '../../forecasting';

import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { type Programme, Programmes } from '../../programmes';
import { type LookMark, Looks, mayFor, type PersonRow, Persons } from '../../registry';
import type { DoseForEngine } from '../dose-record';
import { enginePerson } from '../doses';
import { ExplainForecast } from './explain-forecast';
import type { Forecast, ForecastStep, VaccineGroupForecast } from './forecast.graphql';
import { VaccinationsStore } from '../vaccinations.store';
import { groupName, productsFor, scheduleText } from '../vaccine-names';

/** The most persons in one question. */
const MOST = 100;

/** A forecast as it is answered; the steps that led to it are worked out when somebody asks. */
export type ForecastView = Omit<Forecast, 'trace'> & { explain: (ctx: Context) => ForecastStep[] };

/** What is next for a person, by the country's schedule in force, today. */
@Injectable()
export class ReadForecast {
  constructor(
    private readonly database: Database,
    private readonly store: VaccinationsStore,
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly texts: Texts,
    private readonly explaining: ExplainForecast,
    private readonly looks: Looks,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for somebody else's person, STATE_FORBIDS while the country has no schedule. */
  async one(ctx: Context, personId: string): Promise<ForecastView> {
    const programme = await this.programmes.current(ctx);
    const mark = await this.looks.known(ctx, ['forecast.read'], [personId]);
    return this.database.read(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, ['forecast.read-own', 'forecast.read'], person);
      return this.of(ctx, work, programme, person, await this.store.dosesOf(work, personId), mark);
    });
  }

  /**
   * For a list of persons, in its order; each is in the audit with the purpose. Throws INVALID_INPUT for more than a
   * hundred and without a purpose, NOT_FOUND when one is no person of this country.
   */
  async several(ctx: Context, personIds: readonly string[]): Promise<ForecastView[]> {
    mayAnywhere(ctx, 'forecast.read');
    if (personIds.length > MOST) throw invalid('personIds', 'forecasts.invalid.tooMany', { most: MOST });
    if (!ctx.purpose) throw invalid('X-Purpose', 'registry.invalid.purposeNeeded');
    const programme = await this.programmes.current(ctx);
    const mark = await this.looks.known(ctx, ['forecast.read'], personIds);
    return this.database.read(ctx, async work => {
      const known = await this.persons.ofIds(work, personIds);
      const histories = await this.store.historiesOf(work, [...known.keys()]);
      return personIds.map(id => {
        const person = known.get(id);
        if (!person) throw notFound();
        mayFor(ctx, 'forecast.read', person);
        return this.of(ctx, work, programme, person, histories.get(id)!.doses, mark);
      });
    });
  }

  /** For every person that the caller's own account acts for. */
  async mine(ctx: Context): Promise<ForecastView[]> {
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
    record: PersonRow,
    doses: readonly DoseForEngine[],
    mark: LookMark = {},
  ): ForecastView {
    this.audit.record(ctx, work, {
      action: 'forecast.read',
      resource: { type: 'person', id: record.id },
      personId: record.id,
      detail: { ...mark },
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
      explain: asking => this.explaining.run(asking, programme, person, on),
    };
  }

  private groupOf(ctx: Context, programme: Programme, group: GroupForecast): VaccineGroupForecast {
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
      products: productsFor(ctx, programme, group.vaccines),
      furtherEvaluation: group.furtherEvaluation.map(text => scheduleText(ctx, programme, text)),
      guidance: group.guidance.map(({ about, observation, text, guidance }) => ({
        about,
        observation: observation ?? null,
        texts: [text, guidance].flatMap(words => (words ? [scheduleText(ctx, programme, words)] : [])),
      })),
    };
  }
}
