import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  NotAcceptableException,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readXmlDocument } from '../../codecs/epcis';
import { LIMITS } from '../../platform/graphql';

/** First segment of every EPCIS address. */
export const EPCIS_BASE = 'epcis';
const MEDIA_TYPE = 'application/ld+json';
const XML_TYPES = ['application/xml', 'text/xml'];

/** Events that one capture may bring. */
export const MOST_EVENTS = 1_000;

/** The headers by which a client learns what a capture may bring. */
export const CAPTURE_LIMITS = {
  'gs1-epcis-capture-limit': String(MOST_EVENTS),
  'gs1-epcis-capture-file-size-limit': String(LIMITS.bodyBytes),
};

const VERSIONS = { 'gs1-epcis-version': '2.0.0', 'gs1-cbv-version': '2.0.0' };

export const isEpcis = ({ url }: Pick<FastifyRequest, 'url'>): boolean => /^\/epcis(?:[/?]|$)/.test(url);

/** Refuses, with 406, who takes no JSON or wants another major version; says which version every answer is of. */
@Injectable()
export class SpeaksEpcis implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const { headers } = execution.switchToHttp().getRequest<FastifyRequest>();
    const { accept = '' } = headers;
    execution
      .switchToHttp()
      .getResponse<FastifyReply>()
      .headers({ ...VERSIONS, 'cache-control': 'no-store' });
    const takesJson = accept === '' || /\*\/\*|application\/\*|[/+]json/i.test(accept);
    if (!takesJson || !speaks2(headers)) throw new NotAcceptableException();
    return true;
  }
}

const ours = (header: string | string[] | undefined, from: (major: number) => boolean): boolean =>
  header === undefined || (/^\d+(\.\d+)*$/.test(String(header)) && from(Number.parseInt(String(header), 10)));

/** `GS1-EPCIS-Version` of what is sent, `-Min` and `-Max` of what is asked for. */
const speaks2 = (headers: FastifyRequest['headers']): boolean =>
  ['epcis', 'cbv'].every(
    kind =>
      ours(headers[`gs1-${kind}-version`], major => major === 2) &&
      ours(headers[`gs1-${kind}-min`], major => major <= 2) &&
      ours(headers[`gs1-${kind}-max`], major => major >= 2),
  );

/**
 * Lets the service read bodies of JSON-LD's own media type, by the same careful parser as any JSON, and EPCIS in XML as the
 * document in JSON that says the same. XML that is none stays a text, which no validation lets pass.
 */
@Injectable()
export class EpcisBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    if (server.hasContentTypeParser(MEDIA_TYPE)) return;
    const parse = server.getDefaultJsonParser('error', 'error');
    const options = { parseAs: 'string', bodyLimit: LIMITS.bodyBytes } as const;
    server.addContentTypeParser(MEDIA_TYPE, options, parse);
    server.addContentTypeParser<string>(XML_TYPES, options, (request, text, done) => {
      if (isEpcis(request)) done(null, readXmlDocument(text) ?? text);
      else done(Object.assign(new Error('Unsupported media type'), { statusCode: 415 }));
    });
  }
}
