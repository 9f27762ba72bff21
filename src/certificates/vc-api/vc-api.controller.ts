import { Body, Controller, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/access';
import type { Context, TenantRef } from '../../platform/context';
import { systemContext } from '../../platform/events';
import { Catalogue } from '../../tenancy';
import { TryCredentials, type VcApiAnswer } from './try-credentials';

/**
 * The routes of the VC-API below a country, for the W3C's test suites. Off unless whoever runs the service opens them for
 * that country (`TIKASETU_VC_API`).
 */
@Public()
@Controller(':tenant')
export class VcApiController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly credentials: TryCredentials,
  ) {}

  @Post('credentials/issue')
  issue(@Param('tenant') code: string, @Body() body: unknown, @Res() reply: FastifyReply) {
    return this.answer(code, reply, (ctx, tenant) => this.credentials.issue(ctx, tenant, body));
  }

  @Post('credentials/verify')
  verifyCredential(@Param('tenant') code: string, @Body() body: unknown, @Res() reply: FastifyReply) {
    return this.answer(code, reply, ctx => this.credentials.verifyCredential(ctx, body));
  }

  @Post('presentations/verify')
  verifyPresentation(@Param('tenant') code: string, @Body() body: unknown, @Res() reply: FastifyReply) {
    return this.answer(code, reply, ctx => this.credentials.verifyPresentation(ctx, body));
  }

  /** 404 for a country that is not served, as for one whose service is not to be tried out. */
  private async answer(
    code: string,
    reply: FastifyReply,
    work: (ctx: Context, tenant: TenantRef) => Promise<VcApiAnswer>,
  ): Promise<void> {
    const tenant = await this.catalogue.byCode(code);
    if (!tenant || !this.credentials.isOpenFor(tenant)) throw new NotFoundException();
    const { status, body } = await work(systemContext(tenant), tenant);
    const type = status === 400 ? 'application/problem+json' : 'application/json';
    await reply.status(status).type(type).send(JSON.stringify(body));
  }
}
