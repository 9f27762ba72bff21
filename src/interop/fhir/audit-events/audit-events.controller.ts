import { Controller, Get, Header, Query, UseGuards } from '@nestjs/common';
import type { Bundle } from 'fhir/r4';
import { Allow } from '../../../platform/access';
import { type Context, Ctx } from '../../../platform/context';
import { AcceptsFhir, FHIR_BASE, FHIR_JSON } from '../fhir-http';
import { ReadAuditEvents } from './read-audit-events';

/** The trail by FHIR's own search. */
@Controller(FHIR_BASE)
@UseGuards(AcceptsFhir)
export class AuditEventsController {
  constructor(private readonly readAuditEvents: ReadAuditEvents) {}

  @Allow('audit.read')
  @Get('AuditEvent')
  @Header('content-type', FHIR_JSON)
  @Header('cache-control', 'no-store')
  search(@Ctx() ctx: Context, @Query() asked: Record<string, unknown>): Promise<Bundle> {
    return this.readAuditEvents.run(ctx, asked);
  }
}
