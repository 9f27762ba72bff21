import { randomBytes } from 'node:crypto';
import {
  type ArgumentsHost,
  Catch,
  HttpException,
  Inject,
  ServiceUnavailableException,
} from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Contexts, CONTEXTS, contextOf } from '../../platform/context';
import {
  AppError,
  appErrorOf,
  ERROR_LEVELS,
  retryAfter,
  type ErrorCode,
  notFound,
  Unavailable,
} from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { LOGGER, type Logger } from '../../platform/logging';
import { FHIR_JSON, isFhir } from './fhir-http';
import { FHIR_ERRORS, outcomeOf } from './operation-outcome';

/**
 * What goes wrong on a FHIR address is said as an OperationOutcome, whoever noticed it: a verb, the guard, or the
 * server that could not read the body. It stands before every request for that, and passes on those that are not FHIR.
 */
@Catch()
export class FhirErrors extends BaseExceptionFilter {
  constructor(
    protected readonly texts: Texts,
    @Inject(LOGGER) protected readonly logger: Logger,
    @Inject(CONTEXTS) protected readonly contexts: Contexts,
  ) {
    super();
  }

  override catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() !== 'http') throw thrown;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    if (!isFhir(request)) return super.catch(asHttp(thrown, host), host); // oxlint-disable-line promise/valid-params -- no promise
    const ctx = contextOf(request);
    const speaker = ctx ?? { languages: this.contexts.languagesOf(request), tenant: null };
    const error = errorOf(thrown);
    const reference = ctx?.traceId ?? randomBytes(16).toString('hex');
    const unforeseen = ERROR_LEVELS[error.code] === 'error' ? { err: thrown } : {};
    this.logger[ERROR_LEVELS[error.code]](
      { code: error.code, reference, ...unforeseen },
      'a FHIR request was refused',
    );
    const outcome = outcomeOf(error, reference, (key, params) => this.texts.say(speaker, key, params));
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error.code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer');
    const seconds = retryAfter(error);
    if (seconds !== null) void reply.header('retry-after', seconds);
    void reply
      .status(statusOf(thrown) ?? FHIR_ERRORS[error.code].status)
      .headers({ 'content-type': FHIR_JSON, 'cache-control': 'no-store' })
      .send(JSON.stringify(outcome));
  }
}

/** The 4xx of the framework or the server; undefined for anything else. */
function statusOf(thrown: unknown): number | undefined {
  const status =
    thrown instanceof HttpException
      ? thrown.getStatus()
      : (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

/** On other routes that have no words of their own: 503 and when to come back, for what the framework knows as 500. */
function asHttp(thrown: unknown, host: ArgumentsHost): unknown {
  if (!(thrown instanceof Unavailable)) return thrown;
  void host
    .switchToHttp()
    .getResponse<FastifyReply>()
    .header('retry-after', retryAfter(appErrorOf(thrown))!);
  return new ServiceUnavailableException();
}

/** What the framework or the server refused, in our own words and with the status it gave. */
function errorOf(thrown: unknown): AppError {
  const status = statusOf(thrown);
  if (status === undefined) return appErrorOf(thrown);
  if (status === 404) return notFound();
  const [code, text] = REFUSALS[status] ?? ['BAD_REQUEST', 'json'];
  return new AppError(code, {}, [{ path: 'Parameters', message: `interop.invalid.${text}` }]);
}

const REFUSALS: Readonly<Record<number, [ErrorCode, string]>> = {
  406: ['BAD_REQUEST', 'mediaType'],
  413: ['OPERATION_TOO_COMPLEX', 'tooLarge'],
  415: ['BAD_REQUEST', 'mediaType'],
};
