import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  NotAcceptableException,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** First segment of every FHIR address. */
export const FHIR_BASE = 'fhir';
const MEDIA_TYPE = 'application/fhir+json';
export const FHIR_JSON = `${MEDIA_TYPE}; charset=utf-8`;
/** Bytes of a FHIR body; the fullest true record of a person is below a tenth of it. */
const BODY_BYTES = 1024 * 1024;

export const isFhir = ({ url }: FastifyRequest): boolean => /^\/fhir(?:[/?]|$)/.test(url);

/** Refuses, with 406, a caller who takes no JSON: there is no other form (FHIR R4, RESTful API, "Content Types"). */
@Injectable()
export class AcceptsFhir implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const { accept = '' } = execution.switchToHttp().getRequest<FastifyRequest>().headers;
    if (accept === '' || /\*\/\*|application\/\*|[/+]json/i.test(accept)) return true;
    throw new NotAcceptableException();
  }
}

/** Lets the service read bodies of FHIR's own media type, by the same careful parser as any JSON. */
@Injectable()
export class FhirBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const parse = server.getDefaultJsonParser('error', 'error');
    server.addContentTypeParser(MEDIA_TYPE, { parseAs: 'string', bodyLimit: BODY_BYTES }, parse);
  }
}
