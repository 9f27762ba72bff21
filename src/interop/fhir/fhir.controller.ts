import { Body, Controller, Get, Header, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import type { CapabilityStatement, Parameters } from 'fhir/r4';
import { Allow, Public } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { CalculateForecast } from './calculate-forecast';
import { CAPABILITY_STATEMENT } from './capability-statement';
import { AcceptsFhir, FHIR_BASE, FHIR_JSON } from './fhir-http';
import { ForecastPerson } from './forecast-person';

/** The FHIR R4 face. The country is that of the host or of `X-Tenant`, as for GraphQL. */
@Controller(FHIR_BASE)
@UseGuards(AcceptsFhir)
export class FhirController {
  constructor(
    private readonly calculateForecast: CalculateForecast,
    private readonly forecastPerson: ForecastPerson,
  ) {}

  @Public()
  @Get('metadata')
  @Header('content-type', FHIR_JSON)
  metadata(): CapabilityStatement {
    return CAPABILITY_STATEMENT;
  }

  @Allow('forecast.calculate')
  @Post('$immds-forecast')
  @HttpCode(200)
  @Header('content-type', FHIR_JSON)
  @Header('cache-control', 'no-store')
  forecast(@Ctx() ctx: Context, @Body() body: unknown): Promise<Parameters> {
    return this.calculateForecast.run(ctx, body);
  }

  @Allow('forecast.read', 'forecast.read-own')
  @Get('Patient/:id/$immds-forecast')
  @Header('content-type', FHIR_JSON)
  @Header('cache-control', 'no-store')
  forecastOf(@Ctx() ctx: Context, @Param('id') id: string): Promise<Parameters> {
    return this.forecastPerson.run(ctx, id);
  }
}
