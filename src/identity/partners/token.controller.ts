import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { AppError, retryAfter } from '../../platform/errors';
import { RequestContext } from '../request-context';
import { IssuePartnerToken, type TokenForm } from './issue-partner-token';
import { ASSERTION_ALGORITHMS } from './partner-keys';
import { ROLE_OF, scopeText, type PartnerScope } from './partner-rules';

const STATUS = { invalid_client: 401 } as Readonly<Record<string, number>>;

/** The token endpoint of each country (RFC 6749), and what a client must know of it (RFC 8414). */
@Public()
@Controller()
export class TokenController {
  constructor(
    private readonly contexts: RequestContext,
    private readonly issuing: IssuePartnerToken,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post(':tenant/oauth/token')
  async token(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('tenant') code: string,
    @Body() form: TokenForm | undefined,
  ): Promise<void> {
    const ctx = await this.contextOf(request, code);
    const answer =
      typeof ctx === 'string'
        ? ctx
        : await this.issuing.run(ctx, isForm(request) ? (form ?? {}) : {}).catch(tooMany);
    if (typeof answer === 'object' && 'seconds' in answer) {
      await reply
        .status(429)
        .headers({ 'cache-control': 'no-store', 'retry-after': String(answer.seconds) })
        .send({ error: 'temporarily_unavailable' });
      return;
    }
    const error = typeof answer === 'string' ? answer : null;
    await reply
      .status(error ? (STATUS[error] ?? 400) : 200)
      .headers({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' })
      .send(JSON.stringify(error ? { error } : answer));
  }

  @Get('.well-known/oauth-authorization-server/:tenant')
  async metadata(@Req() request: FastifyRequest, @Param('tenant') code: string): Promise<object> {
    const ctx = await this.contextOf(request, code);
    if (typeof ctx === 'string') throw new NotFoundException();
    const issuer = this.issuing.issuerOf(ctx);
    return {
      issuer,
      token_endpoint: `${issuer}/oauth/token`,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: scopeText(Object.keys(ROLE_OF) as PartnerScope[]).split(' '),
      dpop_signing_alg_values_supported: ['ES256', 'EdDSA'],
      service_documentation: `${this.config.publicUrl}/explorer`,
    };
  }

  /** A partner proves itself by its assertion alone: no other way of signing in is looked at. */
  private async contextOf(
    { headers, hostname, host, ip, method, url }: FastifyRequest,
    code: string,
  ): Promise<Context | 'invalid_dpop_proof'> {
    const { authorization: _, ...rest } = headers;
    const named = { headers: { ...rest, 'x-tenant': code }, hostname, host, ip, method, url };
    try {
      return await this.contexts.of(named);
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return 'invalid_dpop_proof';
      if (error instanceof AppError) throw new NotFoundException();
      throw error;
    }
  }
}

/** Seconds to wait, for whoever has failed too often (RFC 6585 section 4; RFC 6749 has no word of its own for it). */
function tooMany(error: unknown): { seconds: number } {
  if (error instanceof AppError && error.code === 'RATE_LIMITED') return { seconds: retryAfter(error)! };
  throw error;
}

const isForm = ({ headers }: FastifyRequest): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '');
