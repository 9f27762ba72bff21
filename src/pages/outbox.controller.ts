import { Controller, Get, Header, Inject, NotFoundException, Query } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config';
import { systemContext } from '../platform/events';
import { type SandboxMessage, SandboxSender } from '../platform/messaging';
import { Catalogue } from '../tenancy';

/** The sandbox's outbox: what would have been sent to people. It exists in a sandbox and nowhere else. */
@Controller('sandbox')
export class OutboxController {
  constructor(
    private readonly messages: SandboxSender,
    private readonly catalogue: Catalogue,
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
}
