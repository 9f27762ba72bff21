import {
  Controller,
  Get,
  Header,
  Inject,
  NotFoundException,
  Query,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access';
import { CONFIG, type Config } from '../../platform/config';
import { systemContext } from '../../platform/events';
import { type SandboxMessage, SandboxSender } from '../../platform/messaging';
import { Catalogue } from '../../tenancy';
import { layout } from '../layout';
import { outboxPage } from './outbox.page';
import { PageErrors } from '../page-errors';
import { sendPage } from '../send-page';
import { Visits } from '../visit';

/** The sandbox's outbox: what would have been sent to people. It exists in a sandbox and nowhere else. */
@Public()
@Controller('sandbox')
export class OutboxController {
  constructor(
    private readonly messages: SandboxSender,
    private readonly catalogue: Catalogue,
    private readonly visits: Visits,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The latest messages of a tenant, or of the platform plane when none is named, newest first. */
  @Get('outbox.json')
  @Header('cache-control', 'no-store')
  async latest(@Query('tenant') code?: string): Promise<SandboxMessage[]> {
    const tenant = code ? await this.catalogue.byCode(code) : null;
    if (!this.config.sandbox || (code && !tenant)) throw new NotFoundException();
    return this.messages.latest(systemContext(tenant));
  }

  /** The same for people to read. */
  @Get('outbox')
  @UseFilters(PageErrors)
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('tenant') code?: string,
  ): Promise<void> {
    if (!this.config.sandbox) throw new NotFoundException();
    const visit = await this.visits.of(request, code);
    const messages = await this.messages.latest(systemContext(visit.tenant));
    const page = outboxPage(visit, await this.catalogue.served(), messages);
    await sendPage(request, reply, layout(visit, page), { private: true });
  }
}
