import { Injectable } from '@nestjs/common';
import type { Parameters } from 'fhir/r4';
import { AuditTrail } from '../../audit';
import { civilNow } from '../../facilities';
import { forecast } from '../../forecasting';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { Programmes } from '../../programmes';
import { Looks, mayFor, Persons } from '../../registry';
import { Doses, enginePerson } from '../../vaccinations';
import { forecastAnswer } from './answer-rules';
import { wordingOf } from './wording';

/** `$immds-forecast` of a person of the registry, today: as `forecast` of the GraphQL API, and kept in the audit alike. */
@Injectable()
export class ForecastPerson {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly doses: Doses,
    private readonly programmes: Programmes,
    private readonly texts: Texts,
    private readonly looks: Looks,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for somebody else's person, STATE_FORBIDS while the country has no schedule. */
  async run(ctx: Context, personId: string): Promise<Parameters> {
    const programme = await this.programmes.current(ctx);
    const on = civilNow(ctx).date;
    const detail = await this.looks.known(ctx, ['forecast.read'], [personId]);
    const { person, birthDateAssumed } = await this.database.read(ctx, async work => {
      const record = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, ['forecast.read-own', 'forecast.read'], record);
      this.audit.record(ctx, work, {
        action: 'forecast.read',
        resource: { type: 'person', id: record.id },
        personId: record.id,
        detail: { ...detail },
      });
      return enginePerson(record, await this.doses.ofPerson(ctx, work, record.id), on);
    });
    const { schedule } = programme;
    const assumed = { code: 'birth-date-assumed' as const, params: { date: birthDateAssumed ?? '' } };
    const answer = forecastAnswer(forecast(schedule, person, on), {
      schedule,
      patient: { reference: `Patient/${personId}` },
      record: {
        notes: birthDateAssumed === null ? [] : [assumed],
        eventOf: doseId => ({ reference: `Immunization/${doseId}` }),
        expressionOf: () => undefined,
      },
      wording: wordingOf(ctx, this.texts, programme),
    });
    if (!answer) throw new AppError('STATE_FORBIDS', { state: ctx.tenant!.state });
    return answer;
  }
}
