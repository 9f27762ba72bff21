import { randomBytes } from 'node:crypto';
import { type ArgumentsHost, Catch, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../../platform/context';
import { appErrorOf, ERROR_LEVELS, retryAfter } from '../../platform/errors';
import { FhirErrors } from '../fhir/fhir-errors';
import { CAPTURE_LIMITS, isEpcis } from './epcis-http';
import { EpcisProblem, type EpcisException, OF_CODE, STATUS_OF } from './epcis-problems';

const OF_STATUS: Readonly<Record<number, EpcisException>> = {
  404: 'NoSuchResourceException',
  406: 'NotAcceptableException',
  413: 'CaptureLimitExceededException',
  415: 'UnsupportedMediaTypeException',
};

/** What goes wrong on an EPCIS address is said as problem details (RFC 9457) with the standard's type, and where it is. */
@Catch()
export class EpcisErrors extends FhirErrors {
  override catch(thrown: unknown, host: ArgumentsHost): void {
    const request =
      host.getType<string>() === 'http' ? host.switchToHttp().getRequest<FastifyRequest>() : null;
    if (!request || !isEpcis(request)) return super.catch(thrown, host); // oxlint-disable-line promise/valid-params -- no promise
    const { type, status, faults, code } = problemOf(thrown);
    const ctx = contextOf(request);
    const reference = ctx?.traceId ?? randomBytes(16).toString('hex');
    const unforeseen = status >= 500 ? { err: thrown } : {};
    this.logger[status === 500 ? 'error' : code ? ERROR_LEVELS[code] : 'debug'](
      { type, reference, ...unforeseen },
      'an EPCIS request was refused',
    );
    const speaker = ctx ?? { languages: this.contexts.languagesOf(request), tenant: null };
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    if (status === 413) void reply.headers(CAPTURE_LIMITS);
    const seconds = retryAfter(appErrorOf(thrown));
    if (seconds !== null) void reply.header('retry-after', seconds);
    void reply
      .status(status)
      .headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
      .send(
        JSON.stringify({
          type: `epcisException:${type}`,
          title: this.texts.say(speaker, `interop.epcis.${type}`),
          status,
          instance: `urn:trace:${reference}`,
          ...(code ? { code } : {}),
          ...(faults.length > 0 ? { detail: `${faults[0]!.at} ${faults[0]!.message}`, errors: faults } : {}),
        }),
      );
  }
}

function problemOf(thrown: unknown) {
  if (thrown instanceof EpcisProblem)
    return { type: thrown.type, status: STATUS_OF[thrown.type], faults: thrown.faults, code: null };
  const { code, faults: ours } = appErrorOf(thrown);
  if (code !== 'INTERNAL_SERVER_ERROR') {
    const [type, status] = OF_CODE[code];
    return { type, status, faults: ours.map(({ path, message }) => ({ at: `/${path}`, message })), code };
  }
  const status = statusOf(thrown);
  const type = status === null ? 'ImplementationException' : (OF_STATUS[status] ?? 'ValidationException');
  return { type, status: status ?? 500, faults: [], code: null } as const;
}

/** The 4xx of the framework or the server; null for anything else. */
function statusOf(thrown: unknown): number | null {
  const status =
    thrown instanceof HttpException
      ? thrown.getStatus()
      : (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
