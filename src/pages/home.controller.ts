import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/access';
import { Catalogue, type CatalogueRow } from '../tenancy';
import { homePage } from './home.page';
import { layout } from './layout';
import { PageErrors } from './page-errors';
import { sendPage } from './send-page';
import { Visits } from './visit';

@Public()
@Controller()
@UseFilters(PageErrors)
export class HomeController {
  constructor(
    private readonly visits: Visits,
    private readonly catalogue: Catalogue,
  ) {}

  @Get()
  async home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request);
    await sendPage(request, reply, layout(visit, homePage(visit, open(await this.catalogue.served()))));
  }
}

/** An archived country is served for its records and certificates, and offered to nobody new. */
const open = (countries: readonly CatalogueRow[]): CatalogueRow[] =>
  countries.filter(({ state }) => state !== 'ARCHIVED');
