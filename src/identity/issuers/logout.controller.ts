import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access';
import { AppError } from '../../platform/errors';
import { RequestContext } from '../request-context';
import { EndIssuerSignIns } from './end-issuer-sign-ins';

/** Where an issuer of a country tells that somebody was signed out there; `IssuerSetting` names it to the administrator. */
@Public()
@Controller()
export class LogoutController {
  constructor(
    private readonly contexts: RequestContext,
    private readonly ending: EndIssuerSignIns,
  ) {}

  /** 200 when it was done, 400 for everything else alike (OpenID Connect Back-Channel Logout 1.0 §2.8). */
  @Post(':tenant/oidc/:issuer/backchannel-logout')
  async logout(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('tenant') tenant: string,
    @Param('issuer') issuerId: string,
    @Body() form: { logout_token?: unknown } | undefined,
  ): Promise<void> {
    const token = form?.logout_token;
    const done = typeof token === 'string' && (await this.end(request, tenant, { issuerId, token }));
    await reply
      .status(done ? 200 : 400)
      .headers({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' })
      .send(JSON.stringify(done ? {} : { error: 'invalid_request' }));
  }

  private async end(
    { headers, hostname, host, ip, method, url }: FastifyRequest,
    tenant: string,
    input: { issuerId: string; token: string },
  ): Promise<boolean> {
    // The token alone says who calls: no other way of signing in is looked at.
    const { authorization: _, dpop: __, ...rest } = headers;
    const named = { headers: { ...rest, 'x-tenant': tenant }, hostname, host, ip, method, url };
    try {
      return await this.ending.run(await this.contexts.of(named), input);
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }
}
