import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access';
import { layout } from '../layout';
import { OfflineTrust } from './offline-trust';
import { OfflineWords } from './offline-words';
import { PageErrors } from '../page-errors';
import { PublishedApi } from '../published-api';
import { sendPage } from '../send-page';
import { tidied, type Verdict } from './verdict';
import { type TakenAlong, verifyPage } from './verify.page';
import { type Visit, Visits } from '../visit';

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
    private readonly words: OfflineWords,
    private readonly trust: OfflineTrust,
  ) {}

  @Get(['verify', ':tenant/verify'])
  async ask(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('tenant') country?: string,
    @Query('tenant') named?: string,
  ): Promise<void> {
    const visit = await this.visits.of(request, country ?? named);
    await sendPage(request, reply, layout(visit, verifyPage(visit, await this.along(visit))));
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
    const page = verifyPage(visit, await this.along(visit), verdict);
    await sendPage(request, reply, layout(visit, page), { private: true });
  }

  private async along(visit: Visit): Promise<TakenAlong> {
    return { words: this.words.of(visit), signers: await this.trust.signers(visit) };
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
