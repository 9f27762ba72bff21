import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Contexts, CONTEXTS } from '../../context';
import { ERROR_LEVELS, type ErrorCode } from '../../errors';
import { Texts } from '../../i18n';
import { LOGGER, type Logger } from '../../logging';
import { GRAPHQL_PATH } from '../limits';

/**
 * What the server refuses before GraphQL has it (a body that is too long, no JSON, of a type that is not taken) in the
 * form of any other answer of the endpoint: a code, a message, a reference. The status is the server's.
 */
@Injectable()
export class GraphqlRequestErrors {
  constructor(
    private readonly texts: Texts,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONTEXTS) private readonly contexts: Contexts,
  ) {}

  answer(error: { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): void {
    const status = error.statusCode ?? 500;
    const code = CODES[status] ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR');
    const reference = randomBytes(16).toString('hex');
    const unforeseen = code === 'INTERNAL_SERVER_ERROR' ? { err: error } : {};
    this.logger[ERROR_LEVELS[code]](
      { code, reference, ...unforeseen },
      'a request was refused before it was read',
    );
    const speaker = { languages: this.contexts.languagesOf(request), tenant: null };
    const said = { message: this.texts.say(speaker, `errors.${code}`), extensions: { code, reference } };
    void reply
      .status(status)
      .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
      .send(JSON.stringify({ errors: [said] }));
  }
}

const CODES: Readonly<Record<number, ErrorCode>> = { 413: 'OPERATION_TOO_COMPLEX' };

/** Has the endpoint's own errors answered by `errors`, which there is when the first of them happens. Before any route. */
export function answerRequestErrors(server: FastifyInstance, errors: () => GraphqlRequestErrors): void {
  server.addHook('onRoute', route => {
    if (route.url !== GRAPHQL_PATH) return;
    route.errorHandler = (error, request, reply) => errors().answer(error, request, reply);
  });
}
