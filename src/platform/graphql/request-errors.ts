import { randomBytes } from 'node:crypto';
import { type ArgumentsHost, Catch, Inject } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Contexts, CONTEXTS } from '../context';
import { ERROR_LEVELS, type ErrorCode } from '../errors';
import { Texts } from '../i18n';
import { LOGGER, type Logger } from '../logging';

/**
 * What the server refuses before GraphQL has it (a body that is too long, no JSON, of no type that is taken) in the form of
 * any other answer of the endpoint: a code, a message, a reference. The status is the server's. Passes on other addresses.
 */
@Catch()
export class GraphqlRequestErrors extends BaseExceptionFilter {
  constructor(
    private readonly texts: Texts,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONTEXTS) private readonly contexts: Contexts,
  ) {
    super();
  }

  override catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const { statusCode: status } = (thrown ?? {}) as { statusCode?: number };
    const isOurs =
      /^\/graphql(?:[/?]|$)/.test(request.url) && status !== undefined && status >= 400 && status < 500;
    if (!isOurs) return super.catch(thrown, host); // oxlint-disable-line promise/valid-params -- no promise
    const code: ErrorCode = status === 413 ? 'OPERATION_TOO_COMPLEX' : 'BAD_REQUEST';
    const reference = randomBytes(16).toString('hex');
    this.logger[ERROR_LEVELS[code]]({ code, reference, status }, 'a body was refused before it was read');
    const speaker = { languages: this.contexts.languagesOf(request), tenant: null };
    const error = { message: this.texts.say(speaker, `errors.${code}`), extensions: { code, reference } };
    void host
      .switchToHttp()
      .getResponse<FastifyReply>()
      .status(status)
      .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
      .send(JSON.stringify({ errors: [error] }));
  }
}
