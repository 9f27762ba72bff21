import {
  Body,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/access';
import { layout } from './layout';
import { PageErrors } from './page-errors';
import { PublishedApi } from './published-api';
import { sendPage } from './send-page';
import { type Tracked, trackPage } from './track.page';
import { tidied } from './verify/verdict';
import { type Visit, Visits } from './visit';

const TRACK = `query TrackConsignment($code: String!) {
  trackConsignment(code: $code) {
    __typename
    ... on Tracking { status destination dueAt heldUntil milestones { status at place reason } }
    ... on Refusal { message }
  }
}`;

/** Whoever waits for a consignment sees here where it is. The code comes by POST, so that no address or log holds it. */
@Public()
@Controller()
@UseFilters(PageErrors)
export class TrackController {
  constructor(
    private readonly visits: Visits,
    private readonly api: PublishedApi,
  ) {}

  @Get(['track', ':tenant/track'])
  async ask(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('tenant') country?: string,
    @Query('tenant') named?: string,
  ): Promise<void> {
    const visit = await this.inCountry(request, country ?? named);
    await sendPage(request, reply, layout(visit, trackPage(visit)));
  }

  @Post(['track', ':tenant/track'])
  @HttpCode(200)
  async answer(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body('code') code?: unknown,
    @Param('tenant') country?: string,
    @Query('tenant') named?: string,
  ): Promise<void> {
    const visit = await this.inCountry(request, country ?? named);
    const { data, errors } = await this.api.ask<{ trackConsignment: Tracked }>(
      visit,
      TRACK,
      { code: tidied(typeof code === 'string' ? code : '') },
      visit.tenant!.code,
    );
    const tracked = data?.trackConsignment ?? { message: errors?.[0]?.message ?? '' };
    await sendPage(request, reply, layout(visit, trackPage(visit, tracked)), { private: true });
  }

  /** Consignments are a country's: there is no page for all of them. */
  private async inCountry(request: FastifyRequest, code: string | undefined): Promise<Visit> {
    const visit = await this.visits.of(request, code);
    if (!visit.tenant) throw new NotFoundException();
    return visit;
  }
}
