import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/access';
import { layout } from './layout';
import { PageErrors } from './page-errors';
import { PublishedApi } from './published-api';
import { sendPage } from './send-page';
import { tidied, type Verdict } from './verdict';
import { verifyPage } from './verify.page';
import { Visits } from './visit';

const VERIFY = `query VerifyCertificate($code: String!) {
  verifyCertificate(code: $code) {
    outcome message issuer issuedAt expiresAt holderName birthDate
    doses { vaccine date doseNumber lot }
  }
}`;

/** Anybody checks a certificate here. The code comes by POST, so that no address, history or log ever holds it. */
@Public()
@Controller()
@UseFilters(PageErrors)
export class VerifyController {
  constructor(
    private readonly visits: Visits,
    private readonly api: PublishedApi,
  ) {}

  @Get(['verify', ':tenant/verify'])
  async ask(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('tenant') country?: string,
    @Query('tenant') named?: string,
  ): Promise<void> {
    const visit = await this.visits.of(request, country ?? named);
    await sendPage(request, reply, layout(visit, verifyPage(visit)));
  }

  @Post(['verify', ':tenant/verify'])
  @HttpCode(200)
  async answer(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body('code') code?: unknown,
    @Param('tenant') country?: string,
    @Query('tenant') named?: string,
  ): Promise<void> {
    const visit = await this.visits.of(request, country ?? named);
    const { data, errors } = await this.api.ask<{ verifyCertificate: Verdict }>(visit, VERIFY, {
      code: tidied(typeof code === 'string' ? code : ''),
    });
    const verdict = data?.verifyCertificate ?? unchecked(errors?.[0]?.message ?? '');
    await sendPage(request, reply, layout(visit, verifyPage(visit, verdict)), { private: true });
  }
}

/** The service could not look: neither good nor bad, and it says why. */
const unchecked = (message: string): Verdict => ({
  outcome: 'UNCHECKED',
  message,
  issuer: null,
  issuedAt: null,
  expiresAt: null,
  holderName: null,
  birthDate: null,
  doses: [],
});
