import { Injectable } from '@nestjs/common';
import type { Parameters } from 'fhir/r4';
import { forecast } from '../../forecasting';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { AppError } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { Programmes } from '../../programmes';
import { forecastAnswer } from './answer-rules';
import { engineRecord } from './record-rules';
import { readForecastRequest } from './request-rules';
import { wordingOf } from './wording';

/**
 * `$immds-forecast`: what is next for the person whose record is in the request, by the country's schedule in force.
 * Nothing of the request is stored or logged, and nobody of the registry is touched.
 */
@Injectable()
export class CalculateForecast {
  constructor(
    private readonly programmes: Programmes,
    private readonly texts: Texts,
  ) {}

  /** Throws INVALID_INPUT with each fault at its FHIRPath, STATE_FORBIDS while the country has no schedule. */
  async run(ctx: Context, body: unknown): Promise<Parameters> {
    mayAnywhere(ctx, 'forecast.calculate'); // the record comes from no place of ours
    const request = readForecastRequest(body);
    if (Array.isArray(request)) throw new AppError('INVALID_INPUT', {}, request);
    const programme = await this.programmes.current(ctx);
    const { schedule } = programme;
    const record = engineRecord(request, schedule);
    const answer = forecastAnswer(forecast(schedule, record.person, request.on), {
      schedule,
      record,
      patient: patientOf(request.patient.resource.id),
      wording: wordingOf(ctx, this.texts, programme),
    });
    if (!answer) throw new AppError('STATE_FORBIDS', { state: ctx.tenant!.state });
    return answer;
  }
}

const patientOf = (id: string | undefined) =>
  id === undefined ? { type: 'Patient', display: 'patient' } : { reference: `Patient/${id}` };
