import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Header, Req, Res, UseFilters } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access';
import { PROJECT_ROOT } from '../../platform/config';
import { Catalogue } from '../../tenancy';
import { type Example, examplesOf } from './examples';
import { explorerPage } from './explorer.page';
import { layout } from '../layout';
import { PageErrors } from '../page-errors';
import { sendPage } from '../send-page';
import { Visits } from '../visit';

const FOLDER = join(PROJECT_ROOT, 'examples');

/** Where integrators try the API. Outside the sandbox the schema shows itself only to callers who have signed in. */
@Public()
@Controller('explorer')
@UseFilters(PageErrors)
export class ExplorerController {
  constructor(
    private readonly visits: Visits,
    private readonly catalogue: Catalogue,
    private readonly modules: ModuleRef,
  ) {}

  @Get()
  async explore(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.of(request);
    const page = explorerPage(visit, await this.catalogue.served());
    await sendPage(request, reply, layout(visit, page), { ownStyles: true });
  }

  /** The operations of the repository's `examples/`, the same that the journey sends. */
  @Get('examples.json')
  @Header('cache-control', 'no-cache')
  examples(): Example[] {
    const { schema } = this.modules.get(GraphQLSchemaHost, { strict: false });
    const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter(name => name.endsWith('.graphql')) : [];
    return names.sort().flatMap(name => examplesOf(name, readFileSync(join(FOLDER, name), 'utf8'), schema));
  }
}
