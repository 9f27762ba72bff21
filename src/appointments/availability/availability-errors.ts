import { randomBytes } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Contexts, CONTEXTS } from '../../platform/context';
import { appErrorOf, ERROR_LEVELS, type ErrorCode, retryAfter } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { LOGGER, type Logger } from '../../platform/logging';

const STATUS: Partial<Record<ErrorCode, number>> = {
  INTERNAL_SERVER_ERROR: 500,
  TENANT_NOT_SERVED: 404,
  UNAVAILABLE: 503,
};

/** Errors of the GET address, in the shape and with the codes of GraphQL's; no cache keeps them. */
@Catch()
export class AvailabilityErrors implements ExceptionFilter {
  constructor(
    private readonly texts: Texts,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONTEXTS) private readonly contexts: Contexts,
  ) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const error = appErrorOf(thrown);
    const { code, params, faults } = error;
    const reference = randomBytes(16).toString('hex');
    const unforeseen = error === thrown ? {} : { err: thrown };
    this.logger[ERROR_LEVELS[code]]({ code, reference, ...unforeseen }, 'availability was not told');
    const speaker = { languages: this.contexts.languagesOf(request), tenant: null };
    const said = faults.map(({ message, ...fault }) => ({
      ...fault,
      key: message,
      message: this.texts.say(speaker, message, fault.params),
    }));
    const message = this.texts.say(speaker, `errors.${code}`, params);
    const seconds = retryAfter(error);
    const extensions = {
      code,
      reference,
      ...(said.length > 0 ? { faults: said } : {}),
      ...(seconds === null ? {} : { retryAfter: seconds }),
    };
    await host
      .switchToHttp()
      .getResponse<FastifyReply>()
      .status(STATUS[code] ?? 400)
      .headers({
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        ...(seconds === null ? {} : { 'retry-after': String(seconds) }),
      })
      .send(JSON.stringify({ errors: [{ message, extensions }] }));
  }
}
